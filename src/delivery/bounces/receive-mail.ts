import type { App } from '../../app.ts'
import { dateAt } from '../../platform/text/format-instant.ts'
import type { ReceivedMail, RefusedMail } from '../smtp/mail-receiver.ts'
import { countRefusedReport, type RefusedKind } from '../store/refused-reports.ts'
import { openBounceListener } from './bounce-listener.ts'
import { createForwarder } from './forward-to-contact.ts'
import type { ReadMail } from './read-report.ts'
import { takeReport } from './take-bounce.ts'
import { readVerp } from './verp.ts'

/**
 * Opens the bounce listener of an app. A mail to a VERP address may be a report of its delivery. A mail to an address of
 * FEEDBACK_ADDRESSES may be a feedback report, which names our delivery in the headers that it returns. What a person writes
 * there is forwarded to CONTACT.
 */
export async function receiveMail(app: App, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const { host, secretKeys, feedbackAddresses } = app.config
  const forward = createForwarder(app)
  return openBounceListener({
    host,
    port,
    wants: (to) => readVerp(secretKeys, to) !== undefined || feedbackAddresses.includes(to.toLowerCase()),
    async take(mail) {
      const isToDelivery = readVerp(secretKeys, mail.recipient) !== undefined
      if (!isToDelivery) return takeFeedback(app, mail, forward)
      const { report } = mail.content
      return report && takeReport(app, mail.recipient, report)
    },
    refused: (mail) => noteRefused(app, mail),
  })
}

async function takeFeedback(
  app: App,
  { content, sender, raw }: ReceivedMail<ReadMail>,
  forward: (raw: Buffer) => Promise<void>,
): Promise<void> {
  const { report, marks, isAutomatic } = content
  if (report?.kind === 'complaint') return takeComplaint(app, report, marks)
  if (!isAutomatic && sender !== '') await forward(raw)
}

async function takeComplaint(
  app: App,
  report: Extract<ReadMail['report'], { kind: 'complaint' }>,
  marks: string[],
): Promise<void> {
  const mark = marks.find((one) => readVerp(app.config.secretKeys, one) !== undefined)
  if (mark !== undefined) return void (await takeReport(app, mark, report))
  app.log.warn({ reason: 'no signed mark in the returned headers' }, 'took nothing from a feedback report')
  await countRefusedReport(app.db, 'unmatched', dateAt(app.now()))
}

/** `marks` are the local parts of our own addresses, which name the delivery. */
function noteRefused(app: App, { kind, recipients, reason }: RefusedMail): void {
  app.log.warn({ marks: recipients.map((one) => one.replace(/@.*$/s, '')), reason }, says[kind])
  countRefusedReport(app.db, kind, dateAt(app.now())).catch((error: Error) =>
    app.log.warn({ err: error }, 'could not count a mail to the bounce listener'),
  )
}

const says: Record<Exclude<RefusedKind, 'unmatched'>, string> = {
  'too large': 'refused a mail to the bounce listener for its size',
  unreadable: 'refused a mail to the bounce listener that cannot be read',
  failed: 'could not take a mail to the bounce listener now; its server will send it again',
}
