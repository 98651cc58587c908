/** Enhanced status code (RFC 3463) of a reply: what stands right behind the reply code, or as qmail writes it. Other digits are words. */
export function enhancedStatus(reply: string): string | undefined {
  const [, own, qmail] =
    /^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})(?![\d.])|\(#([245]\.\d{1,3}\.\d{1,3})\)/.exec(reply) ?? []
  return own ?? qmail
}

/** Bad mailbox, bad domain, null MX, disabled mailbox. Other refusals are more often our fault than the reader's. */
export const isDeadAddress = (reply: string): boolean => /^5\.(?:1\.(?:1|2|10)|2\.1)$/.test(enhancedStatus(reply) ?? '')

/** The mailbox takes nothing more for now, whether the server calls that lasting or not. */
export const isFullMailbox = (reply: string): boolean => /^[45]\.2\.2$/.test(enhancedStatus(reply) ?? '')

/** The server, or the domain behind it, wants fewer mails for now. */
export const isThrottling = (reply: string): boolean =>
  /^421\b/.test(reply) || (enhancedStatus(reply) ?? '').startsWith('4.7.')

/** Codes by which our own relay says that we must sign in or encrypt (RFC 4954 6, RFC 3207 4): settings, not a mail. */
export const isRelayRefusal = (code: number): boolean => [530, 534, 535, 538].includes(code)
