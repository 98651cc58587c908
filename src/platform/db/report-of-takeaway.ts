import { type SqlBool, sql } from 'kysely'
import { editedAt } from './edited-at.ts'

/** The columns of `reportColumns`. */
export type ReportRow = {
  item_id: number
  item_title: string
  text_end: string | null
  url: string | null
  published_at: Temporal.Instant | null
  first_seen_at: Temporal.Instant
  edited_at: Temporal.Instant | null
  feed_id: number
  feed_title: string
  feed_url: string
  site_url: string | null
  publisher: string | null
  language: string | null
  corrections: { id: number; at: string; note: string }[] | null
}

/** The language of the report of a takeaway `t` of a feed `f`: that of its words, or else the one that the feed declares. */
export const languageOfReport = sql`coalesce(t.language, f.language)`

/** Whether a correction `x` is about a takeaway `t` of its item. */
export const correctsTakeaway = sql<SqlBool>`(x.wordings = '{}' or t.wording = any(x.wordings))`

export const reportColumns = sql`
  i.id as item_id, latest.title as item_title, latest.text_end, i.url, i.published_at, i.first_seen_at, ${editedAt} as edited_at,
  f.id as feed_id, coalesce(nullif(f.title, ''), f.url) as feed_title, f.url as feed_url, f.site_url, f.publisher, ${languageOfReport} as language,
  (select jsonb_agg(jsonb_build_object('id', x.id, 'at', x.at, 'note', x.note) order by x.id) from corrections x
    where x.item_id = i.id and ${correctsTakeaway}) as corrections`

/** Joins the report of a takeaway `t`, its feed, and its newest revision. */
export const itsReport = sql`
  join items i on i.id = t.item_id
  join feeds f on f.id = i.feed_id
  cross join lateral (
    select title, right(text, 400) as text_end from revisions where item_id = i.id and state = 'read' order by n desc limit 1) latest`
