import { formatIn } from '../../platform/text/format-instant.ts'
import { type RefusalKind, refusalKind } from './refusal-kind.ts'

/** What was reported of a mail after its relay accepted it. */
export type Reported = {
  bounced_at: Temporal.Instant | null
  bounce: string | null
  complained_at: Temporal.Instant | null
}

/** `bounced Tue 24 Nov, 09:12 UTC: mailbox full (5.2.2 over quota)`; null when nothing was reported. */
export function afterAcceptance({ bounced_at, bounce, complained_at }: Reported, now: Temporal.Instant): string | null {
  if (complained_at) return `the reader complained ${formatIn('UTC', complained_at, now)}`
  if (!bounced_at) return null
  return `bounced ${formatIn('UTC', bounced_at, now)}: ${bounceInWords(bounce ?? '')}`
}

/** The kind of a bounce in words, with what the server said. */
function bounceInWords(bounce: string): string {
  const [status] = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)/.exec(bounce) ?? []
  return `${kindWords[refusalKind({ status, text: bounce })]}${bounce ? ` (${bounce})` : ''}`
}

const kindWords: Record<RefusalKind, string> = {
  dead: 'no such mailbox',
  recipient: 'recipient refused',
  domain: 'no such mail domain',
  full: 'mailbox full',
  way: 'could not be delivered',
  policy: 'mail refused',
}
