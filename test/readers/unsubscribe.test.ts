import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { newNonce, signToken } from '../../src/readers/rules/token.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { peekUnsubscribe, undoUnsubscribe, unsubscribe } from '../../src/readers/unsubscribe.ts'
import { network, olena } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { readerOf, suppressAddress, tokenOf, unsubscribeTokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(async () => {
  await emptyTables(app.db)
  const admin = { actor: 'cli', consent: 'Signed the list at the door.' }
  for (const cadence of ['daily', 'alert'] as const) await addSubscriber(app, { ...olena, cadence }, admin)
})
afterAll(() => app.close())

const states = async () => (await readerOf(app, olena.email)).subscriptions.map((one) => `${one.cadence} ${one.state}`)
const daily = async () => {
  const { subscriptions } = await readerOf(app, olena.email)
  return unsubscribeTokenOf(app, subscriptions.find((one) => one.cadence === 'daily')!)
}

describe('an unsubscribe link', () => {
  test('shows what it would end with the address masked, and changes nothing', async () => {
    const before = await readerOf(app, olena.email)
    expect(await peekUnsubscribe(app, await daily())).toMatchObject({
      kind: 'open',
      address: 'o…@example.org',
      this: { cadence: 'daily' },
      others: 1,
      all: [],
    })
    expect(await readerOf(app, olena.email)).toEqual(before)
  })

  test('ends the subscription of its mail and leaves the others', async () => {
    const token = await daily()
    expect(await unsubscribe(app, token, 'this')).toMatchObject({ kind: 'done', ended: [{ cadence: 'daily' }] })
    expect(await states()).toEqual(['alert active', 'daily ended'])
    expect((await readerOf(app, olena.email)).state).toBe('active')
    expect(await peekUnsubscribe(app, token)).toMatchObject({ this: null, others: 1, all: [] })
  })

  test('ends them all when that is requested, and then the reader is gone', async () => {
    await unsubscribe(app, await daily(), 'all')
    expect(await states()).toEqual(['alert ended', 'daily ended'])
    const { id, state, gone_at } = await readerOf(app, olena.email)
    expect([state, gone_at!.equals(app.now())]).toEqual(['gone', true])
    expect((await consentsOf(app.db, id)).at(-1)).toMatchObject({ kind: 'withdrawn' })
  })

  test('that ends the last active one ends the pending ones, too', async () => {
    await subscribe(app, { ...olena, cadence: 'weekly' }, network)
    await unsubscribe(app, await daily(), 'this')
    expect(await states()).toEqual(['alert active', 'daily ended', 'weekly pending'])
    const { subscriptions } = await readerOf(app, olena.email)
    await unsubscribe(app, await unsubscribeTokenOf(app, subscriptions[0]!), 'this')
    expect(await states()).toEqual(['alert ended', 'daily ended', 'weekly ended'])
    expect((await readerOf(app, olena.email)).state).toBe('gone')
  })

  test('of a mail that is for no single subscription ends them all', async () => {
    await unsubscribe(app, await tokenOf(app, olena.email, 'unsubscribe'), 'this')
    expect(await states()).toEqual(['alert ended', 'daily ended'])
  })

  test('can be used twice, and at the same moment, with the same outcome', async () => {
    const token = await daily()
    const outcomes = await Promise.all([1, 2, 3].map(() => unsubscribe(app, token, 'this')))
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['done', 'done', 'done'])
    const before = await readerOf(app, olena.email)
    app.clock.later({ hours: 1 })
    expect(await unsubscribe(app, token, 'this')).toEqual({ kind: 'done', ended: [] })
    expect(await readerOf(app, olena.email)).toEqual(before)
    expect((await consentsOf(app.db, before.id)).filter((one) => one.kind === 'withdrawn')).toHaveLength(1)
  })

  test('never expires, and is valid under every key that is kept', async () => {
    const token = await daily()
    app.clock.later({ hours: 24 * 365 * 10 })
    const rotated = {
      ...app,
      config: { ...app.config, secretKeys: ['a newer key', ...app.config.secretKeys] },
    }
    expect(await unsubscribe(rotated, token, 'all')).toMatchObject({ kind: 'done' })
    expect((await readerOf(app, olena.email)).state).toBe('gone')
  })

  test('voids the confirmations that are still in the mail', async () => {
    const { nonce } = await readerOf(app, olena.email)
    await unsubscribe(app, await daily(), 'this')
    expect((await readerOf(app, olena.email)).nonce).not.toBe(nonce)
  })

  test('for a deleted subscription changes nothing and is done', async () => {
    const token = await daily()
    await app.db.deleteFrom('subscribers').execute()
    expect(await unsubscribe(app, token, 'all')).toEqual({ kind: 'done', ended: [] })
    expect(await peekUnsubscribe(app, token)).toEqual({ kind: 'done' })
  })

  test('that was forged or made for something else ends nothing', async () => {
    const forged = signToken(['another key'], { purpose: 'unsubscribe', subject: 's1' })
    const crossed = signToken(app.config.secretKeys, { purpose: 'preferences', subject: '1' })
    const strange = signToken(app.config.secretKeys, { purpose: 'unsubscribe', subject: 'x1' })
    const subscription = (await readerOf(app, olena.email)).subscriptions[0]!.id
    const payload = { purpose: 'unsubscribe', subject: `s${subscription}` } as const
    const keyAlone = [undefined, newNonce()].map((nonce) =>
      signToken(app.config.secretKeys, nonce ? { ...payload, nonce } : payload),
    )
    for (const token of [forged, crossed, strange, ...keyAlone, '', 'x']) {
      expect(await unsubscribe(app, token, 'all')).toEqual({ kind: 'invalid' })
      expect(await peekUnsubscribe(app, token)).toEqual({ kind: 'invalid' })
    }
    expect(await states()).toEqual(['alert active', 'daily active'])
  })
})

