import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listAudit, verifyAudit } from '../../src/platform/audit/audit.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { listSubscribers } from '../../src/readers/store/subscribers.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { john, mira, network, olena, taras } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { joinAndLeave, kindsTo, readerOf, suppressAddress, unsubscribeTokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const consent = 'Signed the list at the door on 3 November.'
const add = (request = olena, given: { consent?: string } = { consent }) =>
  addSubscriber(app, request, { actor: 'admin:1', ...given })

describe('a reader entered by an admin', () => {
  test('with a recorded consent is active at once, and the words are kept', async () => {
    expect(await add()).toEqual({ kind: 'activated' })
    const { id, state, subscriptions } = await readerOf(app, olena.email)
    expect([state, subscriptions[0]!.state]).toEqual(['active', 'active'])
    const [kept] = await consentsOf(app.db, id)
    expect(kept).toMatchObject({ kind: 'given', text: expect.stringContaining(consent), source: 'admin:1' })
    expect(await kindsTo(app, olena.email)).toEqual([])
  })

  test('without a consent waits for a confirmation, within the limits of an address', async () => {
    expect(await add(olena, {})).toEqual({ kind: 'mailed' })
    expect(await add(olena, {})).toEqual({ kind: 'waiting' })
    expect((await readerOf(app, olena.email)).state).toBe('pending')
    expect(await kindsTo(app, olena.email)).toEqual(['confirmation'])
  })

  test('who had unsubscribed comes back only by confirming', async () => {
    await joinAndLeave(app, taras)
    app.clock.later({ minutes: 1 })
    expect(await add(taras)).toEqual({ kind: 'mailed' })
    expect((await readerOf(app, taras.email)).state).toBe('pending')
    expect(await add(taras)).toEqual({ kind: 'waiting' })
    expect((await readerOf(app, taras.email)).state).toBe('pending')
  })

  test('who had ended one subscription and kept another gets it back only by confirming', async () => {
    await add()
    await add({ ...olena, cadence: 'weekly' })
    const weekly = (await readerOf(app, olena.email)).subscriptions.find(({ cadence }) => cadence === 'weekly')!
    await unsubscribe(app, await unsubscribeTokenOf(app, weekly), 'this')
    expect(await add({ ...olena, cadence: 'weekly' })).toEqual({ kind: 'mailed' })
    const states = (await readerOf(app, olena.email)).subscriptions.map((one) => `${one.cadence} ${one.state}`)
    expect(states).toEqual(['daily active', 'weekly pending'])
    expect(await add({ ...olena, cadence: 'alert' })).toEqual({ kind: 'activated' })
  })

  test('is not changed if they have the same subscription, gets another one beside it, and is not entered if suppressed', async () => {
    await add()
    expect(await add()).toEqual({ kind: 'already' })
    expect(await add({ ...olena, topics: ['displacement'] })).toEqual({ kind: 'activated' })
    expect((await readerOf(app, olena.email)).subscriptions[0]!.topics).toHaveLength(3)
    await suppressAddress(app, mira.email)
    expect(await add(mira)).toEqual({ kind: 'suppressed' })
  })

  test('does not get what a stranger requested and they never confirmed', async () => {
    await subscribe(app, { ...olena, cadence: 'weekly' }, network)
    await add()
    const { subscriptions } = await readerOf(app, olena.email)
    expect(subscriptions.map((one) => [one.cadence, one.state])).toEqual([
      ['daily', 'active'],
      ['weekly', 'pending'],
    ])
  })

  test('is in the audit log by id, with the reason', async () => {
    await add()
    const { id } = await readerOf(app, olena.email)
    expect(await listAudit(app.db, { limit: 5 })).toMatchObject([
      { actor: 'admin:1', action: 'add subscriber', subject: `subscriber:${id}`, reason: consent },
    ])
    expect(await verifyAudit(app.db, app.config.auditKeys)).toBeNull()
  })
})

describe('the list of subscribers', () => {
  test('comes in pages, each reader with their subscriptions', async () => {
    for (const request of [olena, john, { ...john, cadence: 'daily' as const }, mira]) await add(request)
    const first = await listSubscribers(app.db, { limit: 2 })
    expect(first.map((one) => [one.email, one.subscriptions.map((sub) => sub.cadence)])).toEqual([
      [olena.email, ['daily']],
      [john.email, ['alert', 'daily']],
    ])
    const rest = await listSubscribers(app.db, { after: first[1]!.id, limit: 2 })
    expect(rest.map((one) => one.email)).toEqual([mira.email])
  })

  test('is searched by any part of an address, taken literally', async () => {
    for (const request of [olena, { ...mira, email: 'o_e%a@example.org' }]) await add(request)
    const found = async (email: string) => (await listSubscribers(app.db, { limit: 9, email })).map((one) => one.email)
    expect(await found('OLENA')).toEqual([olena.email])
    expect(await found('o_e')).toEqual(['o_e%a@example.org'])
    expect(await found('%')).toEqual(['o_e%a@example.org'])
    expect(await found('nobody')).toEqual([])
  })
})
