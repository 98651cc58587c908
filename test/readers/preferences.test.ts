import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { peekPreferences, requestLink, savePreferences } from '../../src/readers/preferences.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { form, mira, olena, openPeople, type People, topics } from './readers-app.ts'
import { unnumberedMatch } from './unnumbered-match.ts'

let people: People
let token: string
beforeAll(async () => {
  people = await openPeople()
})
beforeEach(async () => {
  await people.empty()
  await addSubscriber(people.app, olena, { actor: 'cli', consent: 'Signed the list at the door.' })
  token = await people.token(olena.email, 'preferences')
})
afterAll(() => people.close())

const { email: _, ...daily } = olena
const save = (...subscriptions: (typeof daily)[]) => savePreferences(people.app, token, { subscriptions })

describe('the preferences', () => {
  test('show the active subscriptions and change nothing', async () => {
    const before = await people.reader(olena.email)
    const seen = await peekPreferences(people.app, token)
    expect(seen).toMatchObject({ kind: 'open', email: olena.email, subscriptions: [{ cadence: 'daily', topics }] })
    expect(await people.reader(olena.email)).toEqual(before)
  })

  test('change topics, hour, zone and strength of a subscription, which keeps its position in the stream', async () => {
    await unnumberedMatch(people.app.db)
    const before = (await people.reader(olena.email)).subscriptions[0]!
    people.later({ hours: 5 })
    const changed = { ...daily, topics: ['displacement'], at: '18:00', zone: 'Asia/Tokyo', minScore: 0.5 }
    expect(await save(changed)).toMatchObject({ kind: 'saved' })
    const after = (await people.reader(olena.email)).subscriptions[0]!
    expect(after).toEqual({
      ...before,
      topics: ['displacement'],
      local_time: '18:00',
      zone: 'Asia/Tokyo',
      min_score: 0.5,
    })
  })

  test('add a cadence that is active at once, from here on, without another confirmation', async () => {
    await unnumberedMatch(people.app.db)
    await save(daily, { ...daily, cadence: 'alert' })
    const { id, subscriptions } = await people.reader(olena.email)
    expect(subscriptions.map((one) => [one.cadence, one.state, one.from_position])).toEqual([
      ['alert', 'active', 1],
      ['daily', 'active', 0],
    ])
    expect(await people.mails(olena.email)).toEqual([])
    expect((await consentsOf(people.app.db, id)).at(-1)).toMatchObject({ kind: 'changed' })
  })

  test('end a cadence that is not named; named again, it starts at the position of that time', async () => {
    await save({ ...daily, cadence: 'alert' })
    expect((await people.reader(olena.email)).subscriptions.map((one) => one.state)).toEqual(['active', 'ended'])
    await unnumberedMatch(people.app.db)
    await save(daily)
    const { subscriptions } = await people.reader(olena.email)
    expect(subscriptions[1]).toMatchObject({ state: 'active', from_position: 1, ended_at: null })
  })

  test('without any subscription mean that the reader is gone, and the link does not bring them back', async () => {
    expect(await save()).toEqual({ kind: 'saved', subscriptions: [] })
    expect(await people.reader(olena.email)).toMatchObject({ state: 'gone', subscriptions: [{ state: 'ended' }] })
    expect(await save(daily)).toEqual({ kind: 'inactive' })
    expect(await peekPreferences(people.app, token)).toEqual({ kind: 'inactive' })
    expect((await people.reader(olena.email)).state).toBe('gone')
  })

  test('end what a stranger requested in the form and the reader does not name', async () => {
    await subscribe(people.app, { ...olena, cadence: 'weekly' }, form)
    await save(daily)
    const { subscriptions } = await people.reader(olena.email)
    expect(subscriptions.map((one) => [one.cadence, one.state])).toEqual([
      ['daily', 'active'],
      ['weekly', 'ended'],
    ])
  })

  test('saved twice at once are those of one of the two, every time', async () => {
    for (let round = 0; round < 10; round++) {
      await save(daily)
      await Promise.all([save({ ...daily, cadence: 'alert' }), save(daily, { ...daily, cadence: 'weekly' })])
      const active = (await people.reader(olena.email)).subscriptions.filter((one) => one.state === 'active')
      expect(['alert', 'daily weekly']).toContain(active.map((one) => one.cadence).join(' '))
    }
  })

  test('are shown for 30 days by one link', async () => {
    people.later({ hours: 30 * 24 + 1 })
    expect(await peekPreferences(people.app, token)).toEqual({ kind: 'expired' })
    expect(await save()).toEqual({ kind: 'expired' })
  })

  test('are not opened by another kind of link', async () => {
    for (const other of [
      await people.token(olena.email, 'unsubscribe'),
      await people.token(olena.email, 'confirm'),
      'x',
    ]) {
      expect(await savePreferences(people.app, other, { subscriptions: [] })).toEqual({ kind: 'invalid' })
    }
  })

  test('with a topic that does not exist are refused whole', async () => {
    await expect(save({ ...daily, topics: ['weather'] })).rejects.toThrow('There is no topic "weather"')
  })
})

describe('a fresh link', () => {
  test('is mailed to readers, a confirmation to those who have yet to confirm, nothing to others, all with one outcome', async () => {
    await subscribe(people.app, mira, form)
    await unsubscribe(people.app, await people.token(mira.email, 'unsubscribe'), 'all')
    people.later({ hours: 25 })
    for (const email of [olena.email, mira.email, 'nobody@example.org']) {
      expect(await requestLink(people.app, email, form)).toEqual({ kind: 'received' })
    }
    expect(await people.mails(olena.email)).toEqual(['link'])
    expect(await people.mails(mira.email)).toEqual(['confirmation'])
    people.later({ hours: 25 })
    await subscribe(people.app, mira, form)
    people.later({ hours: 25 })
    await requestLink(people.app, mira.email, form)
    expect(await people.mails(mira.email)).toEqual(['confirmation', 'confirmation', 'confirmation'])
  })
})
