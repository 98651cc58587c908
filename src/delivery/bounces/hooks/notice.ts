import { z } from 'zod'
import { withoutControls } from '../../../platform/text/storable.ts'
import type { BounceReport } from '../report.ts'
import { isBoundedObject } from './json-shape.ts'

/** What a mail provider's webhook reports about one recipient of a mail. */
export type Notice = {
  /** The provider's id of the event. */
  event: string
  report: BounceReport
  /** The recipients of the mail as the provider itself knows them; what a report says of its recipient is not among them. */
  recipients: string[]
  /** Addresses that the mail came from. */
  senders: string[]
  /** Texts that may name one of our deliveries, as `deliveryMark` or `verpAddress` writes it. */
  marks: string[]
  messageId?: string | undefined
}

/** A text as the database can keep it: no NUL, no lone surrogate, single spaces, at most `max` characters. */
export const cleanText = (max: number) =>
  z.string().transform((text) => withoutControls(text.slice(0, max)).replace(/\s+/g, ' ').trim())

/** The same for a text that the provider may leave out; a value of another type counts as left out. */
export const optionalText = (max: number) => cleanText(max).optional().catch(undefined)

/** The body of a request as JSON: an object whose shape is checked before it is parsed. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    if (!isBoundedObject(text)) throw new Error('no object of bounded size')
    return JSON.parse(text)
  } catch {
    context.addIssue('not JSON')
    return z.NEVER
  }
})

/** A bounce with the first specific enhanced status code (RFC 3463) in `texts`, or else the code `otherwise`. */
export function bounceOf(texts: (string | undefined)[], otherwise: string): BounceReport & { kind: 'bounce' } {
  const status = texts.flatMap((text) => statusIn(text) ?? [])[0] ?? otherwise
  return { kind: 'bounce', status, detail: texts.filter(Boolean).at(-1) ?? 'no reason given' }
}

/** The same for a failure that the provider calls temporary: its code becomes 4.x.x, so no address counts as dead. */
export function softBounceOf(texts: (string | undefined)[], otherwise: string): BounceReport {
  const report = bounceOf(texts, otherwise)
  return { ...report, status: report.status.replace(/^5/, '4') }
}

/** A code in a text. It is not a part of an IP address, and not x.0.0, which says nothing. */
function statusIn(text = ''): string | undefined {
  const codes = text.match(/(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)/g) ?? []
  return codes.find((code) => !code.endsWith('.0.0'))
}
