import { sql } from 'kysely'
import { type Db, openDb } from '../../../src/platform/db/db.ts'
import { fillLedgerOf, withoutIndexes } from './ledger.ts'
import { fillDay, fillFeeds, type News, settleNews } from './news.ts'
import { fillReaders } from './readers.ts'

/** `readers` of a daily digest who got one on each of `days` days, and the news of those days. */
export type History = { readers: number; days: number; news?: Partial<News> }

/** The first date without digests: its first slot is due 30 minutes after `until`. */
export const nextDate = Temporal.PlainDate.from('2026-11-24')
/** The moment up to which the tables are filled. */
export const until = Temporal.Instant.from('2026-11-23T18:30:00Z')

/**
 * Fills a database that is migrated and prepared with the history of so many days, and with unread positions of one more day of news.
 * `say` gets a line for each step.
 */
export async function fillHistory(url: string, history: History, say: (line: string) => void): Promise<void> {
  const { db, pool } = openDb(url, { max: 1, session: { synchronous_commit: 'off', maintenance_work_mem: '512MB' } })
  const news: News = { feeds: 24, reports: 100, claims: 5, ...history.news }
  try {
    await sql`set session_replication_role = replica`.execute(db) // no checks of foreign keys, and no triggers
    await sql`alter table takeaways enable always trigger begin_lineage`.execute(db)
    await fillFeeds(db, news.feeds, until)
    const begin = nextDate
      .subtract({ days: history.days + 1 })
      .toZonedDateTime('UTC')
      .toInstant()
    await fillReaders(db, history.readers, begin)
    say(`${history.readers} readers`)
    await withoutIndexes(db, () => fillDays(db, history.days, news, say))
    await fillDay(db, nextDate.subtract({ days: 1 }), news, false)
    await settleNews(db)
    await sql`insert into open_editions (edition_id) select id from editions on conflict do nothing`.execute(db) // as the trigger does
    await sql`alter table takeaways enable trigger begin_lineage`.execute(db)
    await sql`vacuum analyze`.execute(db)
    await sql`checkpoint`.execute(db)
    say('indexes and statistics')
  } finally {
    await pool.end()
  }
}

async function fillDays(db: Db, days: number, news: News, say: (line: string) => void): Promise<void> {
  for (let ago = days; ago > 0; ago--) {
    const date = nextDate.subtract({ days: ago })
    await fillDay(db, date.subtract({ days: 1 }), news, true)
    await fillLedgerOf(db, date)
    if (ago % 10 === 1) say(`${days - ago + 1} of ${days} days`)
  }
}
