import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { addOwnSubscription, changeOwnSubscription, endOwnSubscriptions } from '../../src/readers/own-subscriptions.ts'
import { peekPreferences, requestLink } from '../../src/readers/preferences.ts'
import type { Choice } from '../../src/readers/rules/subscription.ts'
import { newNonce, signToken } from '../../src/readers/rules/token.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { mira, network, olena, topics } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { kindsTo, leave, readerOf, tokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { unnumberedMatch } from './unnumbered-match.ts'

let app: TestApp
let token: string
let own: number
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(async () => {
  await emptyTables(app.db)
  await addSubscriber(app, olena, { actor: 'cli', consent: 'Signed the list at the door.' })
  token = await tokenOf(app, olena.email, 'preferences')
  own = (await readerOf(app, olena.email)).subscriptions[0]!.id
})
afterAll(() => app.close())

const { email: _, ...daily } = olena
const add = (choice: Choice) => addOwnSubscription(app, token, choice)
const change = (choice: Choice) => changeOwnSubscription(app, token, own, choice)
const states = async () =>
  (await readerOf(app, olena.email)).subscriptions.map(
    ({ cadence, ordinal, state }) => `${cadence} ${ordinal} ${state}`,
  )

describe('the preferences', () => {
  test('show the active subscriptions and change nothing', async () => {
    const before = await readerOf(app, olena.email)
    const seen = await peekPreferences(app, token)
    expect(seen).toMatchObject({ kind: 'open', email: 'o…@example.org', subscriptions: [{ cadence: 'daily', topics }] })
    expect(await readerOf(app, olena.email)).toEqual(before)
  })

  test('change everything of a subscription but its cadence, and it keeps its position in the stream', async () => {
    await unnumberedMatch(app.db)
    const feed = await insertFeed(app.db, { url: 'https://wire.example/feed', title: 'Wire', now: app.now() })
    const before = (await readerOf(app, olena.email)).subscriptions[0]!
    app.clock.later({ hours: 5 })
    const limits = { allTopics: true, feeds: [feed!.id], places: ['UA'], languages: ['uk'], minScore: 0.5 }
    const times = { at: '18:00', zone: 'Asia/Tokyo', minutes: 5 as const, quietMail: true }
    expect(await change({ ...daily, topics: ['displacement'], ...limits, ...times })).toEqual({ kind: 'saved' })
    expect((await readerOf(app, olena.email)).subscriptions[0]!).toEqual({
      ...before,
      topics: ['displacement'],
      all_topics: true,
      feeds: [feed!.id],
      places: ['UA'],
      languages: ['uk'],
      min_score: 0.5,
      local_time: '18:00',
      zone: 'Asia/Tokyo',
      minutes: 5,
      quiet_mail: true,
    })
    expect(await change({ ...daily, cadence: 'alert' })).toEqual({ kind: 'missing' })
  })

  test('add nothing that the reader has already, in whichever order, and make no two alike', async () => {
    const reversed = { ...daily, topics: daily.topics.toReversed() }
    await expect(add(reversed)).rejects.toThrow('You have this subscription already.')
    await expect(add({ ...reversed, weekday: 5, maxAlerts: 3 })).rejects.toThrow('already')
    await add({ ...daily, topics: ['displacement'] })
    await expect(change({ ...daily, topics: ['displacement'] })).rejects.toThrow(
      /another subscription that brings the same/,
    )
    expect(await change(reversed)).toEqual({ kind: 'saved' })
    expect(await states()).toEqual(['daily 0 active', 'daily 1 active'])
  })

  test('add a subscription that is active at once, from here on, without another confirmation', async () => {
    await unnumberedMatch(app.db)
    await add({ ...daily, cadence: 'alert' })
    const { id, subscriptions } = await readerOf(app, olena.email)
    expect(subscriptions.map((one) => [one.cadence, one.state, one.from_position])).toEqual([
      ['alert', 'active', 1],
      ['daily', 'active', 0],
    ])
    expect(await kindsTo(app, olena.email)).toEqual(['change'])
    expect((await consentsOf(app.db, id)).at(-1)).toMatchObject({ kind: 'changed' })
  })

  test('take several subscriptions of one cadence; an ended one gives its number to the next', async () => {
    await add({ ...daily, topics: ['displacement'] })
    await add({ ...daily, at: '18:00' })
    expect(await states()).toEqual(['daily 0 active', 'daily 1 active', 'daily 2 active'])
    expect(await endOwnSubscriptions(app, token, own)).toEqual({ kind: 'ended', left: 2 })
    expect(await endOwnSubscriptions(app, token, own)).toEqual({ kind: 'missing' })
    await unnumberedMatch(app.db)
    await add({ ...daily, at: '12:00' })
    expect(await states()).toEqual(['daily 0 active', 'daily 1 active', 'daily 2 active'])
    const [first] = (await readerOf(app, olena.email)).subscriptions
    expect(first).toMatchObject({ id: own, local_time: '12:00', from_position: 1, ended_at: null })
  })

  test('take no more subscriptions than one address may have', async () => {
    const at = (n: number) => ({ ...daily, at: `09:${10 + n}` })
    for (let n = 1; n < 20; n++) await add(at(n))
    await expect(add(at(20))).rejects.toThrow('You have 20 subscriptions')
    await endOwnSubscriptions(app, token, own)
    expect(await add(at(20))).toEqual({ kind: 'saved' })
  })

  test('without any subscription mean that the reader is gone, and the link does not bring them back', async () => {
    await leave(app, olena.email)
    expect(await readerOf(app, olena.email)).toMatchObject({ state: 'gone', subscriptions: [{ state: 'ended' }] })
    expect(await add(daily)).toEqual({ kind: 'inactive' })
    expect(await peekPreferences(app, token)).toEqual({ kind: 'inactive' })
    expect((await readerOf(app, olena.email)).state).toBe('gone')
  })

  test('end what a stranger requested in the form with the last subscription', async () => {
    await subscribe(app, { ...olena, cadence: 'weekly' }, network)
    await change(daily)
    expect(await states()).toEqual(['daily 0 active', 'weekly 0 pending'])
    expect(await endOwnSubscriptions(app, token, own)).toEqual({ kind: 'ended', left: 0 })
    expect(await states()).toEqual(['daily 0 ended', 'weekly 0 ended'])
  })

  test('saved and ended at once by two windows have one of the two outcomes, every time', async () => {
    for (let round = 0; round < 10; round++) {
      await add({ ...daily, cadence: 'alert' })
      const alert = (await readerOf(app, olena.email)).subscriptions.find(({ cadence }) => cadence === 'alert')!
      const later = { ...daily, cadence: 'alert' as const, maxAlerts: 3 }
      const [changed, ended] = await Promise.all([
        changeOwnSubscription(app, token, alert.id, later),
        endOwnSubscriptions(app, token, alert.id),
      ])
      expect(['saved', 'missing']).toContain(changed.kind)
      expect(ended).toEqual({ kind: 'ended', left: 1 })
      expect(await states()).toEqual(['alert 0 ended', 'daily 0 active'])
    }
  })

  test('are shown for 30 days by one link', async () => {
    app.clock.later({ hours: 30 * 24 + 1 })
    expect(await peekPreferences(app, token)).toEqual({ kind: 'expired' })
    expect(await add(daily)).toEqual({ kind: 'expired' })
    expect(await endOwnSubscriptions(app, token, 'all')).toEqual({ kind: 'expired' })
  })

  test('are not opened by another kind of link', async () => {
    for (const other of [
      await tokenOf(app, olena.email, 'unsubscribe'),
      await tokenOf(app, olena.email, 'confirm'),
      'x',
    ]) {
      expect(await endOwnSubscriptions(app, other, 'all')).toEqual({ kind: 'invalid' })
    }
  })

  test('are not opened by a link that was made with the key and the id of a reader alone', async () => {
    const { id } = await readerOf(app, olena.email)
    const expiresAt = app.now().add({ hours: 1 })
    const payload = { purpose: 'preferences', subject: String(id), expiresAt } as const
    for (const nonce of [undefined, newNonce()]) {
      const forged = signToken(app.config.secretKeys, nonce ? { ...payload, nonce } : payload)
      expect(await peekPreferences(app, forged)).toEqual({ kind: 'void' })
      expect(await endOwnSubscriptions(app, forged, 'all')).toEqual({ kind: 'void' })
    }
  })

  test('do not change a subscription of another reader', async () => {
    await addSubscriber(app, mira, { actor: 'cli', consent: 'Signed the list at the door.' })
    const other = (await readerOf(app, mira.email)).subscriptions[0]!
    expect(await changeOwnSubscription(app, token, other.id, daily)).toEqual({ kind: 'missing' })
    expect(await endOwnSubscriptions(app, token, other.id)).toEqual({ kind: 'missing' })
    expect((await readerOf(app, mira.email)).subscriptions).toEqual([other])
  })

  test('with a topic or a feed that does not exist are refused whole', async () => {
    await expect(change({ ...daily, topics: ['weather'] })).rejects.toThrow('There is no topic "weather"')
    await expect(add({ ...daily, feeds: [99] })).rejects.toThrow('There is no feed with the number 99.')
    expect(await states()).toEqual(['daily 0 active'])
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
