import { htmlToText } from '../../platform/text/html-to-text.ts'

/** XML that a parser may accept, and what had to be corrected in it. */
type RepairedXml = { xml: string; repairs: string[] }

/** Corrects the most frequent errors of publishers outside of CDATA. Other errors are left to the forgiving parser. */
export function repairXml(text: string): RepairedXml {
  const repairs: string[] = []
  const step = (before: string, after: string, description: string) => {
    if (after !== before) repairs.push(description)
    return after
  }
  let xml = step(text, text.toWellFormed().replace(forbidden, ''), 'control characters were left out')
  xml = step(xml, xml.slice(startOf(xml)), 'text before the feed was left out')
  const declared = declaredEntities(xml)
  const repair = (piece: string) => repairReferences(piece, declared)
  xml = step(xml, outsideCdata(xml, repair), 'ampersands and HTML entities were repaired')
  return { xml, repairs }
}

/** Whether a feed's root element stands anywhere in a text. Other texts need not be parsed. */
export const holdsFeed = (xml: string): boolean => /<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel|entry)[\s>/]/i.test(xml)

/** Escapes angle brackets that begin no tag, for the forgiving parser. */
export const repairBrackets = (xml: string): string =>
  outsideCdata(xml, (piece) => piece.replace(/<(?![\p{L}_:/!?])/gu, '&lt;'))

/** The characters that XML 1.0 forbids (section 2.2). */
const forbidden = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/g

/** Where the feed begins, after any other text or white space. */
function startOf(xml: string): number {
  const start = xml.search(/<(?:\?xml|!--|!doctype|(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel|entry)[\s>])/i)
  return start > 0 && xml.slice(0, start).trim() !== '' ? start : xml.length - xml.trimStart().length
}

function outsideCdata(xml: string, repair: (piece: string) => string): string {
  return xml
    .split(/(<!\[CDATA\[[\s\S]*?(?:\]\]>|$))/)
    .map((piece, i) => (i % 2 ? piece : repair(piece)))
    .join('')
}

const reference = /&(?:#(\d{1,7}|[xX][\da-fA-F]{1,6});|([a-zA-Z][\w.-]{0,59});)?/g
const xmlNames = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])

function repairReferences(piece: string, declared: Entities): string {
  if (!piece.includes('&')) return piece
  return piece.replace(reference, (written: string, number?: string, name?: string) => {
    if (number) return isCharacter(Number(`0${number}`)) ? written : escaped(htmlToText(written))
    if (name) return xmlNames.has(name) ? written : (declaredText(declared(name)) ?? htmlEntity(written))
    return '&amp;'
  })
}

/** Whether a number is a character's. Numbers of the C1 block mean windows-1252 (HTML, section 13.2.5.80). */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return (
    code < 0x7f ||
    (code > 0x9f && code < 0xd800) ||
    (code > 0xdfff && code < 0xfffe) ||
    (code > 0xffff && code < 0x110000)
  )
}

/** A declared value may hold markup: its text is inserted. */
const declaredText = (value: string | undefined) => (value === undefined ? undefined : escaped(htmlToText(value)))

const htmlEntities = new Map<string, string>()
const maxCachedEntities = 3000

/** An entity of HTML becomes its character; an unknown entity is text. */
function htmlEntity(written: string): string {
  let replacement = htmlEntities.get(written)
  if (replacement === undefined) {
    const text = htmlToText(written)
    replacement = text === written ? `&amp;${written.slice(1)}` : escaped(text)
    if (htmlEntities.size < maxCachedEntities) htmlEntities.set(written, replacement)
  }
  return replacement
}

const escaped = (text: string) =>
  text.replace(forbidden, '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Gives the value of an entity; undefined for one that is not declared, and for all once too much was inserted. */
type Entities = (name: string) => string | undefined

const maxEntities = 256
const maxValueLength = 1000
/** The text that all entities may add to a document, in UTF-16 units. */
const maxInserted = 1_000_000

/** One declaration, with bounded repetitions: each place of a text is tried in a bounded time. */
const declaration = new RegExp(
  `<!entity\\s{1,100}([\\w.-]{1,60})\\s{1,100}("[^"]{0,${maxValueLength}}"|'[^']{0,${maxValueLength}}')\\s{0,100}>`,
  'gi',
)

/** What stands in the brackets of the first DOCTYPE that has any (XML 1.0, section 2.8): each part is searched for once. */
function internalSubset(xml: string): string {
  const [start] = xml.match(/<!doctype\s[^[>]{0,2000}\[/i) ?? []
  if (start === undefined) return ''
  const rest = xml.slice(xml.indexOf(start) + start.length)
  const end = rest.search(/\]\s{0,100}>/)
  return end < 0 ? '' : rest.slice(0, end)
}

/**
 * The entities that a document declares (XML 1.0, section 4.2.1). References within their values are not followed, and
 * the inserted text is limited, so that no document grows far beyond its own size.
 */
function declaredEntities(xml: string): Entities {
  const subset = internalSubset(xml.slice(0, 100_000))
  const values = new Map<string, string>()
  for (const [, name = '', quoted = ''] of subset.matchAll(declaration)) {
    if (values.size < maxEntities) values.set(name, quoted.slice(1, -1))
  }
  let inserted = 0
  return (name) => {
    const value = values.get(name)
    if (value === undefined || inserted > maxInserted) return undefined
    inserted += value.length
    return value
  }
}
