import { nameOfPlace } from '../places/rules/find-place.ts'
import { plural } from '../platform/text/plural.ts'
import { withSingleBlanks } from '../platform/text/single-blanks.ts'
import type { Reading, Takeaway, TopicMatch, TopicRule } from '../reading/rules/types.ts'

/** A line of a reading for people. Its role decides the style. */
export type ReadingLine = { role: 'plain' | 'takeaway' | 'topic' | 'evidence'; text: string }

/** Renders a reading in lines of at most `width` characters: takeaways with their topics, quoted evidence and references. */
export function renderReading(reading: Reading, rules: TopicRule[], width: number): ReadingLine[] {
  const name = (slug: string) => rules.find((rule) => rule.slug === slug)?.name ?? slug
  const takeaways = reading.takeaways.flatMap((takeaway) => [...takeawayLines(takeaway, name, width), plain('')])
  const topics = reading.topics.length > 0 ? [plain(`Topics: ${topicsText(reading.topics, name)}`)] : []
  return [plain(summaryOf(reading)), plain(''), ...takeaways, ...topics]
}

const plain = (text: string): ReadingLine => ({ role: 'plain', text })

function summaryOf({ takeaways, passages }: Reading): string {
  if (takeaways.length === 0) return 'No takeaway was found.'
  const selected = takeaways.length === 1 ? 'a selected sentence' : 'selected sentences'
  const source = takeaways[0]?.kind === 'stated' ? 'stated by the publisher' : selected
  return `${plural(takeaways.length, 'takeaway')} (${source}) from ${plural(passages.length, 'passage')}.`
}

function takeawayLines(takeaway: Takeaway, name: (slug: string) => string, width: number): ReadingLine[] {
  const { ordinal, text, attribution, topics, places } = takeaway
  return [
    ...wrapped(`${ordinal}. ${text}`, width).map((line): ReadingLine => ({ role: 'takeaway', text: line })),
    ...wrapped(topicsText(topics, name), width - 3).map((line): ReadingLine => ({ role: 'topic', text: `   ${line}` })),
    ...wrapped(placesText(places), width - 3).map((line): ReadingLine => ({ role: 'evidence', text: `   ${line}` })),
    ...(attribution ? [{ role: 'evidence', text: `   attributed to ${attribution}` } as const] : []),
    ...evidenceLines(takeaway, width - 3).map((line): ReadingLine => ({ role: 'evidence', text: line })),
  ]
}

/** `places: Ukraine (UA), Kharkiv Oblast, Ukraine (UA-63)`; nothing where there are none. */
function placesText(places: string[]): string {
  if (places.length === 0) return ''
  return `places: ${places.map((code) => `${nameOfPlace(code) ?? code} (${code})`).join(' · ')}`
}

function topicsText(topics: TopicMatch[], name: (slug: string) => string): string {
  return topics
    .map(({ topic, score, words, via }) => {
      const found = [...new Set(words.map((word) => word.text))].join(', ')
      return `${name(topic)}: score ${score.toFixed(2)} (${found}${via === 'takeaway' ? '' : `; by ${via}`})`
    })
    .join(' · ')
}

function evidenceLines({ evidence, text }: Takeaway, width: number): string[] {
  return evidence.flatMap((each) => {
    const quote = withSingleBlanks(each.quote) === text ? 'word for word' : `“${each.quote.replace(/\s+/g, ' ')}”`
    const references = each.references.map(({ mark, url }) => `   [${mark}] ${url ?? 'no link given'}`)
    return [...wrapped(`passage ${each.passage}, ${quote}`, width).map((line) => ` │ ${line}`), ...references]
  })
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
