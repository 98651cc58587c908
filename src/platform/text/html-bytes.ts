/** UTF-8 bytes of some texts once they are escaped for HTML. */
export function htmlBytes(...texts: (string | null)[]): number {
  const text = texts.join('')
  const escaped = text.match(/[&<>"']/g)?.length ?? 0
  return Buffer.byteLength(text) + 5 * escaped
}
