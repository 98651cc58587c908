import { z } from 'zod'
import { addressKey, bareAddress } from '../../../platform/address.ts'
import type { BounceReport } from '../report.ts'
import { bounceOf, cleanText, jsonText, type Notice, optionalText, softBounceOf } from './notice.ts'

/**
 * Reads what Amazon SES publishes to an SNS topic, for an identity (`notificationType`) or a configuration set
 * (`eventType`). Any other message gives no notices, also a greeting of SNS itself, which is no JSON; a malformed
 * bounce or complaint gives undefined. `eventId` names an event that has no id of its own.
 * Source: Amazon SES Developer Guide, "Amazon SNS notification contents" and "Examples of event data".
 */
export function readSes(message: string, eventId: string): Notice[] | undefined {
  const json = jsonText.safeParse(message).data
  const head = headSchema.safeParse(json).data
  const kind = head?.eventType ?? head?.notificationType
  if (kind === 'Bounce') return bounceSchema.safeParse(json).data?.(eventId)
  return kind === 'Complaint' ? complaintSchema.safeParse(json).data?.(eventId) : []
}

const headSchema = z.object({ notificationType: optionalText(40), eventType: optionalText(40) })

const mailSchema = z.object({
  source: optionalText(400),
  destination: z.array(cleanText(400)).catch([]),
  headers: z.array(z.object({ name: cleanText(100), value: cleanText(1000) })).catch([]),
  commonHeaders: z
    .object({ messageId: optionalText(1000), from: z.array(cleanText(400)).catch([]) })
    .catch({ messageId: undefined, from: [] }),
})

/** SES takes 50 recipients a message. */
const maxRecipients = 500

const bounceSchema = z
  .object({
    bounce: z.object({
      bounceType: cleanText(40),
      bounceSubType: optionalText(60),
      feedbackId: optionalText(200),
      bouncedRecipients: z
        .array(z.object({ emailAddress: cleanText(400), status: optionalText(40), diagnosticCode: optionalText(1000) }))
        .max(maxRecipients),
    }),
    mail: mailSchema,
  })
  .transform(({ bounce, mail }) => (eventId: string): Notice[] => {
    const noticeOf = noticesAbout(mail, bounce.feedbackId ?? eventId)
    const type = `${bounce.bounceType}/${bounce.bounceSubType}`
    return bounce.bouncedRecipients.map(({ emailAddress, status, diagnosticCode }) =>
      noticeOf(emailAddress, reportOf(type, [status, diagnosticCode])),
    )
  })

const complaintSchema = z
  .object({
    complaint: z.object({
      feedbackId: optionalText(200),
      complaintFeedbackType: optionalText(60),
      complainedRecipients: z.array(z.object({ emailAddress: cleanText(400) })).max(maxRecipients),
    }),
    mail: mailSchema,
  })
  .transform(({ complaint, mail }) => (eventId: string): Notice[] => {
    const noticeOf = noticesAbout(mail, complaint.feedbackId ?? eventId)
    const report: BounceReport = { kind: 'complaint', detail: complaint.complaintFeedbackType ?? 'abuse' }
    return complaint.complainedRecipients.map(({ emailAddress }) => noticeOf(emailAddress, report))
  })

/**
 * Makes the notices of one mail. SES copies the address of a recipient from the report, which anybody can write.
 * `destination` is what SES itself knows: the recipients of the mail.
 */
function noticesAbout(mail: z.infer<typeof mailSchema>, eventId: string) {
  const { source, destination, headers, commonHeaders } = mail
  const senders = [source ?? [], commonHeaders.from].flat()
  const header = headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value
  return (address: string, report: BounceReport): Notice => ({
    event: `${eventId} ${address}`,
    report,
    recipients: destination.length === 1 ? destination : destination.filter((one) => isSame(one, address)),
    senders,
    marks: senders,
    messageId: commonHeaders.messageId ?? header,
  })
}

const isSame = (one: string, other: string): boolean => addressKey(bareAddress(one)) === addressKey(bareAddress(other))

/** The type tells whether SES gives up. The status code tells why, and the subtype does where there is no code. */
function reportOf(type: string, texts: (string | undefined)[]): BounceReport {
  if (type === 'Permanent/OnAccountSuppressionList') return { ...bounceOf(texts, ''), status: '5.7.1' }
  if (type.startsWith('Transient')) return softBounceOf(texts, statusOfType.get(type) ?? '4.0.0')
  return bounceOf(texts, statusOfType.get(type) ?? '5.0.0')
}

const statusOfType = new Map([
  ['Permanent/NoEmail', '5.1.1'],
  ['Permanent/Suppressed', '5.1.0'], // SES's own list: the mail server was not asked
  ['Transient/MailboxFull', '4.2.2'],
])
