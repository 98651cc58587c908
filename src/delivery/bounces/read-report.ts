import { withoutControls } from '../../platform/text/storable.ts'
import type { MailContent, MailPart } from '../smtp/parse-mail.ts'
import type { BounceReport } from './report.ts'
import { marksWithin } from './verp.ts'

/** What the bounce listener needs of a mail. `marks` may name our delivery: texts from the headers that came back. */
export type ReadMail = {
  report: BounceReport | undefined
  marks: string[]
  /** A program wrote it: an answer of an absent reader, another report, a mail to a list. */
  isAutomatic: boolean
}

export function readMail(mail: MailContent): ReadMail {
  const report = readReport(mail.parts) ?? readMislabelled(mail)
  return { report, marks: marksIn(mail.parts), isAutomatic: report !== undefined || isAutomatic(mail) }
}

/** Reads a delivery status notification (RFC 3464) or a feedback report (RFC 5965); undefined for any other mail. */
function readReport(parts: MailPart[]): BounceReport | undefined {
  const feedback = parts.find(({ type }) => type === 'message/feedback-report')
  if (feedback) return { kind: 'complaint', detail: field(feedback.text, 'Feedback-Type') ?? 'abuse' }
  const notification = parts.find(
    ({ type }) => type.endsWith('/delivery-status') || type.endsWith('global-delivery-status'),
  )
  return notification && readNotification(notification.text)
}

/** A report is a report although the type of its part cannot be read: the mail calls itself one, and the part has its fields. */
function readMislabelled({ headers, parts, text }: MailContent): BounceReport | undefined {
  const type = headerField(headers, 'content-type')
  if (!/^multipart\/report\b/i.test(type)) return undefined
  const texts = [...parts.filter((part) => part.type.startsWith('text/')).map((part) => part.text), text]
  if (/feedback-report/i.test(type)) {
    const found = texts.flatMap((one) => field(one, 'Feedback-Type') ?? [])[0]
    return found === undefined ? undefined : { kind: 'complaint', detail: found }
  }
  const status = texts.find((one) => field(one, 'Final-Recipient') && field(one, 'Status') && field(one, 'Action'))
  return status === undefined ? undefined : readNotification(status)
}

/** The group of the recipient that failed; our mails have one recipient, and a server may add others. */
function readNotification(text: string): BounceReport | undefined {
  const groups = withoutControls(text)
    .split(/\r?\n[\t ]*\r?\n/)
    .filter((one) => field(one, 'Status') ?? field(one, 'Action'))
  const group = groups.find((one) => /^failed/i.test(field(one, 'Action') ?? '')) ?? groups[0]
  if (group === undefined) return undefined
  const action = field(group, 'Action')?.toLowerCase() ?? ''
  const diagnosis = (field(group, 'Diagnostic-Code') ?? '').replace(/^[\w-]+[\t ]*;[\t ]*/, '')
  const status = mostSpecific([codesIn(diagnosis)[0], codesIn(field(group, 'Status') ?? '')[0], replyCode(diagnosis)])
  if (!status || status.startsWith('2') || /^(?:relayed|expanded|delivered)/.test(action)) return undefined
  return { kind: action.startsWith('delay') ? 'delay' : 'bounce', status, detail: (diagnosis || status).slice(0, 300) }
}

/** Codes of a text (RFC 3463). A code is not a part of an IP address or of a longer number. */
const codesIn = (text: string): string[] => text.match(/(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/g) ?? []

/** `550` says at least that the failure is permanent. */
const replyCode = (text: string): string | undefined => /^([245])\d\d\b/.exec(text)?.[1]?.concat('.0.0')

/** The code that says most: with a detail before one without, and of two alike the first, which the far server gave. */
function mostSpecific(codes: (string | undefined)[]): string | undefined {
  const weight = (code: string) => (code.endsWith('.0.0') ? 0 : code.endsWith('.0') ? 1 : 2)
  return codes.filter((code) => code !== undefined).sort((a, b) => weight(b) - weight(a))[0]
}

const maxMarks = 20

/** Marks in the headers of the mail that came back, and in the fields of a feedback report. */
function marksIn(parts: MailPart[]): string[] {
  const returned = parts.filter(({ type }) =>
    /^message\/(?:rfc822|global|feedback-report)|^text\/rfc822-headers/.test(type),
  )
  const found = returned.flatMap(({ text }) => marksWithin(headerOf(text)))
  return [...new Set(found.map((one) => one.toLowerCase()))].slice(0, maxMarks)
}

const headerOf = (text: string): string => text.trimStart().split(/\r?\n\r?\n/, 1)[0]!

/** RFC 3834: programs say that they wrote a mail, in one way or another. */
function isAutomatic({ headers }: MailContent): boolean {
  const submitted = headerField(headers, 'auto-submitted')
  return (
    (submitted !== '' && !/^no\b/i.test(submitted)) ||
    /^(?:bulk|junk|list|auto_reply)/i.test(headerField(headers, 'precedence')) ||
    headers.some(([name]) => ['x-autoreply', 'x-autorespond', 'list-id', 'x-failed-recipients'].includes(name))
  )
}

const headerField = (headers: MailContent['headers'], name: string): string =>
  headers.find(([one]) => one === name)?.[1] ?? ''

/** The value of a field of a report, its folded lines joined. */
function field(text: string, name: string): string | undefined {
  const unfolded = withoutControls(text).replace(/\r?\n[\t ]+/g, ' ')
  return new RegExp(`^${name}[\\t ]*:[\\t ]*(.+)$`, 'im').exec(unfolded)?.[1]?.trim()
}
