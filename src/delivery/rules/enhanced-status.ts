import { type RefusalKind, refusalKind } from './refusal-kind.ts'

/**
 * The enhanced status code (RFC 3463) of a reply: right after the reply code, or in brackets as qmail writes it. Cisco's
 * servers put a # before it.
 */
function enhancedStatus(reply: string): string | undefined {
  const [, standard, qmail] =
    /^[245]\d\d[ -]#?([245]\.\d{1,3}\.\d{1,3})(?![\d.])|\(#([245]\.\d{1,3}\.\d{1,3})\)/.exec(reply) ?? []
  return standard ?? qmail
}

/** What a reply that refuses for good is about. */
export const kindOfReply = (reply: string): RefusalKind => refusalKind({ status: enhancedStatus(reply), text: reply })

/** The mailbox is full, whether the server calls that permanent or temporary. */
export const isFullMailbox = (reply: string): boolean => /^[45]/.test(reply) && kindOfReply(reply) === 'full'

/** The mail server, or the mail domain behind it, wants fewer mails for now. */
export const isThrottling = (reply: string): boolean =>
  /^421\b/.test(reply) || (enhancedStatus(reply) ?? '').startsWith('4.7.')

/** A reply that refuses for now; `ofSender`: it answers MAIL FROM. */
type Limit = { code: number; reply: string; ofSender?: boolean | undefined }

/**
 * Whether a reply may limit the session or the relay instead of one mail: any 4xx before the recipient is named, 421, and 452
 * about anything but a mailbox. The mail goes at once over another connection.
 */
export function mayLimitRelay({ code, reply, ofSender }: Limit): boolean {
  if (code < 400 || code >= 500) return false
  if (ofSender || code === 421) return true
  return code === 452 && !isFullMailbox(reply) && !(enhancedStatus(reply) ?? '').startsWith('4.2.')
}

/**
 * Whether such a reply on a new connection limits the relay. After the recipient was named, 421 may be about the recipient's
 * mail domain, unless its code speaks of the system, the network or the protocol (RFC 3463 3.4 to 3.6).
 */
export const limitsRelay = (limit: Limit): boolean =>
  mayLimitRelay(limit) &&
  (limit.ofSender || limit.code !== 421 || /^4\.[345]\./.test(enhancedStatus(limit.reply) ?? ''))

/** The relay wants us to sign in or to encrypt (RFC 4954 6, RFC 3207 4): our settings are wrong, not the mail. */
export const isRelayRefusal = (code: number): boolean => [530, 534, 535, 538].includes(code)
