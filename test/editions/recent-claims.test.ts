import { afterEach, beforeEach, expect, test } from 'vitest'
import { judgedClaims, recentClaims } from '../../src/editions/store/recent-claims.ts'
import { report, strike } from '../support/report.ts'
import { depotBurns, plantHit, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app.close())

const recent = (limit?: number) => recentClaims(app.db, app.now(), limit)

test('empty tables have no recent claims', async () => {
  expect(await recent()).toBeUndefined()
})

test('each claim stands under its topics and its day', async () => {
  await tell(app, depotBurns)
  app.clock.later({ hours: 30 })
  await tell(app, plantHit)
  const { told = [], isCut } = (await recent()) ?? {}
  const days = told.filter(({ topic }) => topic === 'infrastructure-strikes').toSorted((a, b) => a.ago - b.ago)
  expect(days.map(({ ago, claims }) => [ago, new Set(claims.map(([story]) => story))])).toEqual([
    [0, new Set([await storyOf(app, plantHit)])],
    [1, new Set([await storyOf(app, depotBurns)])],
  ])
  expect(isCut).toBe(false)
})

test('a large stream is read from its newest claim on, and says how far', async () => {
  await tell(app, depotBurns)
  app.clock.later({ hours: 30 })
  const begun = app.now()
  await tell(app, plantHit)
  const { told = [], isCut, oldest } = (await recent(1)) ?? {}
  expect([isCut, told.map(({ ago }) => ago)]).toEqual([true, [0]])
  expect(oldest?.equals(begun)).toBe(true)
})

test('days before the first report are not counted: a late report of an old date does not make them', async () => {
  await tell(app, plantHit)
  const stored = app.now()
  const { wording } = await app.db.selectFrom('story_claims').select('wording').limit(1).executeTakeFirstOrThrow()
  const at = stored.subtract({ hours: 24 * 20 })
  await app.db.updateTable('story_claims').set({ at }).where('wording', '=', wording).execute()
  const { since } = (await recent()) ?? {}
  expect(since?.until(stored).total('hours')).toBeCloseTo(24.3, 1)
})

test('claims are judged with their reports, without those of feeds that raise no alerts', async () => {
  await report(app, 'one', [strike])
  await tell(app, plantHit)
  const wordings = (await app.db.selectFrom('story_claims').select('wording').execute()).map((claim) => claim.wording)
  const all = await judgedClaims(app.db, wordings)
  expect(all).toContainEqual(expect.objectContaining({ kind: 'stated', text: strike, isShort: expect.any(Boolean) }))
  await app.db.updateTable('feeds').set({ digest_only: true }).where('title', '=', 'wire').execute()
  const left = await judgedClaims(app.db, wordings)
  expect(left.length).toBeLessThan(all.length)
  expect(left.every(({ item }) => item.title !== plantHit.title)).toBe(true)
})
