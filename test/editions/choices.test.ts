import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { createComposingMemory } from '../../src/editions/composing-memory.ts'
import { countRead } from '../../src/editions/count-read.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { onlyTopics } from '../../src/editions/store/filters.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { addOwnSubscription } from '../../src/readers/own-subscriptions.ts'
import { pauseMail } from '../../src/readers/pause.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { john, olena } from '../support/people.ts'
import { join, tokenOf } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { fewer } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

/** Confirms a reader and creates the welcome digest, so that what comes next is a digest or an alert. */
async function welcomed(reader: SubscribeRequest): Promise<void> {
  await join(app, reader)
  await welcomeNewcomers(app)
}

/** Adds a subscription that is like the one of a reader, and welcomes it. */
async function also(reader: SubscribeRequest, change: Partial<SubscribeRequest>): Promise<void> {
  const { email, ...choice } = { ...reader, ...change }
  await addOwnSubscription(app, await tokenOf(app, email, 'preferences'), choice)
  await welcomeNewcomers(app)
}

const mails = async (kind: 'daily' | 'weekly' | 'alert') => {
  const rows = await app.db.selectFrom('editions').selectAll().where('kind', '=', kind).orderBy('id').execute()
  return rows.map(({ subject, text, takeaways }) => ({ subject, text: text.replace(/\s+/g, ' '), takeaways }))
}
/** The day before a Tuesday morning in Kyiv. */
const span = {
  from: Temporal.Instant.from('2026-11-23T05:00:00Z'),
  to: Temporal.Instant.from('2026-11-24T05:00:00Z'),
}
const strikeWords = 'destroyed a substation'
const tuesday = '2026-11-24T05:00:00Z'

describe('a reader with several subscriptions', () => {
  test('is told a story in full by one of two digests of one slot', async () => {
    await welcomed(olena)
    await also(olena, { topics: ['infrastructure-strikes'] })
    await report(app, 'one', [strike, flight])
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(2)
    const [first, second] = await mails('daily')
    expect(first!.text).toContain(strike.slice(0, -1))
    expect(second!.text).not.toContain('Nothing new')
    expect(second!.text).toMatch(/CONTINUING, AND FROM EARLIER/)
    expect(await composeDigests(app)).toBe(0)
  })

  test('gets one alert of a story that two subscriptions match, and another of what only the second one asks for', async () => {
    await welcomed(john)
    await also(john, { topics: ['infrastructure-strikes', 'displacement'] })
    await report(app, 'one', [strike])
    expect(await raiseAlerts(app)).toBe(1)
    await report(app, 'two', [flight])
    expect(await raiseAlerts(app)).toBe(1)
    expect((await mails('alert')).map(({ takeaways }) => takeaways.length)).toEqual([1, 1])
  })

  test('gets the rest of a day of alerts in the next of two daily digests', async () => {
    await welcomed({ ...john, maxAlerts: 1 })
    await also(john, { cadence: 'daily', at: '18:00' })
    await also(john, { cadence: 'daily', at: '12:00' })
    await report(app, 'one', [strike])
    expect(await raiseAlerts(app)).toBe(1)
    await report(app, 'two', [guarantee])
    expect(await raiseAlerts(app)).toBe(0)
    const waits = await app.db.selectFrom('alert_waits').select(['reason', 'due_at']).execute()
    expect(waits).toHaveLength(1)
    expect(waits[0]!.due_at.toZonedDateTimeISO(john.zone).hour).toBe(12)
  })
})

const readFor = (filter: ReturnType<typeof onlyTopics>) =>
  app.db.transaction().execute((tx) => countRead(tx, span, filter, createComposingMemory()))

