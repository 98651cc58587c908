import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { confirm } from '../../src/readers/confirm.ts'
import { endOwnSubscriptions } from '../../src/readers/own-subscriptions.ts'
import { privateFeedPath } from '../../src/readers/private-feed.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { parse } from '../parsing/parse.ts'
import { copyStories } from '../support/many-stories.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { another, mira, network } from '../support/people.ts'
import { choose, join, linksOf, readerOf, tokenOf } from '../support/readers.ts'
import { depotBurns, plantHit, plantStops, storyOf, type Told, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const flight = {
  feed: 'relief',
  title: 'Four thousand people displaced from Orin',
  text: 'Four thousand people were displaced from the Orin district within a week.',
}

let app: TestApp
let pages: Pages
let reader: typeof mira
let path: string
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
  await tell(app, plantHit, depotBurns, plantStops, flight)
})
afterAll(() => app.close())
beforeEach(async () => {
  reader = another(mira)
  await join(app, reader)
  path = privateFeedPath(app, await readerOf(app, reader.email))
})

async function wordingOf({ title }: Told): Promise<number> {
  const { wording } = await app.db
    .selectFrom('takeaways as t')
    .innerJoin('items as i', 'i.id', 't.item_id')
    .innerJoin('matches as m', 'm.takeaway_id', 't.id')
    .select('t.wording')
    .where('i.title', '=', title)
    .where('m.topic', '=', 'infrastructure-strikes')
    .executeTakeFirstOrThrow()
  return wording
}

const titles = async () => (await parse(await (await pages.get(path)).text())).items.map(({ title }) => title)
const follow = async (topics: string[], minScore = 0) => choose(app, { ...reader, topics, minScore })

test('a feed has the stories on the topics that its reader follows now, and tells nobody else of its address', async () => {
  const answer = await pages.get(path)
  expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(answer.headers.get('x-robots-tag')).toBe('noindex')
  expect(answer.headers.get('cache-control')).toBe('private, no-cache')
  const { items, repairs } = await parse(await answer.text())
  expect(repairs).toEqual([])
  expect(items.map(({ key }) => key)).toEqual([`${app.config.publicUrl}/stories/${await storyOf(app, flight)}`])
  await follow(['displacement', 'infrastructure-strikes'])
  expect(await titles()).toEqual([flight.title, plantStops.title, depotBurns.title])
})

test('a feed has only stories with the score that its reader asks for', async () => {
  await follow(['infrastructure-strikes'], 1)
  const scores = await app.db
    .selectFrom('matches')
    .select('score')
    .where('topic', '=', 'infrastructure-strikes')
    .execute()
  expect(scores.every(({ score }) => score < 1)).toBe(true)
  expect(await titles()).toEqual([])
})

test('a feed has stories with that score that stand behind many newer ones with less', async () => {
  await follow(['infrastructure-strikes'], 0.9)
  const best = await wordingOf(plantHit)
  await app.db.updateTable('matches').set({ score: 0.1 }).where('topic', '=', 'infrastructure-strikes').execute()
  await copyStories(app, await wordingOf(plantStops), 60)
  await app.db.updateTable('matches').set({ score: 0.95 }).where('takeaway_id', '=', best).execute()
  expect(await titles()).toEqual([plantStops.title])
})

test('the page of preferences links to the feed, and no address of a reader is in it', async () => {
  const { preferences } = await linksOf(app, reader.email)
  expect(await (await pages.get(preferences)).text()).toContain(`<a href="${path}"`)
  expect(await (await pages.get(path)).text()).not.toContain(reader.email)
})

test('a reader who has the feed does not get it again', async () => {
  const tag = (await pages.get(path)).headers.get('etag') ?? ''
  expect((await pages.get(path, { headers: { 'if-none-match': tag } })).status).toBe(304)
})

test('the link opens the feed and nothing else, and no other link opens the feed', async () => {
  const token = path.slice('/f/'.length)
  for (const other of [`/p/${token}`, `/u/${token}`, `/c/${token}`]) expect((await pages.get(other)).status).toBe(404)
  const preferences = await tokenOf(app, reader.email, 'preferences')
  for (const wrong of [preferences, `${token}x`, 'x']) {
    const answer = await pages.get(`/f/${wrong}`)
    expect([wrong, answer.status]).toEqual([wrong, 404])
    expect(await answer.text()).toContain('This link does not work')
  }
})

test('a new address ends the one before', async () => {
  const token = await tokenOf(app, reader.email, 'preferences')
  const answer = await pages.post(`/p/${token}/feed`, {})
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/p/${token}?done=feed`])
  const page = await (await pages.get(`/p/${token}?done=feed`)).text()
  expect(page).toContain('Your feed has a new address.')
  const [, fresh = ''] = /<a href="(\/f\/[^"]+)"/.exec(page) ?? []
  expect((await pages.get(fresh)).status).toBe(200)
  expect((await pages.get(path)).status).toBe(404)
  expect((await pages.post('/p/forged/feed', {})).status).toBe(404)
})

test('a reader who left and came back has another address', async () => {
  await unsubscribe(app, await tokenOf(app, reader.email, 'unsubscribe'), 'all')
  await subscribe(app, reader, { ...network, honeypot: '' })
  await confirm(app, await tokenOf(app, reader.email, 'confirm'))
  expect((await pages.get(path)).status).toBe(404)
  expect((await pages.get(privateFeedPath(app, await readerOf(app, reader.email)))).status).toBe(200)
})

test('a feed keeps its address while its reader ends one of two subscriptions', async () => {
  await choose(app, { ...reader, cadence: 'weekly', minScore: 0 })
  const { subscriptions } = await readerOf(app, reader.email)
  const weekly = subscriptions.find(({ cadence }) => cadence === 'weekly')!
  await endOwnSubscriptions(app, await tokenOf(app, reader.email, 'preferences'), weekly.id)
  expect((await pages.get(path)).status).toBe(200)
})

test('the feed ends when its reader unsubscribes', async () => {
  await unsubscribe(app, await tokenOf(app, reader.email, 'unsubscribe'), 'all')
  const answer = await pages.get(path)
  expect(answer.status).toBe(410)
  expect(await answer.text()).toContain('This feed has ended')
})

test('a feed leaves out what the filters of all subscriptions leave out', async () => {
  const all = await titles()
  expect(all.length).toBeGreaterThan(0)
  await choose(app, { ...reader, minScore: 0, places: ['JP'] })
  expect(await titles()).toEqual([])
  const feeds = (await app.db.selectFrom('feeds').select('id').execute()).map(({ id }) => id)
  await choose(app, { ...reader, minScore: 0, feeds })
  expect(await titles()).toEqual(all)
})
