import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { latestItems } from '../../src/feeds/store/feed-views.ts'
import { type Entry, entries, rssOf } from '../parsing/entries.ts'
import { feedAt, insertFeedAt, pollAgain, serveAt } from '../support/feeds.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let n = 0

beforeEach(async () => {
  app = await openTestApp({ feedServer: true })
})
afterEach(() => app.close())

const newFeed = () => insertFeedAt(app, `/feed-${n++}`)
const items = () => app.db.selectFrom('items').select(['key', 'url', 'title', 'backfill']).orderBy('id').execute()

/** How many rows each table has; one for the polls of a day is no row of a poll. */
async function countRows(): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'poll_days'`.execute(app.db)
  const counts = tables.map(async ({ name }) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(name)}`.execute(app.db)
    return [name, rows[0]!.count] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

describe('an item', () => {
  const published = Temporal.Instant.from('2026-11-23T09:00:00Z')
  /** What changes at each request besides the keys. */
  const changes: [string, (id: string, request: number) => Partial<Entry>][] = [
    ['alone', (id) => ({ link: `https://desk.example/${id}` })],
    ['and its address without a date', () => ({})],
    ['and its address', () => ({ at: published })],
    ['and its date', (id) => ({ link: `https://desk.example/${id}`, at: app.now() })],
    ['its address and its date', () => ({ at: app.now() })],
  ]
  it.each(changes)(
    'whose key %s changes at every request stays one item, without a hold or a new row',
    async (_, more) => {
      const url = await newFeed()
      const version = (request: number) =>
        rssOf(
          entries(9).map(({ id }) => ({
            id: `${request}-${id}`,
            title: `Report ${id}`,
            text: id,
            ...more(id, request),
          })),
        )
      serveAt(app, url, version(0))
      await pollAgain(app, url)
      const before = await countRows()
      for (let request = 1; request <= 20; request++) {
        serveAt(app, url, version(request))
        expect(await pollAgain(app, url)).toMatchObject([{ kind: 'unchanged', added: 0, edited: 0 }])
      }
      expect(await feedAt(app, url)).toMatchObject({ state: 'active', held_reason: null })
      expect(await countRows()).toEqual(before)
      expect((await items()).every(({ key }) => key.startsWith('20-'))).toBe(true)
    },
  )

  it('whose key is used again for another report makes room for a new one, which is news', async () => {
    const url = await newFeed()
    const at = app.now().subtract({ hours: 30 })
    const bridge = { id: '1', title: 'Bridge of Dara opens', text: 'The bridge of Dara opened after two years.', at }
    serveAt(app, url, rssOf([bridge, ...entries(3, 'x')]))
    await pollAgain(app, url)
    const flood = {
      id: '1',
      title: 'Floods reach Lorn',
      text: 'A river flooded 430 houses in Lorn.',
      link: 'https://desk.example/1',
    }
    serveAt(app, url, rssOf([{ ...flood, at: app.now() }, ...entries(3, 'x')]))
    expect(await pollAgain(app, url)).toMatchObject([{ added: 1, edited: 0 }])
    const kept = (await items()).filter(({ url: address }) => address?.endsWith('/1'))
    expect(kept.map(({ title, backfill }) => [title, backfill])).toEqual([
      ['Bridge of Dara opens', true],
      ['Floods reach Lorn', false],
    ])
    for (const body of [
      rssOf([bridge, ...entries(3, 'x')]),
      rssOf([{ ...flood, at: app.now() }, ...entries(3, 'x')]),
    ]) {
      serveAt(app, url, body)
      expect(await pollAgain(app, url)).toMatchObject([{ added: 0, edited: 0 }])
    }
  })

  it('is kept apart from others that share its key, also when one of them is left alone', async () => {
    const url = await newFeed()
    const reports = ['Bridge', 'Floods', 'Trains'].map((title) => ({
      id: 'desk',
      title,
      text: title,
      link: `https://desk.example/${title}`,
    }))
    serveAt(app, url, rssOf(reports.slice(0, 1)))
    await pollAgain(app, url)
    for (const some of [reports.slice(0, 2), reports, reports.slice(2), reports.slice(1), reports]) {
      serveAt(app, url, rssOf(some))
      await pollAgain(app, url)
    }
    expect((await items()).map(({ title }) => title)).toEqual(['Bridge', 'Floods', 'Trains'])
    expect((await countRows()).revisions).toBe(3)
  })

  it('without link and id is known again when its text is edited', async () => {
    const url = await newFeed()
    const at = app.now().subtract({ hours: 3 })
    const bare = (text: string) =>
      rssOf([
        { id: '', title: 'Outage in Sumy', text, at },
        { id: '', title: 'Outage in Sumy', text: 'Power is back in all districts.', at: at.add({ hours: 2 }) },
        { id: '', title: 'Outage in Kharkiv', text: 'Two districts are without power.' },
      ]).replaceAll(/<guid.*?<\/link>/g, '')
    serveAt(app, url, bare('One district is without power.'))
    expect(await pollAgain(app, url)).toMatchObject([{ added: 3 }])
    serveAt(app, url, bare('One district and a village are without power.'))
    expect(await pollAgain(app, url)).toMatchObject([{ added: 0, edited: 1 }])
    expect(await pollAgain(app, url)).toMatchObject([{ added: 0, edited: 0 }])
  })

  it('that is dated far ahead stands at the time when it was found', async () => {
    const url = await newFeed()
    serveAt(app, url, rssOf([{ id: 'today', at: app.now() }]))
    await pollAgain(app, url)
    serveAt(
      app,
      url,
      rssOf([
        { id: 'today', at: app.now() },
        { id: 'ahead', at: app.now().add({ hours: 24 * 40 }) },
      ]),
    )
    await pollAgain(app, url)
    const found = app.now()
    app.clock.later({ hours: 48 })
    serveAt(
      app,
      url,
      rssOf([
        { id: 'later', at: app.now() },
        { id: 'ahead', at: app.now().add({ hours: 24 * 38 }) },
      ]),
    )
    await pollAgain(app, url)
    const listed = await latestItems(app.db, (await feedAt(app, url)).id, 9)
    expect(listed.map(({ title }) => title)).toEqual(['Report later', 'Report ahead', 'Report today'])
    expect(listed[1]!.at).toEqual(found)
  })
})