describe('a digest', () => {
  test('comes on the weekday that its reader chose', async () => {
    await welcomed({ ...olena, cadence: 'weekly', weekday: 4 })
    await report(app, 'one', [strike])
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(0)
    app.clock.at('2026-11-26T05:00:00Z')
    expect(await composeDigests(app)).toBe(1)
    expect((await mails('weekly'))[0]!.text).toContain('a weekly digest on Thursdays at 07:00 (Kyiv)')
    app.clock.at('2026-11-30T05:00:00Z')
    expect(await composeDigests(app)).toBe(0)
  })

  test('names the feeds of its reader that were silent against their habit', async () => {
    await report(app, 'one', [strike])
    const pattern = JSON.stringify({ perDay: 4, hot: [] })
    const silent = { publishing_pattern: pattern, last_item_at: Temporal.Instant.from('2026-11-20T00:00:00Z') }
    await app.db.updateTable('feeds').set(silent).execute()
    expect((await readFor(onlyTopics(olena.topics))).silent).toEqual(['River Desk'])
    const elsewhere = { ...onlyTopics(olena.topics), feeds: [99] }
    expect((await readFor(elsewhere)).silent).toEqual([])
    await app.db
      .updateTable('feeds')
      .set({ publishing_pattern: JSON.stringify({ perDay: 0.2, hot: [] }) })
      .execute()
    expect((await readFor(onlyTopics(olena.topics))).silent).toEqual([])
  })

  test('of all topics has only what is on each of them', async () => {
    await welcomed({ ...olena, topics: ['infrastructure-strikes', 'displacement'], allTopics: true })
    await report(app, 'one', [strike, flight])
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(0)
    await report(app, 'two', ['Missiles destroyed the power plant of Karsk and displaced 4,000 residents of the city.'])
    app.clock.at('2026-11-25T05:00:00Z')
    expect(await composeDigests(app)).toBe(1)
    const [digest] = await mails('daily')
    expect(digest!.text).toContain('displaced 4,000 residents')
    expect(digest!.text).not.toContain(strikeWords)
  })

  test('of some feeds and languages has nothing of others', async () => {
    await report(app, 'old', [guarantee], { old: true })
    const { id } = await app.db.selectFrom('feeds').select('id').executeTakeFirstOrThrow()
    // What the words of a report say counts before what its feed declares.
    await app.db.updateTable('feeds').set({ language: 'uk-UA' }).execute()
    await join(app, { ...olena, feeds: [id], languages: ['fr', 'en'] })
    await join(app, { ...olena, email: 'other@example.org', feeds: [id + 1] })
    await join(app, { ...olena, email: 'ukrainian@example.org', languages: ['uk'] })
    await welcomeNewcomers(app)
    await report(app, 'one', [strike])
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(1)
    await report(app, 'two', [flight])
    for (const table of ['feeds', 'takeaways'] as const)
      await app.db.updateTable(table).set({ language: null }).execute()
    app.clock.at('2026-11-25T05:00:00Z')
    expect(await composeDigests(app)).toBe(2)
  })

  test('of some places has only what tells of them', async () => {
    await welcomed({ ...olena, places: ['UA-63', 'SD'] })
    const kharkiv = 'Drones struck a substation in Kharkiv and cut power to thirty thousand homes.'
    const sudan = 'Four thousand people were displaced from the border district of Sudan within a week.'
    await report(app, 'one', [kharkiv, 'Missiles destroyed the power plant of Lviv and left 40,000 homes dark.', sudan])
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(1)
    const [digest] = await mails('daily')
    expect(digest!.text).toContain('substation in Kharkiv')
    expect(digest!.text).toContain('border district of Sudan')
    expect(digest!.text).toContain('and Displacement, about Kharkiv Oblast, Ukraine or Sudan.')
    expect(digest!.text).not.toContain('Lviv')
  })

  test('names what is near its topics, headlines only, and does not count it as told', async () => {
    await welcomed({ ...olena, topics: ['displacement'] })
    await also({ ...olena, topics: ['infrastructure-strikes'] }, { at: '08:00' })
    await report(app, 'one', [strike, flight])
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(1)
    app.clock.at('2026-11-24T06:00:00Z')
    expect(await composeDigests(app)).toBe(1)
    const [first, second] = await mails('daily')
    expect(first!.text).toMatch(/NEAR YOUR TOPICS, HEADLINES ONLY - Drones struck a substation [^(]+\(River Desk/)
    expect(first!.takeaways).toHaveLength(1)
    expect(second!.text).toMatch(/1\. DRONES STRUCK A SUBSTATION/i)
    expect(second!.text).not.toContain('NEAR YOUR TOPICS')
  })

  test('comes without news where its reader wants it, and says what came last', async () => {
    await welcomed({ ...olena, quietMail: true })
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(1)
    await report(app, 'one', [strike])
    app.clock.at('2026-11-25T05:00:00Z')
    expect(await composeDigests(app)).toBe(1)
    app.clock.at('2026-11-26T05:00:00Z')
    expect(await composeDigests(app)).toBe(1)
    const [first, , third] = await mails('daily')
    expect(first).toMatchObject({ subject: 'Nothing new for you, Tue 24 Nov', takeaways: [] })
    expect(first!.text).toContain('No report has matched this subscription yet.')
    expect(third!.text).toMatch(/The last report for this subscription: “[^”]+”, Tue 24 Nov, 07:00 \(Kyiv\)\./)
  })
})

describe('a pause of all mail', () => {
  const pauseUntil = async (email: string, zone: string, date: string) =>
    pauseMail(app, await tokenOf(app, email, 'preferences'), { until: Temporal.PlainDate.from(date), zone })

  test('keeps back digests, which later tell only what came after it, and the ledger says why', async () => {
    await welcomed(olena)
    expect(await pauseUntil(olena.email, olena.zone, '2026-11-26')).toMatchObject({ kind: 'paused' })
    await report(app, 'one', [strike])
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(0)
    app.clock.at('2026-11-25T05:00:00Z')
    expect(await composeDigests(app)).toBe(0)
    await report(app, 'two', [flight])
    app.clock.at('2026-11-26T05:00:00Z')
    expect(await composeDigests(app)).toBe(1)
    const [digest] = await mails('daily')
    expect(digest!.text).toContain(flight.slice(0, -1))
    expect(digest!.text).not.toContain(strikeWords)
    const { rows } = await sql<{ reason: string | null }>`
      select reason from windows where kind = 'daily' order by civil_date`.execute(app.db)
    expect(rows.map(({ reason }) => reason)).toEqual([
      'the reader has paused all mail',
      'the reader has paused all mail',
      null,
    ])
  })

  test('keeps back the correction of what was mailed before it, and the first digest after it has it, once', async () => {
    await welcomed(olena)
    await report(app, 'one', [flight])
    app.clock.at(tuesday)
    expect(await composeDigests(app)).toBe(1)
    await pauseUntil(olena.email, olena.zone, '2026-11-26')
    await report(app, 'one', [fewer])
    app.clock.at('2026-11-25T05:00:00Z')
    expect(await composeDigests(app)).toBe(0)
    app.clock.at('2026-11-26T05:00:00Z')
    expect(await composeDigests(app)).toBe(1)
    expect((await mails('daily'))[1]!.text).toMatch(/Corrected: .*Four hundred people/)
    app.clock.at('2026-11-27T05:00:00Z')
    expect(await composeDigests(app)).toBe(0)
  })

  test('keeps back alerts until it ends', async () => {
    await welcomed(john)
    await pauseUntil(john.email, john.zone, '2026-11-24')
    await report(app, 'one', [strike])
    expect(await raiseAlerts(app)).toBe(0)
    app.clock.at('2026-11-24T05:00:00Z')
    await report(app, 'two', [guarantee])
    expect(await raiseAlerts(app)).toBe(1)
    expect((await mails('alert'))[0]!.text).not.toContain(strikeWords)
  })
})
