import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { peekPreferences, requestLink, savePreferences } from '../../src/readers/preferences.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { mira, network, olena, topics } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { kindsTo, readerOf, tokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { unnumberedMatch } from './unnumbered-match.ts'

let app: TestApp
let token: string
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(async () => {
  await emptyTables(app.db)
  await addSubscriber(app, olena, { actor: 'cli', consent: 'Signed the list at the door.' })
  token = await tokenOf(app, olena.email, 'preferences')
})
afterAll(() => app.close())

const { email: _, ...daily } = olena
const save = (...subscriptions: (typeof daily)[]) => savePreferences(app, token, { subscriptions })

describe('the preferences', () => {
  test('show the active subscriptions and change nothing', async () => {
    const before = await readerOf(app, olena.email)
    const seen = await peekPreferences(app, token)
    expect(seen).toMatchObject({ kind: 'open', email: olena.email, subscriptions: [{ cadence: 'daily', topics }] })
    expect(await readerOf(app, olena.email)).toEqual(before)
  })

  test('change topics, hour, zone and score of a subscription, which keeps its position in the stream', async () => {
    await unnumberedMatch(app.db)
    const before = (await readerOf(app, olena.email)).subscriptions[0]!
    app.clock.later({ hours: 5 })
    const changed = { ...daily, topics: ['displacement'], at: '18:00', zone: 'Asia/Tokyo', minScore: 0.5 }
    expect(await save(changed)).toMatchObject({ kind: 'saved' })
    const after = (await readerOf(app, olena.email)).subscriptions[0]!
    expect(after).toEqual({
      ...before,
      topics: ['displacement'],
      local_time: '18:00',
      zone: 'Asia/Tokyo',
      min_score: 0.5,
    })
  })

  test('add a cadence that is active at once, from here on, without another confirmation', async () => {
    await unnumberedMatch(app.db)
    await save(daily, { ...daily, cadence: 'alert' })
    const { id, subscriptions } = await readerOf(app, olena.email)
    expect(subscriptions.map((one) => [one.cadence, one.state, one.from_position])).toEqual([
      ['alert', 'active', 1],
      ['daily', 'active', 0],
    ])
    expect(await kindsTo(app, olena.email)).toEqual([])
    expect((await consentsOf(app.db, id)).at(-1)).toMatchObject({ kind: 'changed' })
  })

  test('end a cadence that is not named; named again, it starts at the position of that time', async () => {
    await save({ ...daily, cadence: 'alert' })
    expect((await readerOf(app, olena.email)).subscriptions.map((one) => one.state)).toEqual(['active', 'ended'])
    await unnumberedMatch(app.db)
    await save(daily)
    const { subscriptions } = await readerOf(app, olena.email)
    expect(subscriptions[1]).toMatchObject({ state: 'active', from_position: 1, ended_at: null })
  })

  test('without any subscription mean that the reader is gone, and the link does not bring them back', async () => {
    expect(await save()).toEqual({ kind: 'saved', subscriptions: [] })
    expect(await readerOf(app, olena.email)).toMatchObject({ state: 'gone', subscriptions: [{ state: 'ended' }] })
    expect(await save(daily)).toEqual({ kind: 'inactive' })
    expect(await peekPreferences(app, token)).toEqual({ kind: 'inactive' })
    expect((await readerOf(app, olena.email)).state).toBe('gone')
  })

  test('end what a stranger requested in the form and the reader does not name', async () => {
    await subscribe(app, { ...olena, cadence: 'weekly' }, network)
    await save(daily)
    const { subscriptions } = await readerOf(app, olena.email)
    expect(subscriptions.map((one) => [one.cadence, one.state])).toEqual([
      ['daily', 'active'],
      ['weekly', 'ended'],
    ])
  })

  test('saved twice at once are those of one of the two, every time', async () => {
    for (let round = 0; round < 10; round++) {
      await save(daily)
      await Promise.all([save({ ...daily, cadence: 'alert' }), save(daily, { ...daily, cadence: 'weekly' })])
      const active = (await readerOf(app, olena.email)).subscriptions.filter((one) => one.state === 'active')
      expect(['alert', 'daily weekly']).toContain(active.map((one) => one.cadence).join(' '))
    }
  })

  test('are shown for 30 days by one link', async () => {
    app.clock.later({ hours: 30 * 24 + 1 })
    expect(await peekPreferences(app, token)).toEqual({ kind: 'expired' })
    expect(await save()).toEqual({ kind: 'expired' })
  })

  test('are not opened by another kind of link', async () => {
    for (const other of [
      await tokenOf(app, olena.email, 'unsubscribe'),
      await tokenOf(app, olena.email, 'confirm'),
      'x',
    ]) {
      expect(await savePreferences(app, other, { subscriptions: [] })).toEqual({ kind: 'invalid' })
    }
  })

  test('with a topic that does not exist are refused whole', async () => {
    await expect(save({ ...daily, topics: ['weather'] })).rejects.toThrow('There is no topic "weather"')
  })
})

describe('a fresh link', () => {
  test('is mailed to readers, a confirmation to those who have yet to confirm, nothing to others, all with one outcome', async () => {
    await subscribe(app, mira, network)
    await unsubscribe(app, await tokenOf(app, mira.email, 'unsubscribe'), 'all')
    app.clock.later({ hours: 25 })
    for (const email of [olena.email, mira.email, 'nobody@example.org']) {
      expect(await requestLink(app, email, network)).toEqual({ kind: 'received' })
    }
    expect(await kindsTo(app, olena.email)).toEqual(['link'])
    expect(await kindsTo(app, mira.email)).toEqual(['confirmation'])
    app.clock.later({ hours: 25 })
    await subscribe(app, mira, network)
    app.clock.later({ hours: 25 })
    await requestLink(app, mira.email, network)
    expect(await kindsTo(app, mira.email)).toEqual(['confirmation', 'confirmation', 'confirmation'])
  })
})
