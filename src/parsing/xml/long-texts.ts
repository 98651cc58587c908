/** XML in which a short mark stands for each long text, and what gives the texts back. */
type ShortenedXml = { xml: string; restore: (text: string) => string }

/**
 * Takes long texts and CDATA sections out of XML, since a parser of XML spends most of its time on them, letter by letter.
 * Nothing is taken out where the limits of texts are uncertain. References must be those of XML alone.
 */
export function shortenTexts(xml: string): ShortenedXml {
  if (xml.includes(mark) || /<!doctype/i.test(xml)) return { xml, restore: (text) => text }
  const texts: string[] = []
  let short = ''
  let end = 0
  let read = 0
  token.lastIndex = 0
  for (let found = token.exec(xml); found; found = token.exec(xml)) {
    const [written, section] = found
    read = token.lastIndex
    const text = written.length < minLength ? undefined : (section ?? (written.startsWith('<') ? undefined : written))
    if (text === undefined || !/\S/.test(text)) continue
    short += `${xml.slice(end, found.index)}${mark}${texts.length}${mark}`
    end = found.index + written.length
    texts.push(section ?? decoded(text))
  }
  if (end === 0 || read < xml.length) return { xml, restore: (text) => text }
  return { xml: short + xml.slice(end), restore: (text) => text.replace(marked, (_, n) => texts[Number(n)] ?? '') }
}

const minLength = 24
const mark = '\uE0FF'
const marked = /\uE0FF(\d+)\uE0FF/g

/**
 * A comment, a CDATA section, an instruction, a tag or a text. A tag has at most 200 attributes: more overflow the stack. What
 * begins as a comment or instruction and never ends is no tag: nothing fits there, so that its end is sought once.
 */
const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(?![!?])[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*){0,200}>|[^<]+/y

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decoded = (text: string) =>
  text.includes('&')
    ? text.replace(/&(?:#(\d+)|#[xX]([\da-fA-F]+)|(amp|lt|gt|quot|apos));/g, (_, decimal, hex, name) =>
        name ? (characters[name] ?? '') : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
      )
    : text
