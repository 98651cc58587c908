import { type MailReceiver, openMailReceiver, type ReceivedMail } from '../smtp/mail-receiver.ts'
import { type BounceReport, type ReportPart, readReport } from './report.ts'

/** Listens for what comes back to the addresses that `wants` knows; `take` gets each report with the address it came to. */
export function openBounceServer(options: {
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

function partsOf({ attachments }: ReceivedMail['parsed']): ReportPart[] {
  return attachments.map(({ contentType, content }) => ({
    type: contentType.toLowerCase(),
    text: content.toString('utf8'),
  }))
}