describe('the undo of an unsubscription', () => {
  const undoOf = async (scope: 'this' | 'all' = 'all') => {
    const ended = await unsubscribe(app, await daily(), scope)
    return ended.kind === 'done' ? (ended.undo ?? '') : ''
  }

  test('takes back what ended, as if it had not been, once', async () => {
    const before = await readerOf(app, olena.email)
    const token = await undoOf()
    app.clock.later({ minutes: 50 })
    expect(await undoUnsubscribe(app, token)).toMatchObject({ kind: 'undone' })
    const { id, subscriptions, state } = await readerOf(app, olena.email)
    expect([state, subscriptions]).toEqual(['active', before.subscriptions])
    expect((await consentsOf(app.db, id)).at(-1)).toMatchObject({ kind: 'given', source: 'link' })
    await unsubscribe(app, await daily(), 'all')
    expect(await undoUnsubscribe(app, token)).toEqual({ kind: 'expired' })
    expect(await states()).toEqual(['alert ended', 'daily ended'])
  })

  test('brings back only what ended with it, and nothing that was never confirmed', async () => {
    await subscribe(app, { ...olena, cadence: 'weekly' }, network)
    await undoOf('this')
    app.clock.later({ minutes: 5 })
    const token = await undoOf('all')
    expect(await states()).toEqual(['alert ended', 'daily ended', 'weekly ended'])
    await undoUnsubscribe(app, token)
    expect(await states()).toEqual(['alert active', 'daily ended', 'weekly ended'])
  })

  test('works for an hour, and not for an address that complained', async () => {
    const late = await undoOf('this')
    app.clock.later({ minutes: 61 })
    expect(await undoUnsubscribe(app, late)).toEqual({ kind: 'expired' })
    const token = await undoOf('all')
    await suppressAddress(app, olena.email)
    expect(await undoUnsubscribe(app, token)).toEqual({ kind: 'invalid' })
    for (const other of [await daily(), '', 'x']) expect(await undoUnsubscribe(app, other)).toEqual({ kind: 'invalid' })
  })
})
