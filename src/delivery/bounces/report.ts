/** What a mail server or a mailbox provider reports about a mail that was accepted before. */
export type BounceReport =
  | { kind: 'bounce'; status: string; detail: string }
  | { kind: 'delay'; status: string; detail: string }
  | { kind: 'complaint'; detail: string }

/** What follows from it: a dead address is never mailed again, a full mailbox only when it stays full. */
export type BounceVerdict = { kind: 'dead' | 'full' | 'soft' | 'complaint'; detail: string }

/** A part of a report's message: its type in lower case, and its words. */
export type ReportPart = { type: string; text: string }

/** Reads a delivery status notification (RFC 3464) or an abuse report (RFC 5965); undefined for any other mail. */
export function readReport(parts: ReportPart[]): BounceReport | undefined {
  const feedback = parts.find(({ type }) => type === 'message/feedback-report')
  if (feedback) return { kind: 'complaint', detail: field(feedback.text, 'Feedback-Type') ?? 'abuse' }
  const status = parts.find(({ type }) => type === 'message/delivery-status')
  if (!status) return undefined
  const action = field(status.text, 'Action')?.toLowerCase()
  const code = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field(status.text, 'Status') ?? '')?.[0]
  if (!code || !action || code.startsWith('2')) return undefined
  const detail = (field(status.text, 'Diagnostic-Code') ?? code).slice(0, 300)
  return { kind: action === 'failed' ? 'bounce' : 'delay', status: code, detail }
}

/** Decides by the status code (RFC 3463); a delay changes nothing, nor does a report that no reader sent. */
export function verdictOnReport(report: BounceReport): BounceVerdict | undefined {
  if (report.kind === 'delay') return undefined
  if (report.kind === 'complaint') return noComplaints.has(report.detail.toLowerCase()) ? undefined : report
  const detail = `${report.status} ${report.detail}`
  if (/^5\.(1\.(1|2|10)|2\.1)$/.test(report.status)) return { kind: 'dead', detail }
  return { kind: /^[45]\.2\.2$/.test(report.status) ? 'full' : 'soft', detail }
}

/** Feedback types of a reader who wants the mail (RFC 5965 7.3) and of a server that checks signatures (RFC 6591). */
const noComplaints = new Set(['not-spam', 'auth-failure'])

/** A field of a report, its folded lines joined. */
function field(text: string, name: string): string | undefined {
  const unfolded = text.replace(/\r?\n[\t ]+/g, ' ')
  return new RegExp(`^${name}:[\\t ]*(.+)$`, 'im').exec(unfolded)?.[1]?.trim()
}
