import { htmlToText } from '../../platform/text/html-to-text.ts'

/** Text that an XML parser may take, and in words what had to be mended for it. */
export type Repaired = { xml: string; repairs: string[] }

/** Mends what publishers get wrong most often, outside of CDATA: the rest is left to a parser that forgives. */
export function repairXml(text: string): Repaired {
  const repairs: string[] = []
  const step = (before: string, after: string, repair: string) => {
    if (after !== before) repairs.push(repair)
    return after
  }
  let xml = step(text, text.toWellFormed().replace(forbidden, ''), 'control characters were left out')
  xml = step(xml, xml.slice(startOf(xml)), 'text before the feed was left out')
  const declared = entitiesOf(xml)
  const mend = (piece: string) => mendReferences(piece, declared)
  xml = step(xml, outsideCdata(xml, mend), 'ampersands and HTML entities were mended')
  return { xml, repairs }
}

/** Whether there is a feed's root anywhere: web pages and noise need not be parsed. */
export const holdsFeed = (xml: string): boolean => /<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel|entry)[\s>/]/i.test(xml)

/** Angle brackets that begin no tag are text; only a parser that forgives needs it. */
export const repairBrackets = (xml: string): string =>
  outsideCdata(xml, (piece) => piece.replace(/<(?![\p{L}_:/!?])/gu, '&lt;'))

/** What XML 1.0 forbids, section 2.2. */
const forbidden = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/g

/** Leading white space counts as junk only before an XML declaration, and is not worth a word. */
function startOf(xml: string): number {
  const start = xml.search(/<(?:\?xml|!--|!doctype|(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel|entry)[\s>])/i)
  return start > 0 && xml.slice(0, start).trim() !== '' ? start : xml.length - xml.trimStart().length
}

function outsideCdata(xml: string, mend: (piece: string) => string): string {
  return xml
    .split(/(<!\[CDATA\[[\s\S]*?(?:\]\]>|$))/)
    .map((piece, i) => (i % 2 ? piece : mend(piece)))
    .join('')
}

const reference = /&(?:#(\d{1,7}|[xX][\da-fA-F]{1,6});|([a-zA-Z][\w.-]{0,59});)?/g
const xmlNames = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])

function mendReferences(piece: string, declared: Entities): string {
  if (!piece.includes('&')) return piece
  return piece.replace(reference, (written: string, number?: string, name?: string) => {
    if (number) return isCharacter(Number(`0${number}`)) ? written : charRefs(htmlToText(written))
    if (name) return xmlNames.has(name) ? written : (asText(declared(name)) ?? entity(written))
    return '&amp;'
  })
}

/** Numbers of the C1 block mean windows-1252 (HTML, section 13.2.5.80). */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return (
    code < 0x7f ||
    (code > 0x9f && code < 0xd800) ||
    (code > 0xdfff && code < 0xfffe) ||
    (code > 0xffff && code < 0x110000)
  )
}

/** What was declared as text or markup is put in as what it means. */
const asText = (value: string | undefined) => (value === undefined ? undefined : charRefs(htmlToText(value)))

const entities = new Map<string, string>()

/** What HTML knows becomes its character; what nobody knows was text. */
function entity(written: string): string {
  let character = entities.get(written)
  if (character === undefined) {
    const text = htmlToText(written)
    character = text === written ? `&amp;${written.slice(1)}` : charRefs(text)
    if (entities.size < 3000) entities.set(written, character)
  }
  return character
}

const charRefs = (text: string) =>
  text.replace(forbidden, '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const mostEntities = 256
const longestValue = 1000
const mostExpanded = 1_000_000

/** Gives an entity's text, or undefined for one that the document does not declare, or not any more. */
export type Entities = (name: string) => string | undefined

/**
 * The entities that a document declares for itself (XML 1.0, section 4.2.1). Values are text: references within them are
 * not followed, and all that is put in is bounded, so that no document can grow beyond its own size by much.
 */
export function entitiesOf(xml: string): Entities {
  const subset = xml.slice(0, 100_000).match(/<!doctype\s[^[>]*\[([\s\S]*?)\]\s*>/i)?.[1]
  const values = new Map<string, string>()
  for (const [, name, , value] of (subset ?? '').matchAll(/<!entity\s+([\w.-]{1,60})\s+(["'])([\s\S]*?)\2\s*>/gi)) {
    if (values.size < mostEntities && value!.length <= longestValue) values.set(name!, value!)
  }
  let expanded = 0
  return (name) => {
    const value = values.get(name)
    if (value === undefined || expanded > mostExpanded) return undefined
    expanded += value.length
    return value
  }
}
