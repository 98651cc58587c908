import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { planResend } from '../../src/delivery/resend.ts'
import { takeFromShare } from '../../src/delivery/store/warm-up-days.ts'
import { warmUpState } from '../../src/delivery/warm-up-share.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { createDigest, deliveryStates } from '../support/deliveries.ts'
import { network, olena } from '../support/people.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** Noon of the next day: the database dates the rows with its own clock, which is earlier. */
const first = Temporal.Now.plainDateISO('UTC').add({ days: 1 })
const noon = first.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' }).toInstant()
const midnight = noon.add({ hours: 12 })

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ at: noon, sink: true })
  app.config.sendWarmup = first.toString()
})
afterEach(() => app.close())

const due = () =>
  app.db
    .selectFrom('deliveries')
    .select(['due_at', 'reason', 'attempts', 'priority'])
    .where('state', '=', 'due')
    .orderBy('id')
    .execute()
const sentOn = (day: string) =>
  app.db.selectFrom('warm_up_days').select('sent').where('day', '=', day).executeTakeFirst()

test('mails that exceed the share of a day are due a day later with the reason, and no mail is lost', async () => {
  await createDigest(app, 100)
  expect(await deliverMail(app)).toBe(40)
  const waiting = await due()
  expect(waiting).toHaveLength(60)
  expect(waiting[0]).toMatchObject({ reason: `warm-up: the daily limit of ${first} is reached`, attempts: 0 })
  expect(waiting.every(({ due_at }) => due_at!.equals(noon.add({ hours: 24 })))).toBe(true)
  expect(await deliverMail(app)).toBe(0)
  app.clock.at(noon.add({ hours: 24 }).toString())
  expect(await deliverMail(app)).toBe(60)
  expect(await deliveryStates(app)).toEqual({ accepted: 100 })
})

test('alerts leave before digests, have a fifth of the share, and are due again when the next day begins', async () => {
  await createDigest(app, 60)
  await deliverMail(app)
  await createDigest(app, 15, { key: 'alert', kind: 'alert' })
  await app.db.updateTable('deliveries').set({ priority: 2, dated_at: noon }).where('edition_id', '=', 2).execute()
  expect(await deliverMail(app)).toBe(10)
  const alerts = (await due()).filter(({ priority }) => priority === 2)
  expect(alerts.map(({ due_at }) => due_at!.toString())).toEqual(Array(5).fill(midnight.toString()))
  app.clock.at(midnight.toString())
  expect(await deliverMail(app)).toBe(5)
})

test('a confirmation mail never waits for the warm-up, and counts for the share', async () => {
  await createDigest(app, 50)
  await deliverMail(app)
  await takeFromShare(app.db, first.toString(), 10, 50)
  await subscribe(app, olena, network)
  expect(await deliverMail(app)).toBe(1)
  expect(await sentOn(first.toString())).toEqual({ sent: 51 })
})

test('all workers share one day, and together they take no more than its share', async () => {
  for (const day of ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04']) {
    await takeFromShare(app.db, day, 0, 50)
    const takes = Array.from({ length: 40 }, () => takeFromShare(app.db, day, 2, 50))
    const granted = await Promise.all(takes)
    expect(granted.reduce((sum, n) => sum + n)).toBe(50)
  }
})

test('mails that could not leave because no mail server could be reached take nothing of the share', async () => {
  await createDigest(app, 100)
  await app.sink.close()
  await deliverMail(app)
  expect(await deliveryStates(app)).toEqual({ due: 100 })
  expect(await sentOn(first.toString())).toEqual({ sent: 0 })
})

test('a mail that would be outdated on the next day fails, the admin is told why, and it can be sent again', async () => {
  await createDigest(app, 70)
  await app.db
    .updateTable('deliveries')
    .set({ dated_at: noon.subtract({ hours: 71 }) })
    .execute()
  expect(await deliverMail(app)).toBe(40)
  expect(await deliveryStates(app)).toEqual({ accepted: 40, failed: 30 })
  const state = await warmUpState(app)
  expect(state).toMatchObject({ needsPerson: true })
  expect(state!.say).toContain('Day 1 of 14: 40 mails were sent today (UTC). The daily limit is 50 mails.')
  expect(state!.say).toContain('30 mails failed this week, because the daily limit delayed the mails too long.')
  expect(state!.say).toContain(`From ${first.add({ days: 1 })} on, one day is enough for all 70 readers.`)
  expect(await planResend(app, { edition: 'k', who: { kind: 'failed' } })).toMatchObject({ count: 30 })
})

test('after the schedule no mail waits and no mail is counted', async () => {
  app.config.sendWarmup = first.subtract({ days: 14 }).toString()
  await createDigest(app, 60)
  expect(await deliverMail(app)).toBe(60)
  expect(await sentOn(first.toString())).toBeUndefined()
})
