import { z } from 'zod'
import type { BounceReport } from '../report.ts'
import { bounceOf, jsonText, type Notice, perhaps, softBounceOf, words } from './notice.ts'

/**
 * Reads what Amazon SES publishes to a topic, by identity (`notificationType`) or by configuration set (`eventType`); all
 * that is no bounce or complaint is no notice, also SNS's own words of welcome, which are no JSON. Undefined is malformed.
 * Source: Amazon SES Developer Guide, "Amazon SNS notification contents" and "Examples of event data". `otherwise` is the
 * id of the event where it has none of its own.
 */
export function readSes(message: string, otherwise: string): Notice[] | undefined {
  const json = jsonText.safeParse(message).data
  const head = headSchema.safeParse(json).data
  const kind = head?.eventType ?? head?.notificationType
  if (kind === 'Bounce') return bounceSchema.safeParse(json).data?.(otherwise)
  return kind === 'Complaint' ? complaintSchema.safeParse(json).data?.(otherwise) : []
}

const headSchema = z.object({ notificationType: perhaps(40), eventType: perhaps(40) })

const mailSchema = z.object({
  source: perhaps(400),
  destination: z.array(words(400)).catch([]),
  headers: z.array(z.object({ name: words(100), value: words(1000) })).catch([]),
  commonHeaders: z
    .object({ messageId: perhaps(1000), from: z.array(words(400)).catch([]) })
    .catch({ messageId: undefined, from: [] }),
})
const atMost = 500 // SES takes 50 recipients a message

const bounceSchema = z
  .object({
    bounce: z.object({
      bounceType: words(40),
      bounceSubType: perhaps(60),
      feedbackId: perhaps(200),
      bouncedRecipients: z
        .array(z.object({ emailAddress: words(400), status: perhaps(40), diagnosticCode: perhaps(1000) }))
        .max(atMost),
    }),
    mail: mailSchema,
  })
  .transform(({ bounce, mail }) => (otherwise: string): Notice[] => {
    const about = aboutMail(mail)
    return bounce.bouncedRecipients.map(({ emailAddress, status, diagnosticCode }) => {
      const report = reportOf(`${bounce.bounceType}/${bounce.bounceSubType}`, [status, diagnosticCode])
      return about(emailAddress, bounce.feedbackId ?? otherwise, report)
    })
  })

const complaintSchema = z
  .object({
    complaint: z.object({
      feedbackId: perhaps(200),
      complaintFeedbackType: perhaps(60),
      complainedRecipients: z.array(z.object({ emailAddress: words(400) })).max(atMost),
    }),
    mail: mailSchema,
  })
  .transform(({ complaint, mail }) => (otherwise: string): Notice[] => {
    const about = aboutMail(mail)
    const report: BounceReport = { kind: 'complaint', detail: complaint.complaintFeedbackType ?? 'abuse' }
    return complaint.complainedRecipients.map(({ emailAddress }) =>
      about(emailAddress, complaint.feedbackId ?? otherwise, report),
    )
  })

/** Each of our mails has one recipient, who may be named by the address that his mail was forwarded to. */
function aboutMail({ source, destination, headers, commonHeaders }: z.infer<typeof mailSchema>) {
  const senders = [source ?? [], commonHeaders.from].flat()
  const header = headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value
  return (address: string, id: string, report: BounceReport): Notice => ({
    event: `${id} ${address}`,
    report,
    recipients: destination.length === 1 ? [address, ...destination] : [address],
    senders,
    marks: senders,
    messageId: commonHeaders.messageId ?? header,
  })
}

/** The type says whether SES gives up, the status code why, and the subtype where there is no code. */
function reportOf(type: string, texts: (string | undefined)[]): BounceReport {
  if (type === 'Permanent/OnAccountSuppressionList') return { ...bounceOf(texts, ''), status: '5.7.1' }
  if (type.startsWith('Transient')) return softBounceOf(texts, codes.get(type) ?? '4.0.0')
  return bounceOf(texts, codes.get(type) ?? '5.0.0')
}

const codes = new Map([
  ['Permanent/NoEmail', '5.1.1'],
  ['Permanent/Suppressed', '5.1.1'],
  ['Transient/MailboxFull', '4.2.2'],
])
