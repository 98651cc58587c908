import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirm } from '../../src/readers/confirm.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { savePendingSubscription } from '../../src/readers/store/subscriptions.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { john, mira, network, olena, taras, topics } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { join, joinAndLeave, kindsTo, readerOf, suppressAddress, tokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const signUp = (request = olena) => subscribe(app, request, network)
const joined = async (request = olena) => {
  await signUp(request)
  await confirm(app, await tokenOf(app, request.email, 'confirm'))
}
const rows = async (table: 'subscribers' | 'sign_ups' | 'consents' | 'deliveries') =>
  (await app.db.selectFrom(table).selectAll().execute()).length

describe('a sign-up', () => {
  test('waits for its confirmation, with the proof of what was asked and of the network only', async () => {
    await signUp()
    const { id, state, subscriptions } = await readerOf(app, olena.email)
    expect(state).toBe('pending')
    expect(subscriptions).toMatchObject([{ state: 'pending', cadence: 'daily', topics, zone: 'Europe/Kyiv' }])
    expect(await kindsTo(app, olena.email)).toEqual(['confirmation'])
    const [consent] = await consentsOf(app.db, id)
    expect(consent).toMatchObject({
      kind: 'requested',
      source: '203.0.113.0/24',
      text: expect.stringContaining('daily'),
    })
  })

  test('has the same outcome for a new, a known and a suppressed address', async () => {
    await join(app, john)
    await suppressAddress(app, mira.email)
    for (const request of [olena, john, mira]) expect(await signUp(request)).toEqual({ kind: 'received' })
    expect(await app.db.selectFrom('subscribers').select('email').orderBy('id').execute()).toEqual([
      { email: john.email },
      { email: olena.email },
    ])
  })

  test('by a robot that fills in every field leaves no trace', async () => {
    expect(await subscribe(app, olena, { ...network, honeypot: 'Acme' })).toEqual({ kind: 'received' })
    expect([await rows('subscribers'), await rows('sign_ups'), await rows('deliveries')]).toEqual([0, 0, 0])
  })

  test('to a topic that does not exist is refused in one sentence', async () => {
    const strange = { ...olena, topics: ['displacement', 'weather'] }
    await expect(signUp(strange)).rejects.toThrow(/^There is no topic "weather"; choose from .*displacement\.$/)
    expect(await rows('sign_ups')).toBe(0)
  })

  test('before the confirmation replaces the request before it', async () => {
    await signUp()
    await signUp({ ...olena, topics: ['displacement'], at: '18:30' })
    const { subscriptions } = await readerOf(app, olena.email)
    expect(subscriptions).toMatchObject([{ topics: ['displacement'], local_time: '18:30', state: 'pending' }])
  })

  test('for a cadence that the reader has mails a link to the preferences and changes nothing', async () => {
    await joined()
    const before = [await readerOf(app, olena.email), await rows('consents')]
    await signUp({ ...olena, topics: ['displacement'], zone: 'Asia/Tokyo' })
    expect([await readerOf(app, olena.email), await rows('consents')]).toEqual(before)
    expect(await kindsTo(app, olena.email)).toEqual(['confirmation', 'link'])
  })

  test('never changes an active subscription', async () => {
    await joined()
    const before = await readerOf(app, olena.email)
    const request = { ...olena, topics: ['displacement'] }
    await app.db.transaction().execute((tx) => savePendingSubscription(tx, before.id, request, app.now()))
    const [active, pending] = (await readerOf(app, olena.email)).subscriptions
    expect(active).toEqual(before.subscriptions[0])
    expect(pending).toMatchObject({ ordinal: 1, state: 'pending', topics: ['displacement'] })
  })

  test('of an active reader for another cadence waits for a confirmation of its own', async () => {
    await joined()
    app.clock.later({ hours: 25 })
    await signUp({ ...olena, cadence: 'alert' })
    const { state, subscriptions } = await readerOf(app, olena.email)
    expect(state).toBe('active')
    expect(subscriptions.map((one) => [one.cadence, one.state])).toEqual([
      ['alert', 'pending'],
      ['daily', 'active'],
    ])
    expect(await kindsTo(app, olena.email)).toEqual(['confirmation', 'confirmation'])
  })

  test('of somebody who unsubscribed waits for a new confirmation, and starts there', async () => {
    await joinAndLeave(app, taras)
    app.clock.later({ hours: 25 })
    await signUp(taras)
    expect(await readerOf(app, taras.email)).toMatchObject({ state: 'pending', gone_at: null })
    await confirm(app, await tokenOf(app, taras.email, 'confirm'))
    const { state, subscriptions } = await readerOf(app, taras.email)
    expect(state).toBe('active')
    expect(subscriptions).toMatchObject([{ state: 'active', ended_at: null }])
    expect(subscriptions[0]!.confirmed_at!.equals(app.now())).toBe(true)
  })
})
