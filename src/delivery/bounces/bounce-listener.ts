import { type MailReceiver, openMailReceiver, type ReceivedMail } from '../smtp/mail-receiver.ts'
import type { BounceReport } from './report.ts'

/** Receives reports by SMTP at the addresses that `wants` accepts. `take` gets each report and its recipient. */
export function openBounceListener(options: {
  host: string
  port: number
  wants(recipient: string): boolean
  take(recipient: string, report: BounceReport): Promise<unknown>
}): Promise<MailReceiver> {
  return openMailReceiver({
    ...options,
    async take({ recipient, parsed }) {
      const report = readReport(partsOf(parsed))
      if (report) await options.take(recipient, report)
    },
  })
}

/** A part of a mail: its content type in lower case, and its text. */
export type ReportPart = { type: string; text: string }

function partsOf({ attachments }: ReceivedMail['parsed']): ReportPart[] {
  return attachments.map(({ contentType, content }) => ({
    type: contentType.toLowerCase(),
    text: content.toString('utf8'),
  }))
}

/** Reads a delivery status notification (RFC 3464) or a feedback report (RFC 5965); undefined for any other mail. */
export function readReport(parts: ReportPart[]): BounceReport | undefined {
  const feedback = parts.find(({ type }) => type === 'message/feedback-report')
  if (feedback) return { kind: 'complaint', detail: field(feedback.text, 'Feedback-Type') ?? 'abuse' }
  const notification = parts.find(({ type }) => type === 'message/delivery-status')
  return notification && readNotification(notification.text)
}

function readNotification(text: string): BounceReport | undefined {
  const action = field(text, 'Action')?.toLowerCase()
  const [status] = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field(text, 'Status') ?? '') ?? []
  if (!status || !action || status.startsWith('2')) return undefined
  const detail = (field(text, 'Diagnostic-Code') ?? status).slice(0, 300)
  return { kind: action === 'failed' ? 'bounce' : 'delay', status, detail }
}

/** The value of a field of a report, its folded lines joined. */
function field(text: string, name: string): string | undefined {
  const unfolded = text.replace(/\r?\n[\t ]+/g, ' ')
  return new RegExp(`^${name}:[\\t ]*(.+)$`, 'im').exec(unfolded)?.[1]?.trim()
}
