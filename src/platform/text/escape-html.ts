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

/** Text without the characters that no XML document may hold, not even as references (XML 1.0, section 2.2). */
export const xmlCharacters = (text: string): string => text.toWellFormed().replace(notInXml, '')

const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
