import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { languageOfReport } from '../../platform/db/report-of-takeaway.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'

/** The filter of a subscription `s`, as columns: readers whose filters are the same share editions. */
export const filterColumns = sql`s.topics, s.all_topics, s.min_score, s.feeds, s.places, s.languages`

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

/** A filter whose values are SQL: bound values, or columns of a subscription. */
type FilterSql = Record<'topics' | 'min_score' | 'feeds' | 'places' | 'languages', RawBuilder<unknown>>

/**
 * What a match `m` of a takeaway `t` of a feed `f` must pass, one condition for each choice of a reader. A report whose language
 * nothing names passes for all. The last three let all pass where the choice is empty, which the caller checks.
 */
const conditionsOf = ({ topics, min_score, feeds, places, languages }: FilterSql) => ({
  topic: sql<SqlBool>`m.topic = any(${topics}::text[])`,
  strength: sql<SqlBool>`m.score >= ${min_score}::real`,
  feed: sql<SqlBool>`f.id = any(${feeds}::bigint[])`,
  place: sql<SqlBool>`t.places && ${places}::text[]`,
  language: sql<SqlBool>`${primaryLanguage} = any(array[''] || ${languages}::text[])`,
})

/** Whether a match passes a filter. All topics are another matter: see `onAllTopics`. */
export function passes({ topics, min_score, feeds, places, languages }: SubscriptionFilter): RawBuilder<SqlBool> {
  const { topic, strength, feed, place, language } = conditionsOf({
    topics: sql`${topics}`,
    min_score: sql`${min_score}`,
    feeds: sql`${feeds}`,
    places: sql`${places}`,
    languages: sql`${languages}`,
  })
  const parts = [topic, strength]
  if (feeds.length > 0) parts.push(feed)
  if (places.length > 0) parts.push(place)
  if (languages.length > 0) parts.push(language)
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}

/** The same conditions for the filter of a subscription `s`, one by one, to say at which of them a match ends. */
export function conditionsOfSubscription() {
  const { feed, place, language, ...always } = conditionsOf({
    topics: sql`s.topics`,
    min_score: sql`s.min_score`,
    feeds: sql`s.feeds`,
    places: sql`s.places`,
    languages: sql`s.languages`,
  })
  const chosen = (list: RawBuilder<unknown>, condition: RawBuilder<SqlBool>) =>
    sql<SqlBool>`(cardinality(${list}) = 0 or ${condition})`
  return {
    ...always,
    feed: chosen(sql`s.feeds`, feed),
    place: chosen(sql`s.places`, place),
    language: chosen(sql`s.languages`, language),
  }
}

const onTopics = (count: RawBuilder<unknown>) => sql<SqlBool>`count(distinct m.topic) >= ${count}`

/** Whether a group of matches `m` of one takeaway is on as many topics as a filter asks for. */
export const onAllTopics = ({ topics, all_topics }: SubscriptionFilter): RawBuilder<SqlBool> =>
  onTopics(sql`${all_topics ? topics.length : 1}`)

/** The same for the filter of a subscription `s`. */
export const onAllTopicsOfSubscription = onTopics(sql`case when s.all_topics then cardinality(s.topics) else 1 end`)
