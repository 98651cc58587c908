import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirm } from '../../src/readers/confirm.ts'
import { mailRequested } from '../../src/readers/mail-requested.ts'
import { requestLink } from '../../src/readers/preferences.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { tidyUp } from '../../src/worker/tidy.ts'
import { network, olena } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { join, kindsTo, readerOf, suppressAddress, tokenOf } from '../support/readers.ts'
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

  test('causes no more once three mails failed on a day', async () => {
    for (let n = 0; n < 5; n++) {
      await from(`192.0.${n}.1`)
      await app.db.updateTable('deliveries').set({ state: 'failed', reason: 'internal error' }).execute()
    }
    expect(await sent()).toBe(3)
    app.clock.later({ hours: 24, seconds: 1 })
    await from('192.0.2.1')
    expect(await sent()).toBe(4)
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

test('a reader who confirmed, left by mistake and signs up again is mailed on the same day', async () => {
  await from('192.0.2.1')
  app.clock.later({ minutes: 5 })
  await confirm(app, await tokenOf(app, olena.email, 'confirm'))
  app.clock.later({ hours: 1 })
  await unsubscribe(app, await tokenOf(app, olena.email, 'unsubscribe'), 'all')
  app.clock.later({ minutes: 5 })
  await from('192.0.2.1')
  expect(await sent()).toBe(2)
  await confirm(app, await tokenOf(app, olena.email, 'confirm'))
  expect((await readerOf(app, olena.email)).state).toBe('active')
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

describe('a network', () => {
  test('signs up 30 addresses an hour from all its machines, and hears when it can ask again', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 34 }, (_, n) => from(`192.0.2.${n}`, `reader${n}@example.org`)),
    )
    const busy = outcomes.filter((outcome) => outcome.kind === 'busy')
    expect(busy).toEqual(Array.from({ length: 4 }, () => ({ kind: 'busy', until: app.now().add({ hours: 1 }) })))
    expect((await from('198.51.100.1', 'other@example.org')).kind).toBe('received')
    app.clock.later({ minutes: 61 })
    expect((await from('192.0.2.1', 'late@example.org')).kind).toBe('received')
  })

  test('that asks for an address again hears when, whether the address is known or not', async () => {
    await join(app, { ...olena, email: 'known@example.org' })
    await suppressAddress(app, 'suppressed@example.org')
    const at = app.now()
    for (const email of ['known@example.org', 'unknown@example.org', 'suppressed@example.org']) {
      expect(await from('192.0.2.1', email)).toEqual({ kind: 'received' })
    }
    app.clock.later({ hours: 2 })
    for (const email of ['known@example.org', 'unknown@example.org', 'suppressed@example.org']) {
      const earlier = { at, againFrom: at.add({ hours: 24 }) }
      expect(await from('192.0.2.9', email)).toEqual({ kind: 'received', earlier })
      expect(await from('198.51.100.1', email)).toEqual({ kind: 'received' })
    }
  })
})

describe('many sign-ups at one time', () => {
  const rush = (count: number, domain: (n: number) => string) =>
    Promise.all(Array.from({ length: count }, (_, n) => from(`10.0.${n}.1`, `reader${n}@${domain(n)}`)))
  const mailed = async () => (await app.db.selectFrom('deliveries').selectAll().execute()).length
  const queued = async () => (await app.db.selectFrom('queued_requests').selectAll().execute()).length

  test('refuse nobody: the mails past the limit wait in a queue, and the page says for how long', async () => {
    await rush(60, (n) => `domain${n % 10}.example`)
    const before = await mailed()
    const late = await rush(80, (n) => `late${n % 10}.example`)
    expect(late).toEqual(Array.from({ length: 80 }, () => ({ kind: 'received', withinMinutes: 2 })))
    expect(await mailed()).toBe(before)
    expect(await queued()).toBe(80)
    expect(await mailRequested(app)).toBe(50)
    expect(await mailRequested(app)).toBe(30)
    expect([await mailed(), await queued()]).toEqual([before + 80, 0])
    const { rows } = await sql<{ n: number }>`select count(*) as n from (
      select subscriber_id from deliveries group by 1 having count(*) > 1) twice`.execute(app.db)
    expect(rows).toEqual([{ n: 0 }])
  })

  test('to one mail domain wait apart from all others', async () => {
    await rush(30, () => 'one.example')
    expect(await from('10.1.1.1', 'late@one.example')).toMatchObject({ withinMinutes: 2 })
    expect(await from('10.1.2.1', 'reader@other.example')).toEqual({ kind: 'received' })
    await rush(40, (n) => (n < 28 ? `some${n}.example` : 'one.example'))
    expect(await mailRequested(app)).toBe(10)
  })

  test('mail nobody twice, and nobody who gets no mail', async () => {
    await rush(60, (n) => `domain${n % 10}.example`)
    await from('10.1.1.1')
    await from('10.2.1.1')
    await requestLink(app, olena.email, { source: '10.4.1.1' })
    await suppressAddress(app, 'suppressed@example.org')
    await from('10.5.1.1', 'suppressed@example.org')
    const before = await mailed()
    await Promise.all([mailRequested(app), mailRequested(app)])
    expect([await mailed(), await queued()]).toEqual([before + 1, 0])
    await from('10.3.1.1')
    await mailRequested(app)
    expect(await sent()).toBe(1)
  })

  test('keep what was asked for, with the words and the time of the request', async () => {
    await rush(60, (n) => `domain${n % 10}.example`)
    const asked = app.now()
    await from('10.1.1.1', 'Iryna@example.org')
    app.clock.later({ minutes: 2 })
    await mailRequested(app)
    const { id, written_email, subscriptions } = await readerOf(app, 'iryna@example.org')
    expect([written_email, subscriptions]).toMatchObject([
      'Iryna@example.org',
      [{ topics: olena.topics, zone: olena.zone }],
    ])
    expect(await consentsOf(app.db, id)).toMatchObject([{ kind: 'requested', source: '10.1.1.0/24', at: asked }])
  })
})

test('what no limit counts any more is forgotten', async () => {
  await from('192.0.2.1')
  app.clock.later({ minutes: 61 })
  await tidyUp(app)
  expect(await app.db.selectFrom('sign_ups').select('domain').execute()).toEqual([{ domain: 'example.org' }])
  app.clock.later({ hours: 24 * 30 })
  await tidyUp(app)
  expect(await app.db.selectFrom('sign_ups').selectAll().execute()).toEqual([])
})
