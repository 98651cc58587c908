import { z } from 'zod'
import { readRanked } from './read.ts'
import type { Reading, Source, TopicRule } from './types.ts'

/** One line of JSON as a program sends it, answered by one object; a bad line gives `error` and empty lists. */
export function jsonlAnswer(line: string, rules: TopicRule[], canonical: boolean): object {
  const parsed = parsedLine(line)
  if ('error' in parsed) return { id: parsed.id, error: parsed.error, takeaways: [], topics: [] }
  const reading = readRanked(parsed.source, rules)
  return { id: parsed.id, ...told(reading), ...(canonical ? { canonical: reading.text } : {}) }
}

const text = z.string().nullish()

const recordSchema = z
  .object({ id: z.union([z.string(), z.number()]), title: text, url: text, html: text, markdown: text, text })
  .refine((r) => [r.html, r.markdown, r.text].some((form) => typeof form === 'string'), {
    message: 'one of html, markdown and text is needed',
  })

type ParsedLine = { id: unknown; source: Source } | { id: unknown; error: string }

function parsedLine(line: string): ParsedLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return { id: null, error: `this is no line of JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const record = recordSchema.safeParse(value)
  if (record.success) return { id: record.data.id, source: sourceOf(record.data) }
  const id = value !== null && typeof value === 'object' && 'id' in value ? value.id : null
  return { id, error: record.error.issues.map((issue) => [...issue.path, issue.message].join(': ')).join('; ') }
}

function sourceOf({ title, url, html, markdown, text }: z.infer<typeof recordSchema>): Source {
  const about = { ...(title ? { title } : {}), ...(url ? { url } : {}) }
  if (typeof html === 'string') return { ...about, html }
  return typeof markdown === 'string' ? { ...about, markdown } : { ...about, text: text ?? '' }
}

function told({ takeaways, topics }: Reading): object {
  return {
    takeaways: takeaways.map(({ text, kind, attribution, evidence: [first], topics }) => ({
      text,
      kind,
      attribution,
      evidence: first && { quote: first.quote, start: first.start, end: first.end, references: first.references },
      topics: topics.map((match) => match.topic),
    })),
    topics: topics.map(({ topic, score, via, words }) => ({ slug: topic, score, via, matches: words })),
  }
}
