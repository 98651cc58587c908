/**
 * The moment of an HTTP date, in milliseconds of the epoch; null for another text. HTTP's three date formats (RFC 9110, section
 * 5.6.7) are in GMT, also the one without a zone.
 */
export function parseHttpDate(text: string | undefined): number | null {
  if (text === undefined || !/\d{1,2}:\d\d:\d\d/.test(text)) return null
  const at = Date.parse(/(?:GMT|UTC|Z|[+-]\d\d:?\d\d)\s*$/i.test(text) ? text : `${text} GMT`)
  return Number.isNaN(at) ? null : at
}
