import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { planResend } from '../../src/delivery/resend.ts'
import { claimDeliveries } from '../../src/delivery/store/claims.ts'
import { recordAndBegin } from '../../src/delivery/store/record-and-begin.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { planRelease, releaseItem, withholdItem } from '../../src/editions/withhold-item.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { askedItem } from '../../src/readers/asked-item.ts'
import { john, mira, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { composeOn, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

/** Delivers what is due; on a busy machine the lease of the worker would end before. */
async function deliver(signal?: AbortSignal): Promise<void> {
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app, signal)
}

const itemOf = async (guid: string): Promise<number> =>
  (await app.db.selectFrom('items').select('id').where('key', '=', guid).executeTakeFirstOrThrow()).id

const act = async (guid: string) => ({ item: await itemOf(guid), actor: 'test', reason: 'the figure is doubtful' })
const hold = async (guid: string) => withholdItem(app, { ...(await act(guid)), as: 'held' })
const release = async (guid: string) => releaseItem(app, await act(guid))

/** The reports that a reader was sent in mails that arrived, by words of theirs. */
async function arrivedAt({ email }: { email: string }): Promise<string[][]> {
  await deliver()
  const words = { strike: 'substation', guarantee: 'monitoring force', flight: 'border district' }
  return app.sink.messages
    .filter(({ to }) => to[0] === email)
    .map(({ parsed }) =>
      Object.entries(words).flatMap(([name, word]) => (parsed.text?.replace(/\s+/g, ' ').includes(word) ? [name] : [])),
    )
}

describe('a held item', () => {
  test('raises no alert, and is alerted once after its release, to those who were not told', async () => {
    await welcomed(app, john)
    await deliver()
    await report(app, 'one', [strike])
    await hold('one')
    await raiseAlerts(app)
    expect(await newsTo(app, john)).toEqual([])
    await release('one')
    await raiseAlerts(app)
    await raiseAlerts(app)
    expect(await arrivedAt(john)).toEqual([[], ['strike']])
    app.clock.later({ hours: 2 })
    await hold('one')
    await release('one')
    await raiseAlerts(app)
    expect(await arrivedAt(john)).toEqual([[], ['strike']])
  })

  test('is in no digest, and comes in the next one after its release, once', async () => {
    await welcomed(app, olena)
    await report(app, 'one', [strike])
    await report(app, 'two', [flight])
    await hold('one')
    await composeOn(app, 24)
    await release('one')
    await composeOn(app, 25)
    await hold('one')
    await release('one')
    await composeOn(app, 26)
    expect(await arrivedAt(olena)).toEqual([[], ['flight'], ['strike']])
  })

  test('is named as the reason where it alone would have made a digest', async () => {
    await welcomed(app, olena)
    await report(app, 'one', [strike])
    await hold('one')
    await composeOn(app, 24)
    const reasons = await app.db.selectFrom('windows').select('reason').where('kind', '=', 'daily').execute()
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'nothing for these choices in 1 takeaway, apart from what was withheld',
    ])
  })

  test('leaves a digest that is composed and not begun; its readers get the rest', async () => {
    await welcomed(app, olena, { ...olena, email: 'twin@example.org' })
    await deliver()
    await report(app, 'one', [strike])
    await report(app, 'two', [flight])
    await composeOn(app, 24)
    const plan = await withholdItem(app, { ...(await act('one')), as: 'held', dryRun: true })
    expect(plan).toEqual({
      kind: 'done',
      mails: 2,
      readers: 2,
      editions: [expect.stringMatching(/^2026-11-24-daily-/)],
      again: 2,
    })
    expect(await hold('one')).toEqual(plan)
    await composeOn(app, 24)
    await composeOn(app, 24)
    const planned = await planRelease(app, await askedItem(app, await itemOf('one')))
    expect(planned).toEqual({ kind: 'done', by: 'alert', readers: 2 })
    expect(await arrivedAt(olena)).toEqual([[], ['flight']])
    expect(await arrivedAt({ email: 'twin@example.org' })).toEqual([[], ['flight']])
    await release('one')
    await composeOn(app, 25)
    expect(await arrivedAt(olena)).toEqual([[], ['flight'], ['strike']])
  })

  test('is not told again to readers whose digest had left', async () => {
    await welcomed(app, olena, { ...olena, email: 'late@example.org' })
    await deliver()
    await report(app, 'one', [strike])
    await composeOn(app, 24)
    app.sink.onRecipient = (address) => (address === olena.email ? undefined : { code: 451, text: '4.7.1 later' })
    await deliver()
    expect(await hold('one')).toMatchObject({ mails: 1, readers: 1, again: 1 })
    app.sink.onRecipient = () => undefined
    await release('one')
    await composeOn(app, 25)
    await composeOn(app, 26)
    expect(await arrivedAt(olena)).toEqual([[], ['strike']])
    expect(await arrivedAt({ email: 'late@example.org' })).toEqual([[], ['strike']])
  })

  test('leaves an alert that is not begun; what else it told is told again', async () => {
    await welcomed(app, john)
    await deliver()
    await report(app, 'one', [strike])
    await report(app, 'two', [guarantee])
    await raiseAlerts(app)
    expect(await hold('one')).toMatchObject({ mails: 1, again: 1 })
    await raiseAlerts(app)
    expect(await arrivedAt(john)).toEqual([[], ['guarantee']])
    await release('one')
    await raiseAlerts(app)
    expect(await arrivedAt(john)).toEqual([[], ['guarantee'], ['strike']])
  })

  test('leaves a welcome digest that is not begun, also when it is released before a new one is composed', async () => {
    await report(app, 'one', [strike])
    await report(app, 'two', [flight])
    await join(app, olena)
    await welcomeNewcomers(app)
    expect(await hold('one')).toMatchObject({ mails: 1, again: 1 })
    await release('one')
    await welcomeNewcomers(app)
    await composeOn(app, 24)
    expect(await arrivedAt(olena)).toEqual([['flight'], ['strike']])
  })

  test('leaves a mail that a worker has claimed and not begun', async () => {
    await welcomed(app, olena)
    await deliver()
    await report(app, 'one', [strike])
    await composeOn(app, 24)
    const claims = await claimDeliveries(app.db, app.worker.id, app.now(), 10)
    await hold('one')
    const begins = claims.map((claim) => ({ claim, suppressionHash: '' }))
    expect(begins).toHaveLength(1)
    expect(await recordAndBegin(app.db, app.worker.id, app.now(), [], begins)).toEqual(new Set())
  })

  test('leaves a mail that was with the relay, when the relay asks to try again', async () => {
    await welcomed(app, olena)
    await deliver()
    await report(app, 'one', [strike])
    await report(app, 'two', [flight])
    await composeOn(app, 24)
    app.sink.onMessage = async () => {
      await hold('one')
      return { code: 451, text: '4.3.0 later' }
    }
    await deliver()
    app.sink.onMessage = () => undefined
    app.clock.later({ hours: 1 })
    await deliver()
    await composeOn(app, 24)
    expect(await arrivedAt(olena)).toEqual([[], ['flight']])
  })

  test('keeps its edition from being sent again', async () => {
    await welcomed(app, olena)
    await report(app, 'one', [strike])
    await composeOn(app, 24)
    await deliver()
    await hold('one')
    const { key } = await app.db
      .selectFrom('editions')
      .select('key')
      .where('kind', '=', 'daily')
      .executeTakeFirstOrThrow()
    await expect(planResend(app, { edition: key, who: { kind: 'to', email: olena.email } })).rejects.toThrow(/is held/)
  })

  test('is in no weekly digest, and after its release in the next one, for those who were not told', async () => {
    const weekly = { ...olena, cadence: 'weekly' as const, weekday: 2 }
    await welcomed(app, weekly)
    await report(app, 'one', [strike])
    await report(app, 'two', [flight])
    await hold('one')
    await composeOn(app, 24)
    await release('one')
    app.clock.at('2026-12-01T06:00:00Z')
    await composeDigests(app)
    await deliver()
    await hold('one')
    await release('one')
    await report(app, 'three', [guarantee])
    app.clock.at('2026-12-08T06:00:00Z')
    await composeDigests(app)
    expect(await arrivedAt(weekly)).toEqual([[], ['flight'], ['strike'], ['guarantee']])
  })
})

