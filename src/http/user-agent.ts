/** The name of this program in requests: what a publisher allows or refuses. */
export const productName = 'Sitrep/0.1'

/**
 * `Sitrep/0.1 (+https://site; contact)` in printable ASCII. Of a contact with other letters, only its mail address is kept:
 * a header field that no server can read would fail every poll.
 */
export function userAgentOf({ site, contact }: { site: string; contact: string }): string {
  const isPrintable = (text: string) => /^[ -~]+$/.test(text)
  const address = /[!-~]+@[!-~]+/.exec(contact)?.[0].replace(/^<|>$/g, '')
  const said = [`+${site}`, isPrintable(contact) ? contact : address].filter((part) => part && isPrintable(part))
  return `${productName} (${said.join('; ').replace(/[()\\]/g, '\\$&')})`
}
