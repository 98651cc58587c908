import { styleText } from 'node:util'
import type { Reading, Takeaway, TopicMatch, TopicRule } from '../domain/reading/types.ts'

type Look = { colour: boolean; width: number }
type Style = Parameters<typeof styleText>[0]

/** A reading as a person sees it in a terminal: takeaways with their topics, the quoted evidence, and its references. */
export function drawReading(reading: Reading, rules: TopicRule[], { colour, width }: Look): string {
  const paint = (style: Style, text: string) => (colour ? styleText(style, text, { validateStream: false }) : text)
  const room = Math.min(100, Math.max(40, width)) - 4
  const name = (slug: string) => rules.find((rule) => rule.slug === slug)?.name ?? slug
  const lines = [summary(reading), '']
  for (const takeaway of reading.takeaways) {
    lines.push(...indent(wrap(`${takeaway.position}. ${takeaway.text}`, room), '').map((line) => paint('bold', line)))
    lines.push(...indent(wrap(topicLine(takeaway.topics, name), room), '   ').map((line) => paint('cyan', line)))
    if (takeaway.attribution) lines.push(paint('dim', `   said by ${takeaway.attribution}`))
    lines.push(...evidenceLines(takeaway, room).map((line) => paint('dim', line)), '')
  }
  if (reading.topics.length > 0) lines.push(`Topics: ${topicLine(reading.topics, name)}`)
  return `${lines.join('\n')}\n`
}

function summary({ takeaways, passages }: Reading): string {
  if (takeaways.length === 0) return 'There is nothing to read here.'
  const own = takeaways[0]?.kind === 'stated' ? 'from the publisher’s own list' : 'sentences chosen from the text'
  return `${takeaways.length} takeaway${takeaways.length === 1 ? '' : 's'}, ${own}; ${passages.length} passages read.`
}

function topicLine(topics: TopicMatch[], name: (slug: string) => string): string {
  return topics
    .map(
      (t) =>
        `${name(t.topic)} ${Math.round(t.score * 100)} % (${[...new Set(t.words.map((w) => w.text))].join(', ')}${t.via === 'takeaway' ? '' : `; by ${t.via}`})`,
    )
    .join(' · ')
}

function evidenceLines({ evidence, start }: Takeaway, room: number): string[] {
  return evidence.flatMap(({ passage, quote, references, start: from }) => {
    const where =
      from === start ? `passage ${passage}, its own words` : `passage ${passage}: “${quote.replace(/\s+/g, ' ')}”`
    const sources = references.map(({ mark, url }) => `   [${mark}] ${url ?? 'no link given'}`)
    return [...indent(wrap(where, room), ' │ '), ...sources]
  })
}

function indent(lines: string[], margin: string): string[] {
  return lines.map((line) => margin + line)
}

function wrap(text: string, width: number): string[] {
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
