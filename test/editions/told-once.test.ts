import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import type { ToldStory } from '../../src/editions/mail/told-stories.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { addOwnSubscription, changeOwnSubscription, endOwnSubscriptions } from '../../src/readers/own-subscriptions.ts'
import { pauseMail } from '../../src/readers/pause.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { olena } from '../support/people.ts'
import { join, readerOf, tokenOf } from '../support/readers.ts'
import { report } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** What may happen between two moments; `n` chooses the report or the choice that it concerns. */
type Event = { kind: (typeof kinds)[number]; n: number; minutes: number }
const kinds = ['report', 'report', 'report', 'edit', 'typo', 'outage', 'pause', 'choice', 'add', 'end'] as const
const event = fc.record<Event>({
  kind: fc.constantFrom(...kinds),
  n: fc.nat(1_000),
  minutes: fc.integer({ min: 5, max: 400 }),
})

const towns =
  'Alma Brod Cetin Dovre Essen Farsund Gavle Hamar Ilok Jelsa Kotor Lorn Marn Narvik Otok Pula Rijeka Split Trogir Umag Varna Zadar'.split(
    ' ',
  )
const claimOf = (town: string) =>
  `Drones struck a power plant of the port of ${town} and cut power to the homes around it.`
const addedTo = (town: string) =>
  `Four thousand people were displaced from the villages south of ${town} within a week.`

const whole = { ...olena, minutes: null, quietMail: true }
/** One reader whose choices never change, and one who changes everything. */
const steady: SubscribeRequest = { ...whole, email: 'steady@example.org' }
const restless: SubscribeRequest = { ...whole, email: 'restless@example.org' }
const others: Partial<SubscribeRequest>[] = [
  { at: '18:30' },
  { zone: 'America/New_York' },
  { zone: 'Pacific/Apia', at: '00:15' },
  { topics: ['displacement'] },
  { topics: ['displacement', 'infrastructure-strikes'], minutes: 2 },
  {},
]

/** The reports so far by their towns, each with its statements, and all statements in the order in which they came. */
type World = { stated: Map<string, string[]>; told: string[] }

/** Plays events for both readers; returns the statements that came. */
async function play(app: TestApp, events: Event[]): Promise<string[]> {
  const world: World = { stated: new Map(), told: [] }
  const work = () => Promise.all([raiseAlerts(app), composeDigests(app)])
  for (const { kind, n, minutes } of events) {
    app.clock.later({ minutes: kind === 'outage' ? minutes + 60 * (1 + (n % 9)) : minutes })
    if (kind === 'report' || kind === 'edit' || kind === 'typo') await publish(app, world, kind, n)
    else await changeMind(app, kind, n)
    await work()
  }
  for (let hours = 0; hours < 72; hours += 9) {
    app.clock.later({ hours: 9 })
    await work()
  }
  return world.told
}

/** A new report, an edit that adds a statement, or one that changes a full stop. */
async function publish(app: TestApp, { stated, told }: World, kind: 'report' | 'edit' | 'typo', n: number) {
  const known = [...stated.keys()]
  const town = kind === 'report' ? towns[stated.size] : known[n % Math.max(1, known.length)]
  if (town === undefined) return
  const before = stated.get(town) ?? []
  const claims = kind === 'typo' ? before : kind === 'edit' ? [claimOf(town), addedTo(town)] : [claimOf(town)]
  told.push(...claims.filter((claim) => !before.includes(claim)))
  stated.set(town, claims)
  await report(app, town, kind === 'typo' ? claims.map((claim) => claim.replace(/\.$/, '!')) : claims)
}

/** What the restless reader does to the own subscriptions. */
async function changeMind(app: TestApp, kind: Event['kind'], n: number): Promise<void> {
  const { state, subscriptions } = await readerOf(app, restless.email)
  if (state !== 'active') return
  const token = await tokenOf(app, restless.email, 'preferences')
  const active = subscriptions.filter((one) => one.state === 'active')
  const own = active[n % active.length]!
  const { email: _, ...choice } = { ...restless, ...others[n % others.length] }
  if (kind === 'choice')
    await unlessKnown(changeOwnSubscription(app, token, own.id, { ...choice, cadence: own.cadence }))
  if (kind === 'add' && active.length < 4) {
    await unlessKnown(addOwnSubscription(app, token, { ...choice, cadence: n % 2 ? 'alert' : 'daily' }))
    await welcomeNewcomers(app)
  }
  if (kind === 'end' && active.length > 1) await endOwnSubscriptions(app, token, own.id)
  const until = app
    .now()
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .add({ days: 1 + (n % 2) })
  if (kind === 'pause') await pauseMail(app, token, n % 3 ? { until, zone: 'UTC' } : null)
}

/** A reader has no two subscriptions that bring the same: such a choice changes nothing. */
async function unlessKnown(change: Promise<unknown>): Promise<void> {
  await change.catch((error: Error) => {
    if (!/already/.test(error.message)) throw error
  })
}

/** The statements that mails told a reader, once for each mail that told it: in full, and in any way. */
async function toldTo(app: TestApp, email: string): Promise<{ full: string[]; any: string[] }> {
  const { rows } = await sql<{ stories: ToldStory[]; takeaways: number[] }>`
    select e.stories, e.takeaways from deliveries d
    join editions e on e.id = d.edition_id join subscribers p on p.id = d.subscriber_id
    where p.email = ${email} order by d.id`.execute(app.db)
  const texts = new Map(
    (await app.db.selectFrom('takeaways').select(['id', 'text']).execute()).map(({ id, text }) => [id, text]),
  )
  const wordsOf = (ids: number[]) => [...new Set(ids.map((id) => texts.get(id)!.replace(/!$/, '.')))]
  return {
    full: rows.flatMap(({ stories }) => wordsOf(stories.flatMap((one) => (one.told === 'full' ? one.takeaways : [])))),
    any: rows.flatMap(({ takeaways }) => wordsOf(takeaways)),
  }
}

test.each([11, 42, 77])(
  'whatever comes, each fact is told in full once at most, and a reader who changes nothing misses none (seed %i)',
  async (seed) => {
    const app = await openTestApp({ sink: true })
    app.clock.at('2026-10-23T10:00:00Z')
    await join(app, steady, restless)
    await welcomeNewcomers(app)
    await join(app, { ...steady, cadence: 'alert' }, { ...restless, cadence: 'alert' })
    await welcomeNewcomers(app)
    const told = await play(app, fc.sample(event, { numRuns: 45, seed }))
    const [of, ofRestless] = [await toldTo(app, steady.email), await toldTo(app, restless.email)]
    await app.close()
    expect(told.length).toBeGreaterThan(8)
    expect([...new Set(of.any)].sort()).toEqual(told.toSorted())
    expect(of.full.toSorted()).toEqual([...new Set(of.full)].sort())
    expect(ofRestless.full.toSorted()).toEqual([...new Set(ofRestless.full)].sort())
    expect(ofRestless.full.length).toBeGreaterThan(0)
  },
  60_000,
)
