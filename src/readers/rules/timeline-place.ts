import { z } from 'zod'
import type { TimelinePlace } from '../store/timeline.ts'

/** The place of an event as options and links have it: `2026-11-24T05:00:00Z_5_17`. */
export const placeText = ({ at, source, id }: TimelinePlace): string => `${at}_${source}_${id}`

const problem = 'Give a date such as 2026-11-24, or the place where the page before ended.'
const placed = /^([^_]{1,40})_(\d{1,2})_(\d{1,15})$/

/** The place that `placeText` wrote, or the beginning of a date (UTC) or an instant. */
export const placeSchema = z.string(problem).transform((text, context): TimelinePlace => {
  const [, at = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00Z` : text, source = '0', id = '0'] =
    placed.exec(text) ?? []
  try {
    return { at: Temporal.Instant.from(at), source: Number(source), id: Number(id) }
  } catch {
    context.addIssue({ code: 'custom', message: problem })
    return z.NEVER
  }
})
