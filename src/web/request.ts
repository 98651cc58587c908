import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { UserError } from '../platform/user-error.ts'
import type { WebContext } from './context.ts'

/** A sent form: a text by name, every text of one name for checkboxes, a file by name. NUL characters are dropped. */
export type Form = { text(name: string): string; all(name: string): string[]; file(name: string): File | undefined }

/** Reads a urlencoded or multipart form; an unreadable one is answered with 400. */
export async function readForm(c: WebContext): Promise<Form> {
  const sent = await c.req.formData().catch(() => {
    throw new HTTPException(400, {
      message: 'This form could not be read. Go back to the page and send the form again.',
    })
  })
  const all = (name: string) =>
    sent.getAll(name).flatMap((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : []))
  const file = (name: string) => sent.getAll(name).find((value) => typeof value !== 'string')
  return { all, file, text: (name) => all(name)[0] ?? '' }
}

/** @throws UserError with the schema's first message where the value does not fit. */
export function parseSent<T>(schema: z.ZodType<T>, sent: unknown): T {
  const result = schema.safeParse(sent)
  if (result.success) return result.data
  throw new UserError(result.error.issues[0]?.message ?? 'This input is not valid.')
}

/** The first message of each field, by the name of the field. */
export function problemsByField(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const issue of issues) problems[String(issue.path[0])] ??= issue.message
  return problems
}

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** A numeric part of the path; undefined where it is no id, so that there is no such page. */
export function pathId(c: WebContext, name: string): number | undefined {
  return id.optional().catch(undefined).parse(c.req.param(name))
}

/** A numeric part of the query; undefined where there is none, or no id. */
export function queryId(c: WebContext, name: string): number | undefined {
  return id.optional().catch(undefined).parse(c.req.query(name))
}

/** The id in `?before=`, where the next page of a list begins; undefined, for anything else too, is the first page. */
export function pageStart(c: WebContext): number | undefined {
  return queryId(c, 'before')
}

/** The number in `?page=`, 1 where there is none; undefined where it is no whole number from 1 to `max`. */
export function pageNumber(c: WebContext, max: number): number | undefined {
  const parsed = z.coerce.number().int().min(1).max(max).default(1).safeParse(c.req.query('page'))
  return parsed.success ? parsed.data : undefined
}

/** At most `limit` rows of those fetched, and where the next page begins if more were fetched. */
export function paged<T extends { id: number }>(rows: T[], limit: number): { rows: T[]; next: number | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: last && rows.length > limit ? last.id : null }
}
