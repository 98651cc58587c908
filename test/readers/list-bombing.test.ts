import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirm } from '../../src/readers/confirm.ts'
import { requestLink } from '../../src/readers/preferences.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { network, olena } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { kindsTo, tokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const from = (source: string, email = olena.email) => subscribe(app, { ...olena, email }, { source })
const sent = async () => (await kindsTo(app, olena.email)).length

describe('a stranger who signs up the address of another', () => {
  test('causes one confirmation a day, from any number of sources at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => from(`198.51.100.${n}`)))
    expect(await sent()).toBe(1)
    app.clock.later({ hours: 23 })
    await from('192.0.2.1')
    expect(await sent()).toBe(1)
    app.clock.later({ hours: 1, seconds: 1 })
    await from('192.0.2.1')
    expect(await sent()).toBe(2)
  })

  test('causes three confirmations in 30 days', async () => {
    for (let day = 0; day < 29; day++) {
      await from('192.0.2.1')
      app.clock.later({ hours: 24, seconds: 1 })
    }
    expect(await sent()).toBe(3)
    app.clock.later({ hours: 48 })
    await from('192.0.2.1')
    expect(await sent()).toBe(4)
  })

  test('causes one link a day and three in 30 days to a subscribed reader, by either form', async () => {
    await from('192.0.2.1')
    await confirm(app, await tokenOf(app, olena.email, 'confirm'))
    for (let day = 0; day < 20; day++) {
      await Promise.all([from('192.0.2.1'), requestLink(app, olena.email, network), from('192.0.2.2')])
      expect(await sent()).toBe(1 + Math.min(day + 1, 3))
      app.clock.later({ hours: 24, seconds: 1 })
    }
  })

  test('is not limited by a mail that was never sent', async () => {
    await from('192.0.2.1')
    await app.db.updateTable('deliveries').set({ state: 'skipped', reason: 'nothing to confirm' }).execute()
    await from('192.0.2.1')
    expect(await sent()).toBe(2)
  })

  test('causes no more by unsubscribing the address in between', async () => {
    await from('192.0.2.1')
    await unsubscribe(app, await tokenOf(app, olena.email, 'unsubscribe'), 'all')
    await from('192.0.2.1')
    expect(await sent()).toBe(1)
  })
})

describe('one source', () => {
  test('signs up 10 addresses an hour and is then refused, also when it sends them at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 14 }, (_, n) => from('192.0.2.1', `reader${n}@example.org`)),
    )
    expect(outcomes.filter((outcome) => outcome.kind === 'busy')).toHaveLength(4)
    expect((await from('192.0.2.2', 'other@example.org')).kind).toBe('received')
    app.clock.later({ minutes: 61 })
    expect((await from('192.0.2.1', 'late@example.org')).kind).toBe('received')
  })

  test('is the same for all addresses of an IPv6 network', async () => {
    for (let n = 0; n < 10; n++) await from(`2001:db8::${n}`, `reader${n}@example.org`)
    expect((await from('2001:db8::beef', 'more@example.org')).kind).toBe('busy')
  })
})

test('all sources together sign up 60 addresses a minute, and what is older than an hour is forgotten', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 64 }, (_, n) => requestLink(app, 'nobody@example.org', { source: `192.0.2.${n}` })),
  )
  expect(outcomes.filter((outcome) => outcome.kind === 'busy')).toHaveLength(4)
  app.clock.later({ minutes: 61 })
  expect((await from('192.0.2.200')).kind).toBe('received')
  expect(await app.db.selectFrom('sign_ups').selectAll().execute()).toHaveLength(1)
})
