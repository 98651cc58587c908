import { z } from 'zod'
import { parseJsonLine } from '../../platform/text/json-line.ts'
import { inItsLanguage } from './languages/detect-language.ts'
import { readRanked } from './read.ts'
import type { Reading, Source, TopicRule } from './types.ts'

/** Reads the report in one line of JSON and returns one object. A bad line gives `error` and empty lists. */
export async function readJsonLine(line: string, rules: TopicRule[], withCanonical: boolean): Promise<object> {
  const parsed = parseJsonLine(line, recordSchema)
  if ('error' in parsed) return { ...parsed, takeaways: [], topics: [] }
  const { record } = parsed
  const reading = readRanked(await inItsLanguage(sourceOf(record)), rules)
  return { id: record.id, ...resultOf(reading), ...(withCanonical ? { canonical: reading.text } : {}) }
}

const optionalText = z.string().nullish()

const recordSchema = z
  .object({
    id: z.union([z.string(), z.number()]),
    title: optionalText,
    url: optionalText,
    language: optionalText,
    html: optionalText,
    markdown: optionalText,
    text: optionalText,
  })
  .refine(({ html, markdown, text }) => [html, markdown, text].some((form) => typeof form === 'string'), {
    message: 'one of html, markdown and text is needed',
  })

function sourceOf({ title, url, language, html, markdown, text }: z.infer<typeof recordSchema>): Source {
  const about = { title: title ?? undefined, url: url ?? undefined, language: language ?? undefined }
  if (typeof html === 'string') return { ...about, html }
  return typeof markdown === 'string' ? { ...about, markdown } : { ...about, text: text ?? '' }
}

function resultOf(reading: Reading): object {
  return {
    language: reading.language,
    takeaways: reading.takeaways.map(({ text, kind, attribution, evidence: [first], topics, places }) => ({
      text,
      kind,
      attribution,
      evidence: first && { quote: first.quote, start: first.start, end: first.end, references: first.references },
      topics: topics.map(({ topic }) => topic),
      places,
    })),
    topics: reading.topics.map(({ topic, score, via, words }) => ({ slug: topic, score, via, matches: words })),
  }
}
