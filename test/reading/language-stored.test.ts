import { afterAll, beforeAll, expect, test } from 'vitest'
import { findFeed } from '../../src/feeds/store/feeds.ts'
import { depotBurns, read } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp

beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const inPolish = {
  feed: 'rzeka',
  title: 'Most na rzece',
  text: 'Burmistrz otworzył nowy most na rzece, a targ przeniósł się na drugi brzeg.',
}

const languages = async () =>
  new Set((await app.db.selectFrom('takeaways').select('language').execute()).map((row) => row.language))
const uncovered = async () => (await findFeed(app.db, 'https://rzeka.example/feed'))!.uncovered_language

test('a reading stores its language, and its feed says when no topic has rules for it', async () => {
  await read(app, inPolish)
  expect(await languages()).toEqual(new Set(['pl']))
  expect(await uncovered()).toBe('pl')
  await read(app, { ...depotBurns, feed: 'rzeka' })
  expect(await languages()).toEqual(new Set(['pl', 'en']))
  expect(await uncovered()).toBeNull()
})

test('a rule for the language covers it', async () => {
  const rule = {
    signals: [{ weight: 1, find: 'flood' }],
    languages: { uk: { signals: [{ weight: 1, find: 'повінь' }] } },
  }
  await app.db.insertInto('topics').values({ slug: 'floods', name: 'Floods', description: '', ordinal: 9 }).execute()
  await app.db
    .insertInto('topic_rules')
    .values({ topic: 'floods', version: 1, threshold: 0.5, rule: JSON.stringify(rule), published_at: app.now() })
    .execute()
  await read(app, {
    feed: 'rzeka',
    title: 'Міст',
    text: 'Міський голова відкрив міст, а ринок переїхав на інший берег.',
  })
  expect(await uncovered()).toBeNull()
})
