import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { quietUntil } from '../../src/editions/rules/quiet-hours.ts'
import { john, olena } from '../support/people.ts'
import { choose, leave, mailsTo } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { fewer, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, at: '2026-11-23T18:00:00Z' })
})
afterEach(() => app.close())

const night = { from: '22:00', to: '06:00' }
/** Alerts on all topics, with quiet hours in Kyiv: 20:00 to 04:00 in UTC. */
const quiet = { ...olena, email: 'quiet@example.org', cadence: 'alert' as const, quiet: night }
const awake = { ...quiet, email: 'awake@example.org', quiet: null }
const dailyAt = (at: string) => ({ ...olena, email: quiet.email, at })

async function tell(at: string, guid: string, ...claims: string[]): Promise<void> {
  app.clock.at(at)
  await report(app, guid, claims)
  await raiseAlerts(app)
}

async function raiseAt(at: string): Promise<number> {
  app.clock.at(at)
  return raiseAlerts(app)
}

const waits = () => app.db.selectFrom('alert_waits').select(['reason', 'due_at']).execute()
const textsTo = async (reader: { email: string }) => (await newsTo(app, reader)).map(({ text }) => text)

describe('alerts of the quiet hours', () => {
  test('wait, and come as one mail when the hours end, which says so; other readers have them at once', async () => {
    await welcomed(app, quiet, awake)
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    await tell('2026-11-23T23:00:00Z', 'two', guarantee)
    expect(await textsTo(awake)).toHaveLength(2)
    expect(await raiseAt('2026-11-24T03:59:59Z')).toBe(0)
    expect(await textsTo(quiet)).toEqual([])
    expect(await raiseAt('2026-11-24T04:00:00Z')).toBe(1)
    const [both, ...others] = await newsTo(app, quiet)
    expect(others).toEqual([])
    expect(both!.text).toContain('It waited for the end of your quiet hours.')
    expect(both!.text).toContain('substation')
    expect(both!.text).toContain(guarantee.slice(0, -1))
    expect(await waits()).toEqual([])
  })

  test('come once, however many workers look', async () => {
    await welcomed(app, quiet)
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    app.clock.at('2026-11-24T04:00:00Z')
    await Promise.all([raiseAlerts(app), raiseAlerts(app), raiseAlerts(app)])
    expect(await raiseAlerts(app)).toBe(0)
    expect(await textsTo(quiet)).toHaveLength(1)
  })

  test('are shared by readers with the same choices', async () => {
    await welcomed(app, quiet, { ...quiet, email: 'also@example.org' })
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    expect(await raiseAt('2026-11-24T04:00:00Z')).toBe(2)
    const editions = await app.db.selectFrom('editions').select('kind').where('kind', '=', 'alert').execute()
    expect(editions).toHaveLength(1)
  })

  test('are not told again after a digest told them', async () => {
    await welcomed(app, quiet, dailyAt('05:00'))
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    app.clock.at('2026-11-24T03:00:00Z')
    await composeDigests(app)
    await tell('2026-11-24T03:30:00Z', 'two', guarantee)
    await raiseAt('2026-11-24T04:00:00Z')
    const [digest, alert, ...others] = await newsTo(app, quiet)
    expect(others).toEqual([])
    expect([digest!.kind, alert!.kind]).toEqual(['daily', 'alert'])
    expect(alert!.text).not.toContain('substation')
    expect(alert!.text).toContain(guarantee.slice(0, -1))
  })

  test('tell the words of the end of the hours, and nothing that was withdrawn', async () => {
    await welcomed(app, quiet)
    await tell('2026-11-23T20:00:00Z', 'one', flight, guarantee)
    await tell('2026-11-23T21:00:00Z', 'one', fewer)
    await raiseAt('2026-11-24T04:00:00Z')
    const [text, ...others] = await textsTo(quiet)
    expect(others).toEqual([])
    expect(text).toContain(fewer.slice(0, -1))
    expect(text).not.toContain('Four thousand')
    expect(text).not.toContain('guarantees with')
    expect(text).not.toContain('We told you')
  })

  test('make no mail when nothing of them holds any more', async () => {
    await welcomed(app, quiet)
    await tell('2026-11-23T20:00:00Z', 'one', strike, guarantee)
    await tell('2026-11-23T21:00:00Z', 'one', 'The weather was fair.')
    expect(await raiseAt('2026-11-24T04:00:00Z')).toBe(0)
    expect(await waits()).toEqual([])
  })

  test('are corrections too: of what was told before the hours, and not when it is taken back', async () => {
    await welcomed(app, quiet)
    await tell('2026-11-23T19:00:00Z', 'one', flight)
    await tell('2026-11-23T21:00:00Z', 'one', fewer)
    await tell('2026-11-23T22:00:00Z', 'one', flight)
    expect(await raiseAt('2026-11-24T04:00:00Z')).toBe(0)
    await tell('2026-11-24T21:00:00Z', 'one', fewer)
    expect(await textsTo(quiet)).toHaveLength(1)
    await raiseAt('2026-11-25T04:00:00Z')
    const [, correction, ...others] = await newsTo(app, quiet)
    expect(others).toEqual([])
    expect(correction!.subject).toBe(`Corrected: ${fewer}`)
  })

  test('come at once when the reader gives up the hours', async () => {
    await welcomed(app, quiet)
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    await choose(app, { ...quiet, quiet: null })
    expect(await raiseAt('2026-11-23T20:01:00Z')).toBe(1)
  })

  test('never come after the reader has left', async () => {
    await welcomed(app, quiet)
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    await leave(app, quiet.email)
    expect(await raiseAt('2026-11-24T04:00:00Z')).toBe(0)
    expect(await waits()).toEqual([])
  })

  test('are not lost when the worker fails at their end', async () => {
    await welcomed(app, quiet)
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    const { mail } = app.render
    app.render.mail = () => Promise.reject(new Error('killed here'))
    await expect(raiseAt('2026-11-24T04:00:00Z')).rejects.toThrow('killed here')
    app.render.mail = mail
    expect(await raiseAlerts(app)).toBe(1)
    expect(await textsTo(quiet)).toHaveLength(1)
  })
})

