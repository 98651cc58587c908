import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { afterNextDigest, dayOf } from '../../src/editions/rules/alert-day.ts'
import { olena } from '../support/people.ts'
import { report } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { newsTo, type TextMail, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, at: '2026-11-23T08:00:00Z' })
})
afterEach(() => app.close())

/** At most two alerts a day in Kyiv, where a day ends at 22:00 in UTC. */
const reader = { ...olena, email: 'two@example.org', cadence: 'alert' as const, maxAlerts: 2 }

const events = [
  'Drones struck a substation near the river port and cut power to thirty thousand homes.',
  'Partner states offered binding security guarantees with a monitoring force of their own.',
  'Four thousand people were displaced from the border district within a week.',
  'Missiles hit the oil refinery of Lorn, and nine tanks burned out.',
  'A blast destroyed the railway bridge of Marn.',
]
const words = ['substation', 'monitoring force', 'border district', 'refinery of Lorn', 'bridge of Marn']

/** Reports one event at a time of a November day. */
async function tell(at: string, n: number): Promise<void> {
  app.clock.at(`2026-11-${at}:00Z`)
  await report(app, `report ${n}`, events.slice(n, n + 1))
  await raiseAlerts(app)
}

async function raiseAt(at: string): Promise<number> {
  app.clock.at(`2026-11-${at}:00Z`)
  return raiseAlerts(app)
}

/** The events that a mail tells, by their numbers. */
const toldIn = ({ text }: TextMail) => words.flatMap((word, n) => (text.includes(word) ? [n] : []))
const told = async () => (await newsTo(app, reader)).map((mail) => [mail.kind, ...toldIn(mail)])

describe('a reader of at most two alerts a day', () => {
  test('gets the rest as one mail when the day is over, and both mails say so', async () => {
    await welcomed(app, reader)
    for (const n of [0, 1, 2, 3]) await tell(`23T${12 + n}:00`, n)
    expect(await told()).toEqual([
      ['alert', 0],
      ['alert', 1],
    ])
    expect(await raiseAt('23T21:59')).toBe(0)
    expect(await raiseAt('23T22:00')).toBe(1)
    expect((await told()).at(-1)).toEqual(['alert', 2, 3])
    const [first, second, rest] = await newsTo(app, reader)
    expect(first!.text).not.toContain('at most')
    expect(second!.text).toContain(
      'You chose at most 2 alerts a day: what comes later today is one mail when the day is over.',
    )
    expect(rest!.text).toContain('You chose at most 2 alerts a day: this mail has what came beyond them.')
  })

  test('gets the next ones on the next day, and that mail counts', async () => {
    await welcomed(app, reader)
    for (const n of [0, 1, 2]) await tell(`23T${12 + n}:00`, n)
    await raiseAt('23T22:00')
    await tell('24T08:00', 3)
    await tell('24T09:00', 4)
    expect(await told()).toEqual([
      ['alert', 0],
      ['alert', 1],
      ['alert', 2],
      ['alert', 3],
    ])
    await raiseAt('24T22:00')
    expect((await told()).at(-1)).toEqual(['alert', 4])
  })

  test('gets the rest in the next daily digest alone, and is told so', async () => {
    await welcomed(app, reader, { ...olena, email: reader.email })
    for (const n of [0, 1, 2, 3]) await tell(`23T${12 + n}:00`, n)
    expect((await newsTo(app, reader))[1]!.text).toContain(
      'what comes later today is in your next digest, or right after it.',
    )
    await raiseAt('23T22:00')
    app.clock.at('2026-11-24T05:00:00Z')
    await composeDigests(app)
    expect(await raiseAt('24T05:10')).toBe(0)
    expect(await told()).toEqual([
      ['alert', 0],
      ['alert', 1],
      ['daily', 0, 1, 2, 3],
    ])
    expect(await app.db.selectFrom('alert_waits').selectAll().execute()).toEqual([])
  })

  test('gets after the digest what that digest does not tell, although the day has no alert left', async () => {
    const narrow = { ...olena, email: reader.email, topics: ['displacement'], at: '18:00' }
    await welcomed(app, reader, narrow)
    for (const n of [0, 1, 2, 3]) await tell(`23T${10 + n}:00`, n)
    app.clock.at('2026-11-23T16:00:00Z')
    await composeDigests(app)
    await raiseAt('23T16:10')
    expect(await told()).toEqual([
      ['alert', 0],
      ['alert', 1],
      // The digest names it as near its topics, which tells nothing of it.
      ['daily', 2, 3],
      ['alert', 3],
    ])
  })

  test('gets the rest of the day after the quiet hours when the day ends within them', async () => {
    await welcomed(app, { ...reader, quiet: { from: '22:00', to: '06:00' } })
    for (const n of [0, 1, 2]) await tell(`23T${12 + n}:00`, n)
    expect(await raiseAt('23T22:00')).toBe(0)
    expect(await raiseAt('24T04:00')).toBe(1)
    expect((await newsTo(app, reader)).at(-1)!.text).toContain('this mail has what came beyond them.')
  })

  test('is told that what waited for the quiet hours was the last alert of the day', async () => {
    await welcomed(app, { ...reader, maxAlerts: 1, quiet: { from: '22:00', to: '06:00' } })
    await tell('23T21:00', 0)
    await raiseAt('24T04:00')
    const [mail] = await newsTo(app, reader)
    expect(mail!.text).toContain('It waited for the end of your quiet hours. You chose at most 1 alert a day: what')
  })

  test('gets another one for an alert that failed: it does not count', async () => {
    await welcomed(app, reader)
    await tell('23T12:00', 0)
    await app.db.updateTable('deliveries').set({ state: 'failed', due_at: null }).execute()
    await tell('23T13:00', 1)
    await tell('23T14:00', 2)
    expect((await told()).map(([, n]) => n)).toEqual([0, 1, 2])
  })
})

test('others with the same filter and no limit in sight do not wait', async () => {
  const other = { ...reader, email: 'many@example.org', maxAlerts: 12 }
  await welcomed(app, reader, other)
  for (const n of [0, 1, 2]) await tell(`23T${12 + n}:00`, n)
  expect(await newsTo(app, other)).toHaveLength(3)
  expect(await newsTo(app, reader)).toHaveLength(2)
})

test('a day is that of the zone, also when its clocks change', () => {
  const hoursOf = (zone: string, at: string) => {
    const { start, end } = dayOf(zone, Temporal.Instant.from(at))
    return [start.toString(), end.since(start).total('hours')]
  }
  expect(hoursOf('Europe/Kyiv', '2026-03-29T12:00:00Z')).toEqual(['2026-03-28T22:00:00Z', 23])
  expect(hoursOf('Europe/Kyiv', '2026-10-25T12:00:00Z')).toEqual(['2026-10-24T21:00:00Z', 25])
  expect(hoursOf('America/Sao_Paulo', '2018-11-04T12:00:00Z')).toEqual(['2018-11-04T03:00:00Z', 23])
  const due = afterNextDigest(
    { localTime: '03:30', zone: 'Europe/Kyiv' },
    Temporal.Instant.from('2026-03-28T22:00:00Z'),
  )
  expect(due.toString()).toBe('2026-03-29T01:10:00Z')
})
