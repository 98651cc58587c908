const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in HTML, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** The size of some texts once they are escaped, in UTF-8 bytes. It is an upper bound: all entities count as the longest. */
export function htmlBytes(...texts: (string | null)[]): number {
  const text = texts.join('')
  const escaped = text.match(/[&<>"']/g)?.length ?? 0
  return Buffer.byteLength(text) + 5 * escaped
}
