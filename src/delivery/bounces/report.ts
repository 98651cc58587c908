/** What a mail server or a mail provider reports about a mail. `status` is an enhanced status code (RFC 3463). */
export type BounceReport =
  | { kind: 'bounce'; status: string; detail: string }
  | { kind: 'delay'; status: string; detail: string }
  | { kind: 'complaint'; detail: string }

/** What a report means: a dead address and a complaint end all mail to the address, a full mailbox if it stays full. */
export type BounceVerdict = { kind: 'dead' | 'full' | 'soft' | 'complaint'; detail: string }

/** A mailbox is abandoned when so many editions found it full within this time. */
export const abandonedMailbox = { editions: 3, within: Temporal.Duration.from({ hours: 24 * 14 }) }

/** Decides by the status code; undefined for a delay, and for a feedback report that is not a complaint. */
export function verdictOnReport(report: BounceReport): BounceVerdict | undefined {
  if (report.kind === 'delay') return undefined
  if (report.kind === 'complaint') return noComplaints.has(report.detail.toLowerCase()) ? undefined : report
  const detail = `${report.status} ${report.detail}`
  if (/^5\.(1\.(1|2|10)|2\.1)$/.test(report.status)) return { kind: 'dead', detail }
  return { kind: /^[45]\.2\.2$/.test(report.status) ? 'full' : 'soft', detail }
}

/** Feedback types of a reader who wants the mail (RFC 5965 7.3) and of a server that checks signatures (RFC 6591). */
const noComplaints = new Set(['not-spam', 'auth-failure'])
