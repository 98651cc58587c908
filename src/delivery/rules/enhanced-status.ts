/** The enhanced status code (RFC 3463) of a reply: right after the reply code, or in brackets as qmail writes it. */
export function enhancedStatus(reply: string): string | undefined {
  const [, standard, qmail] =
    /^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})(?![\d.])|\(#([245]\.\d{1,3}\.\d{1,3})\)/.exec(reply) ?? []
  return standard ?? qmail
}

/** The address is dead: bad mailbox, bad domain, null MX, disabled mailbox. */
export const isDeadAddress = (reply: string): boolean => /^5\.(?:1\.(?:1|2|10)|2\.1)$/.test(enhancedStatus(reply) ?? '')

/** The mailbox is full, whether the server calls that permanent or temporary. */
export const isFullMailbox = (reply: string): boolean => /^[45]\.2\.2$/.test(enhancedStatus(reply) ?? '')

/** The mail server, or the mail domain behind it, wants fewer mails for now. */
export const isThrottling = (reply: string): boolean =>
  /^421\b/.test(reply) || (enhancedStatus(reply) ?? '').startsWith('4.7.')

/** The relay wants us to sign in or to encrypt (RFC 4954 6, RFC 3207 4): our settings are wrong, not the mail. */
export const isRelayRefusal = (code: number): boolean => [530, 534, 535, 538].includes(code)