describe('when the alert of one reader fails at the end of the hours', () => {
  const other = { ...quiet, email: 'other@example.org', topics: ['security-guarantees'] }

  test('those of the others come, and its own comes later', async () => {
    await welcomed(app, quiet, other)
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    await tell('2026-11-23T21:00:00Z', 'two', guarantee)
    const { mail } = app.render
    app.render.mail = (template, view) =>
      JSON.stringify(view).includes('substation') ? Promise.reject(new Error('failed here')) : mail(template, view)
    await expect(raiseAt('2026-11-24T04:00:00Z')).rejects.toThrow('failed here')
    expect(await textsTo(other)).toHaveLength(1)
    expect(await textsTo(quiet)).toEqual([])
    app.render.mail = mail
    expect(await raiseAlerts(app)).toBe(1)
    expect(await raiseAlerts(app)).toBe(0)
    expect(await textsTo(quiet)).toHaveLength(1)
  })

  test('new alerts come too', async () => {
    await welcomed(app, quiet, awake)
    await tell('2026-11-23T20:00:00Z', 'one', strike)
    const { mail } = app.render
    app.render.mail = (template, view) =>
      JSON.stringify(view).includes('substation') ? Promise.reject(new Error('failed here')) : mail(template, view)
    await expect(tell('2026-11-24T04:00:00Z', 'two', guarantee)).rejects.toThrow('failed here')
    expect(await textsTo(awake)).toHaveLength(2)
  })
})

test('a run counts and notes nothing of readers whom its takeaways do not concern', async () => {
  await welcomed(app, quiet, { ...quiet, email: 'moved@example.org', topics: ['displacement'] })
  await sql`create table noted (subscription_id bigint, reason text)`.execute(app.db)
  await sql`create function note() returns trigger language plpgsql as $$
    begin insert into noted values (new.subscription_id, new.reason); return new; end $$`.execute(app.db)
  await sql`create trigger note before insert on alert_history for each row execute function note()`.execute(app.db)
  await tell('2026-11-23T20:00:00Z', 'one', strike)
  const { rows } = await sql<{ email: string }>`
    select distinct p.email from noted n join subscriptions s on s.id = n.subscription_id
    join subscribers p on p.id = s.subscriber_id`.execute(app.db)
  expect(rows).toEqual([{ email: quiet.email }])
})

test('a worker that is told to stop leaves what waits for the next one', async () => {
  await welcomed(app, quiet)
  await tell('2026-11-23T20:00:00Z', 'one', strike)
  app.clock.at('2026-11-24T04:00:00Z')
  expect(await raiseAlerts(app, AbortSignal.abort())).toBe(0)
  expect(await raiseAlerts(app)).toBe(1)
})

/** The claims that a reader's mails of a kind told, once for each mail. */
async function claimsTo({ email }: { email: string }, kind: 'alert' | 'daily'): Promise<string[]> {
  const rows = await app.db
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .innerJoin('takeaways as t', (join) => join.on(sql<boolean>`t.id = any(e.takeaways)`))
    .select('t.text')
    .where('p.email', '=', email)
    .where('e.kind', '=', kind)
    .execute()
  return rows.map(({ text }) => text).sort()
}

test('in any course of days with clock changes nothing is lost, nothing is alerted twice, and never in the quiet hours', async () => {
  const readers = [
    { ...quiet, email: 'kyiv@example.org' },
    { ...john, email: 'york@example.org', topics: olena.topics, quiet: { from: '01:30', to: '09:15' } },
    { ...quiet, email: 'apia@example.org', zone: 'Pacific/Apia', quiet: { from: '12:00', to: '11:00' } },
  ]
  app.clock.at('2026-10-24T10:00:00Z')
  await welcomed(app, ...readers)
  await welcomed(app, ...readers.map(({ email, zone }) => ({ ...olena, email, zone })))
  const steps = fc.sample(fc.integer({ min: 1, max: 300 }), { numRuns: 40, seed: 7 })
  const places = 'Alma Brod Cetin Dovre Essen Farsund Gavle Hamar Ilok Jelsa Kotor Lorn Marn Narvik Otok'.split(' ')
  const claims: string[] = []
  const work = () => Promise.all([raiseAlerts(app), raiseAlerts(app), composeDigests(app)])
  for (const [n, minutes] of steps.entries()) {
    app.clock.later({ minutes })
    const place = places[n]
    if (place) {
      claims.push(`Drones struck a power plant of the port of ${place} and cut power to ${n + 2} thousand homes.`)
      await report(app, `report ${n}`, claims.slice(-1))
    }
    await work()
  }
  app.clock.later({ hours: 24 })
  await work()
  for (const reader of readers) {
    const alerted = await claimsTo(reader, 'alert')
    if (reader.zone !== 'Pacific/Apia') expect(alerted.length).toBeGreaterThan(places.length / 3)
    expect(alerted).toEqual([...new Set(alerted)])
    expect(await claimsTo(reader, 'daily')).toEqual(claims.toSorted())
    for (const { dated_at } of (await mailsTo(app, reader.email)).filter(({ kind }) => kind === 'alert'))
      expect(quietUntil(reader.quiet ?? night, reader.zone, dated_at)).toBeNull()
  }
  expect(await waits()).toEqual([])
})
