import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { countItemSteps, readersOfItem } from '../../src/editions/item-audience.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { withholdItem } from '../../src/editions/withhold-item.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { askedItem } from '../../src/readers/asked-item.ts'
import { eraseReader } from '../../src/readers/erase-reader.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { pagesOf } from '../support/pages.ts'
import { network, olena } from '../support/people.ts'
import { join, joinAndLeave, leave, suppressAddress } from '../support/readers.ts'
import { flight, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { composeOn, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const daily = (name: string, choice: Partial<SubscribeRequest> = {}): SubscribeRequest => ({
  ...olena,
  email: `${name}@example.org`,
  ...choice,
})
const alerts = (name: string, choice: Partial<SubscribeRequest> = {}) => daily(name, { cadence: 'alert', ...choice })

async function stepsByName(): Promise<Record<string, string>> {
  const pages = await Array.fromAsync(readersOfItem(app.db, await askedItem(app, 1)))
  return Object.fromEntries(pages.flat().map(({ email, step }) => [email.split('@')[0], step]))
}

async function deliver(): Promise<void> {
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
}

async function setDelivery(name: string, set: object): Promise<void> {
  const reader = app.db.selectFrom('subscribers').select('id').where('email', '=', `${name}@example.org`)
  const telling = app.db.selectFrom('editions').select('id').where('takeaways', '@>', sql<number[]>`'{1}'`)
  const mails = app.db.updateTable('deliveries').set(set).where('subscriber_id', '=', reader)
  await mails.where('edition_id', 'in', telling).execute()
}

describe('one reader for each step', () => {
  test('of digests', async () => {
    const other = { feeds: [2] }
    await sql`insert into feeds (url, title, next_poll_at, added_at) values ('https://desk.example/feed', 'River Desk', now(), now()),
      ('https://other.example/feed', 'Other', now(), now())`.execute(app.db)
    const readers = [
      ...['got', 'unknown', 'failed', 'bounced', 'sending', 'paused', 'silenced', 'suppressed'].map((name) =>
        daily(name),
      ),
      daily('no-match', { topics: ['displacement'] }),
      daily('strength', { minScore: 1 }),
      daily('rule', { allTopics: true }),
      daily('place', { places: ['SD'] }),
      daily('feed', other),
      daily('language', { languages: ['uk'] }),
    ]
    await welcomed(app, ...readers)
    await joinAndLeave(app, daily('left'))
    await subscribe(app, daily('unconfirmed'), network)
    await join(app, daily('erased'))
    await eraseReader(app, { email: 'erased@example.org', actor: 'test', reason: 'asked' })
    await app.db.updateTable('subscriptions').set({ min_score: 1.5 }).where('min_score', '=', 1).execute()
    await sql`update subscribers set paused_until = ${app.now().add({ hours: 72 }).toString()}::timestamptz
      where email = 'paused@example.org'`.execute(app.db)
    await deliver()
    await suppressAddress(app, 'suppressed@example.org')
    await report(app, 'one', [strike])
    expect(await stepsByName()).toMatchObject({ got: 'waits', paused: 'pause', left: 'left', suppressed: 'suppressed' })
    await composeOn(app, 24)
    await suppressAddress(app, 'silenced@example.org')
    await setDelivery('sending', { due_at: app.now().add({ hours: 1 }) })
    await deliver()
    await setDelivery('unknown', { state: 'unknown' })
    await setDelivery('failed', { state: 'failed' })
    await setDelivery('bounced', { bounced_at: app.now() })
    await join(app, daily('later'))
    const steps = {
      ...{ got: 'got', unknown: 'unknown', failed: 'failed', bounced: 'bounced', sending: 'sending', paused: 'pause' },
      ...{
        silenced: 'suppressed',
        suppressed: 'suppressed',
        left: 'left',
        unconfirmed: 'unconfirmed',
        later: 'came later',
      },
      ...{
        'no-match': 'no match',
        strength: 'strength',
        rule: 'rule',
        place: 'place',
        feed: 'feed',
        language: 'language',
      },
    }
    expect(await stepsByName()).toEqual(steps)
    const counts = await countItemSteps(app.db, await askedItem(app, 1))
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(Object.keys(steps).length)
    expect(counts[0]).toEqual({ step: 'got', count: 1, sample: ['got@example.org'] })
    const pages = pagesOf(app)
    const admin = await pages.signIn()
    expect((await pages.get('/admin/items/1/who')).status).toBe(401)
    expect((await pages.get('/admin/items/9/who', admin)).status).toBe(404)
    const page = await (await pages.get('/admin/items/1/who', admin)).text()
    for (const step of Object.values(steps)) expect(page).toContain(`<td data-label="Step">${step}</td>`)
    expect(await (await pages.get('/admin/items/1', admin)).text()).toContain('/admin/items/1/who')
  })

  test('of alerts', async () => {
    const quiet = { quiet: { from: '00:00', to: '23:00' }, zone: 'UTC' }
    await welcomed(app, alerts('got'), alerts('quiet', quiet), alerts('budget', { maxAlerts: 1 }), alerts('muted'))
    await deliver()
    await report(app, 'zero', [flight])
    await raiseAlerts(app)
    await deliver()
    app.clock.later({ hours: 1 })
    await report(app, 'one', [strike])
    const item = await app.db.selectFrom('items').select('id').where('key', '=', 'one').executeTakeFirstOrThrow()
    const steps = async () => {
      const pages = await Array.fromAsync(readersOfItem(app.db, await askedItem(app, item.id)))
      return Object.fromEntries(pages.flat().map(({ email, step }) => [email.split('@')[0], step]))
    }
    expect(await steps()).toMatchObject({ got: 'waits', quiet: 'waits' })
    await raiseAlerts(app)
    await sql`update deliveries d set state = 'skipped', reason = 'muted' from subscribers p, editions e
      where p.id = d.subscriber_id and e.id = d.edition_id and p.email = 'muted@example.org' and e.items @> array[${item.id}::bigint]`.execute(
      app.db,
    )
    await deliver()
    expect(await steps()).toEqual({ got: 'got', quiet: 'quiet hours', budget: 'budget', muted: 'muted' })
    await withholdItem(app, { item: item.id, as: 'held', actor: 'test', reason: 'x' })
    expect(await steps()).toMatchObject({ got: 'got', quiet: 'held', budget: 'held' })
  })
})

test('who got an item agrees with the server that took the mails', async () => {
  await welcomed(
    app,
    ...['a', 'b', 'c'].map((name) => daily(name)),
    alerts('d'),
    daily('e', { topics: ['displacement'] }),
  )
  await deliver()
  await report(app, 'one', [strike])
  await raiseAlerts(app)
  await leave(app, 'c@example.org')
  await composeOn(app, 24)
  app.sink.onRecipient = (address) => (address === 'b@example.org' ? { code: 550, text: '5.7.1 no' } : undefined)
  await deliver()
  const took = app.sink.messages.filter(({ parsed }) => parsed.text?.includes('substation')).map(({ to }) => to[0])
  const pages = await Array.fromAsync(readersOfItem(app.db, await askedItem(app, 1)))
  const got = pages.flat().filter(({ step }) => step === 'got')
  expect(got.map(({ email }) => email)).toEqual([...new Set(took)].sort())
  expect(got.map(({ email }) => email)).toEqual(['a@example.org', 'd@example.org'])
})
