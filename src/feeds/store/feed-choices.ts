import { sql } from 'kysely'
import { canonicalFeedUrl } from '../../parsing/canonical-url.ts'
import type { Db } from '../../platform/db/db.ts'
import { UserError } from '../../platform/user-error.ts'
import { noFeedAt } from './feeds.ts'

/** A feed as a reader chooses it. */
export type FeedChoice = { id: number; title: string }

/** So many feeds a page can offer. */
const maxOffered = 200

/** The feeds that are followed, by title, at most 200; those in `chosen` are always among them, and say if they are no longer followed. */
export async function feedChoices(db: Db, chosen: number[]): Promise<FeedChoice[]> {
  const { rows } = await sql<FeedChoice>`
    select id, coalesce(nullif(title, ''), host) || case when state = 'gone' then ' (no longer followed)' else '' end as title
    from feeds
    where state <> 'gone' or id = any(${chosen}::bigint[])
    order by id = any(${chosen}::bigint[]) desc, lower(coalesce(nullif(title, ''), host)), id limit ${maxOffered}`.execute(
    db,
  )
  return rows
}

/** So many of the newest takeaways tell in which languages reports come. */
const takeawaysLookedAt = 5_000

/** The languages that reports are written in or feeds name, as codes without a region, the most frequent first. */
export async function offeredLanguages(db: Db): Promise<string[]> {
  const { rows } = await sql<{ language: string }>`
    with written as (select language from takeaways order by id desc limit ${takeawaysLookedAt}),
    named as (
      select lower(substring(language from '^[A-Za-z]{2,3}')) as language from feeds
      where state <> 'gone' and language ~ '^[A-Za-z]{2,3}([-_]|$)')
    select language from (select language from written union all select language from named) as either
    where language is not null group by 1 order by count(*) desc, 1 limit 30`.execute(db)
  return rows.map(({ language }) => language)
}

/** The ids of feeds by their addresses. @throws UserError when a feed does not exist */
export async function feedIds(db: Db, addresses: string[]): Promise<number[]> {
  const urls = addresses.map(canonicalFeedUrl)
  if (urls.length === 0) return []
  const known = await db
    .selectFrom('feeds')
    .select(['id', 'url'])
    .where('url', 'in', urls)
    .where('state', '!=', 'gone')
    .execute()
  return urls.map((url) => {
    const feed = known.find((one) => one.url === url)
    if (!feed) throw noFeedAt(url)
    return feed.id
  })
}

/** The numbers of all feeds by their URLs; those that are no longer followed only with `gone`. */
export async function feedNumbers(db: Db, { gone = false } = {}): Promise<Map<string, number>> {
  const all = db.selectFrom('feeds').select(['id', 'url'])
  const feeds = await (gone ? all : all.where('state', '!=', 'gone')).execute()
  return new Map(feeds.map(({ id, url }) => [url, id]))
}

/** @throws UserError when a feed does not exist */
export async function requireKnownFeeds(db: Db, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  const known = await db.selectFrom('feeds').select('id').where('id', 'in', ids).execute()
  const unknown = ids.find((id) => !known.some((feed) => feed.id === id))
  if (unknown !== undefined) throw new UserError(`There is no feed with the number ${unknown}.`)
}
