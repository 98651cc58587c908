import { z } from 'zod'
import { parseJsonLine } from '../../platform/text/json-line.ts'
import { inItsLanguage } from '../../reading/rules/languages/detect-language.ts'
import { cluster } from './cluster.ts'
import type { Link, ReportedStatement, StatementId } from './types.ts'

/**
 * Joins the texts of JSON Lines `{id, title?, text, published?}` into stories. Returns an object for each line, in order:
 * `{id, story}`, where a story has the id of its first line, or `{id, error}`. `withWhy` adds the links of each text.
 */
export async function clusterLines(lines: string[], withWhy: boolean): Promise<object[]> {
  const parsed = lines.map(parsedLine)
  const statements = await Promise.all(statementsOf(parsed).map(inItsLanguage))
  const { stories, links } = cluster(statements)
  const idOf = (at: StatementId) => parsed[Number(at)]!.id
  const storyOf = new Map(stories.flatMap((story) => story.map((at) => [at, idOf(story[0]!)] as const)))
  const linksOf = withWhy ? linksByEnd(links) : new Map<StatementId, Link[]>()
  return parsed.map((line, at) => {
    if ('error' in line) return { id: line.id, error: line.error }
    const why = (linksOf.get(at) ?? []).map((link) => whyOf(link, at, idOf))
    return { id: line.id, story: storyOf.get(at), ...(withWhy ? { why } : {}) }
  })
}

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string().nullish(),
  text: z.string(),
  published: z.iso.datetime({ offset: true, error: 'not an ISO 8601 moment' }).nullish(),
})

type Line = { id: unknown; error: string } | z.infer<typeof lineSchema>

function parsedLine(line: string): Line {
  const parsed = parseJsonLine(line, lineSchema)
  return 'error' in parsed ? parsed : parsed.record
}

/** The good lines, named by their numbers. A line without a date was published with the line before it. */
function statementsOf(lines: Line[]): ReportedStatement[] {
  let published = 0
  return lines.flatMap((line, at) => {
    if ('error' in line) return []
    if (line.published) published = Date.parse(line.published)
    return [{ id: at, report: at, passage: null, published, title: line.title ?? '', text: line.text, context: '' }]
  })
}

function linksByEnd(links: Link[]): Map<StatementId, Link[]> {
  const ends = links.flatMap((link) => [
    { end: link.a, link },
    { end: link.b, link },
  ])
  const grouped = Map.groupBy(ends, ({ end }) => end)
  return new Map([...grouped].map(([end, found]) => [end, found.map(({ link }) => link)]))
}

function whyOf({ a, b, likeness, why }: Link, at: StatementId, idOf: (at: StatementId) => unknown): object {
  return { with: idOf(a === at ? b : a), likeness, ...why }
}
