import { z } from 'zod'
import type { BounceReport } from '../report.ts'

/**
 * What a mail provider's webhook reports of one recipient. `event` is its id of the event, `recipients` are the addresses
 * that may be the reader's, `senders` those that the mail came from, and `marks` are what may name a delivery of ours.
 */
export type Notice = {
  event: string
  report: BounceReport
  recipients: string[]
  senders: string[]
  marks: string[]
  messageId?: string | undefined
}

/** A text as our records can hold it: without NUL or a lone surrogate, blanks made one, and cut off at `max`. */
export const words = (max: number) =>
  z.string().transform((text) => text.slice(0, max).replaceAll('\0', '').toWellFormed().replace(/\s+/g, ' ').trim())

/** The same where a provider may leave it out, or write something else there. */
export const perhaps = (max: number) => words(max).optional().catch(undefined)

/** The body of a request as JSON. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('not JSON')
    return z.NEVER
  }
})

/** A report by the first specific enhanced status code (RFC 3463) in `texts`, or by `otherwise`. */
export function bounceOf(texts: (string | undefined)[], otherwise: string): BounceReport & { kind: 'bounce' } {
  const status = texts.flatMap((text) => codeIn(text) ?? [])[0] ?? otherwise
  return { kind: 'bounce', status, detail: texts.filter(Boolean).at(-1) ?? 'no reason given' }
}

/** The same for what the provider calls temporary: such a report never says that an address is dead. */
export function softBounceOf(texts: (string | undefined)[], otherwise: string): BounceReport {
  const report = bounceOf(texts, otherwise)
  return { ...report, status: report.status.replace(/^5/, '4') }
}

/** Neither a part of an IP address, nor x.0.0, which says nothing. */
function codeIn(text = ''): string | undefined {
  const codes = text.match(/(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)/g) ?? []
  return codes.find((code) => !code.endsWith('.0.0'))
}
