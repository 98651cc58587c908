import { z } from 'zod'
import { UserError } from '../../platform/user-error.ts'

const text = z.string().nullish()
const reportId = z.union([z.string(), z.number()]).transform(String)

/**
 * One line of a file of reports. `feed` is the key of the report's feed, with its settings beside it, and `revises` is the id of an
 * earlier line whose entry has this content from now on.
 */
const reportSchema = z
  .object({
    id: reportId,
    feed: z.string().min(1).max(300),
    feedTitle: text,
    language: text,
    publisher: text,
    digestOnly: z.boolean().nullish(),
    published: z.iso.datetime({ offset: true }).transform((written) => Temporal.Instant.from(written)),
    title: text,
    url: text,
    html: text,
    markdown: text,
    text,
    revises: reportId.nullish().transform((revised) => revised ?? undefined),
  })
  .refine(({ html, markdown, text: plain, title }) => [html, markdown, plain, title].some((form) => form), {
    message: 'one of html, markdown, text and title is needed',
  })

export type ReplayReport = z.infer<typeof reportSchema>

/**
 * The reports of JSON Lines, in the order of their publication.
 * @throws UserError that names the first line that is wrong
 */
export function parseReports(lines: string): ReplayReport[] {
  const reports = lines.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [parseReport(line, i + 1)]))
  const known = new Set<string>()
  for (const { id, revises } of reports) {
    if (known.has(id)) throw new UserError(`Two reports have the id ${id}.`)
    if (revises !== undefined && !known.has(revises))
      throw new UserError(`Report ${id} revises ${revises}, which is not before it.`)
    known.add(id)
  }
  return reports.toSorted((a, b) => Temporal.Instant.compare(a.published, b.published))
}

function parseReport(line: string, number: number): ReplayReport {
  const parsed = reportSchema.safeParse(jsonOf(line, number))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError(`Line ${number} is no report: ${[...(issue?.path ?? []), issue?.message].join(': ')}.`)
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new UserError(`Line ${number} is not JSON.`)
  }
}