describe('an act on an item', () => {
  test('changes nothing the second time, and is audited once with its reason', async () => {
    await report(app, 'one', [strike])
    expect(await hold('one')).toMatchObject({ kind: 'done' })
    expect(await hold('one')).toEqual({ kind: 'already' })
    expect(await release('one')).toMatchObject({ kind: 'done' })
    expect(await release('one')).toEqual({ kind: 'already' })
    const subject = `item:${await itemOf('one')}`
    const log = app.db.selectFrom('audit_events').select(['action', 'reason']).where('subject', '=', subject)
    const reason = 'the figure is doubtful'
    expect(await log.orderBy('id').execute()).toEqual([
      { action: 'hold item', reason },
      { action: 'release item', reason },
    ])
  })

  test('is refused after a withdrawal, which is for ever, and for an item that does not exist', async () => {
    await welcomed(app, john, mira)
    await report(app, 'one', [strike])
    await hold('one')
    await withholdItem(app, { ...(await act('one')), as: 'withdrawn' })
    await expect(release('one')).rejects.toThrow('was withdrawn for ever')
    await expect(hold('one')).rejects.toThrow('was withdrawn for ever')
    await expect(releaseItem(app, { ...(await act('one')), item: 4711 })).rejects.toThrow('There is no item 4711.')
    await report(app, 'one', [guarantee, strike])
    await raiseAlerts(app)
    expect(await newsTo(app, john)).toEqual([])
  })
})
