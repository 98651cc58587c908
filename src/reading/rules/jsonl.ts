import { z } from 'zod'
import { readRanked } from './read.ts'
import type { Reading, Source, TopicRule } from './types.ts'

/** Reads the report in one line of JSON and returns one object. A bad line gives `error` and empty lists. */
export function readJsonLine(line: string, rules: TopicRule[], withCanonical: boolean): object {
  const parsed = parsedLine(line)
  if ('error' in parsed) return { id: parsed.id, error: parsed.error, takeaways: [], topics: [] }
  const reading = readRanked(parsed.source, rules)
  return { id: parsed.id, ...resultOf(reading), ...(withCanonical ? { canonical: reading.text } : {}) }
}

const optionalText = z.string().nullish()

const recordSchema = z
  .object({
    id: z.union([z.string(), z.number()]),
    title: optionalText,
    url: optionalText,
    html: optionalText,
    markdown: optionalText,
    text: optionalText,
  })
  .refine(({ html, markdown, text }) => [html, markdown, text].some((form) => typeof form === 'string'), {
    message: 'one of html, markdown and text is needed',
  })

type ParsedLine = { id: unknown; source: Source } | { id: unknown; error: string }

function parsedLine(line: string): ParsedLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return { id: null, error: `the line is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const record = recordSchema.safeParse(value)
  if (record.success) return { id: record.data.id, source: sourceOf(record.data) }
  const id = value !== null && typeof value === 'object' && 'id' in value ? value.id : null
  return { id, error: record.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ') }
}

function sourceOf({ title, url, html, markdown, text }: z.infer<typeof recordSchema>): Source {
  const about = { ...(title ? { title } : {}), ...(url ? { url } : {}) }
  if (typeof html === 'string') return { ...about, html }
  return typeof markdown === 'string' ? { ...about, markdown } : { ...about, text: text ?? '' }
}

function resultOf(reading: Reading): object {
  return {
    takeaways: reading.takeaways.map(({ text, kind, attribution, evidence: [first], topics }) => ({
      text,
      kind,
      attribution,
      evidence: first && { quote: first.quote, start: first.start, end: first.end, references: first.references },
      topics: topics.map(({ topic }) => topic),
    })),
    topics: reading.topics.map(({ topic, score, via, words }) => ({ slug: topic, score, via, matches: words })),
  }
}
