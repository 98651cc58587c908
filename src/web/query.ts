import { z } from 'zod'
import type { WebContext } from './context.ts'

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** The id in `?before=`, where the next page of a listing begins; anything else counts as the first page. */
export function pageStart(c: WebContext): number | undefined {
  return id.optional().catch(undefined).parse(c.req.query('before'))
}

/** A numeric part of the path, or undefined when it is none: then there is no such page. */
export function pathId(c: WebContext, name: string): number | undefined {
  return id.optional().catch(undefined).parse(c.req.param(name))
}

/** Shows one row less than was fetched, and where the next page begins when there was one more. */
export function paged<T extends { id: number }>(rows: T[], limit: number): { rows: T[]; next: number | null } {
  const shown = rows.slice(0, limit)
  return { rows: shown, next: rows.length > limit ? shown.at(-1)!.id : null }
}
