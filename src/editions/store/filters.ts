import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { languageOfReport } from '../../platform/db/report-of-takeaway.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'

/** The filter of a subscription `s`, as columns: readers whose filters are the same share editions. */
export const filterColumns = sql`s.topics, s.all_topics, s.min_score, s.feeds, s.places, s.languages`

/** Whether a subscription `s` has this filter. */
export const hasFilter = (filter: SubscriptionFilter): RawBuilder<SqlBool> => sql`(
  s.topics = ${filter.topics} and s.all_topics = ${filter.all_topics} and s.min_score = ${filter.min_score}::real
  and s.feeds = ${filter.feeds}::bigint[] and s.places = ${filter.places}::text[] and s.languages = ${filter.languages}::text[])`

/** The language of a takeaway `t` of a feed `f`, such as `en` for en-GB; empty when nothing names one. */
export const primaryLanguage = sql`lower(substring(coalesce(${languageOfReport}, '') from '^[A-Za-z]*'))`

/** The filter among the columns of a row. */
export function filterOf<T extends SubscriptionFilter>(row: T): SubscriptionFilter {
  const { topics, all_topics, min_score, feeds, places, languages } = row
  return { topics, all_topics, min_score, feeds, places, languages }
}

/** The filter that lets all takeaways on some topics pass. */
export const onlyTopics = (topics: string[]): SubscriptionFilter => ({
  topics,
  all_topics: false,
  min_score: 0,
  feeds: [],
  places: [],
  languages: [],
})

/**
 * Whether a match `m` of a takeaway `t` of a feed `f` passes a filter. A report whose language nothing names passes for all. All topics are
 * another matter: see `onAllTopics`.
 */
export function passes({ topics, min_score, feeds, places, languages }: SubscriptionFilter): RawBuilder<SqlBool> {
  const parts = [sql`m.topic = any(${topics}) and m.score >= ${min_score}::real`]
  if (feeds.length > 0) parts.push(sql`f.id = any(${feeds}::bigint[])`)
  if (places.length > 0) parts.push(sql`t.places && ${places}::text[]`)
  if (languages.length > 0) parts.push(sql`${primaryLanguage} = any(array[''] || ${languages}::text[])`)
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}

/** Whether a group of matches `m` of one takeaway is on as many topics as a filter asks for. */
export const onAllTopics = ({ topics, all_topics }: SubscriptionFilter): RawBuilder<SqlBool> =>
  sql`count(distinct m.topic) >= ${all_topics ? topics.length : 1}`
