import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirm, peekConfirm, renewConfirmation } from '../../src/readers/confirm.ts'
import { peekPreferences } from '../../src/readers/preferences.ts'
import { signToken } from '../../src/readers/rules/token.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { network, olena } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { kindsTo, readerOf, suppressAddress, tokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { unnumberedMatch } from './unnumbered-match.ts'

let app: TestApp
let token: string
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(async () => {
  await emptyTables(app.db)
  await subscribe(app, olena, network)
  token = await tokenOf(app, olena.email, 'confirm')
})
afterAll(() => app.close())

describe('a confirmation link', () => {
  test('shows what it would confirm and changes nothing, however often a scanner opens it', async () => {
    const before = await readerOf(app, olena.email)
    for (let n = 0; n < 3; n++) {
      expect(await peekConfirm(app, token)).toMatchObject({ kind: 'open', email: olena.email })
    }
    expect(await readerOf(app, olena.email)).toEqual(before)
  })

  test('activates the reader and their subscriptions, and gives them the link to their preferences', async () => {
    const done = await confirm(app, token)
    expect(done).toMatchObject({ kind: 'confirmed', subscriptions: [{ cadence: 'daily', state: 'active' }] })
    const { id, state } = await readerOf(app, olena.email)
    expect(state).toBe('active')
    expect((await consentsOf(app.db, id)).map((one) => one.kind)).toEqual(['requested', 'confirmed'])
    const page = done.kind === 'confirmed' ? done.preferencesLink : ''
    expect(await peekPreferences(app, page.split('/p/')[1]!)).toMatchObject({ kind: 'open' })
  })

  test('starts the subscription after every match that was found by then, numbered or not', async () => {
    await unnumberedMatch(app.db)
    await confirm(app, token)
    const { subscriptions } = await readerOf(app, olena.email)
    const { rows } = await sql<{ position: number }>`select position from matches`.execute(app.db)
    expect(rows).toEqual([{ position: 1 }])
    expect(subscriptions[0]!.from_position).toBe(1)
  })

  test('works once, also for two who press at the same moment', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => confirm(app, token)))
    expect(outcomes.map((one) => one.kind).sort()).toEqual(['already', 'already', 'confirmed'])
    expect(await peekConfirm(app, token)).toEqual({ kind: 'already' })
  })

  test('confirms nothing that is requested after it was used', async () => {
    await confirm(app, token)
    await subscribe(app, { ...olena, cadence: 'alert' }, network)
    expect(await confirm(app, token)).toEqual({ kind: 'expired' })
    expect((await readerOf(app, olena.email)).subscriptions.map((one) => one.state)).toEqual(['pending', 'active'])
  })

  test('confirms nothing after the reader has left and requested a new one', async () => {
    await confirm(app, token)
    await unsubscribe(app, await tokenOf(app, olena.email, 'unsubscribe'), 'all')
    expect(await confirm(app, token)).toEqual({ kind: 'invalid' })
    await subscribe(app, olena, network)
    expect(await confirm(app, token)).toEqual({ kind: 'expired' })
    expect(await readerOf(app, olena.email)).toMatchObject({ state: 'pending', subscriptions: [{ state: 'pending' }] })
  })

  test('is void once the reader has unsubscribed instead', async () => {
    await unsubscribe(app, await tokenOf(app, olena.email, 'unsubscribe'), 'all')
    expect(await confirm(app, token)).toEqual({ kind: 'invalid' })
  })

  test('that is older than 7 days confirms nothing, and a fresh one can be requested', async () => {
    app.clock.later({ hours: 7 * 24 + 1 })
    expect(await peekConfirm(app, token)).toEqual({ kind: 'expired' })
    expect(await confirm(app, token)).toEqual({ kind: 'expired' })
    expect(await readerOf(app, olena.email)).toMatchObject({ state: 'pending' })
    const renewed = await Promise.all([1, 2].map(() => renewConfirmation(app, token)))
    expect(renewed).toContainEqual({ kind: 'mailed' })
    expect(renewed).toContainEqual({ kind: 'limited', from: app.now().add({ hours: 24 }) })
    expect(await kindsTo(app, olena.email)).toEqual(['confirmation', 'confirmation'])
    const fresh = await tokenOf(app, olena.email, 'confirm')
    expect(await confirm(app, fresh)).toMatchObject({ kind: 'confirmed' })
  })

  test('is not renewed when nothing is pending', async () => {
    await confirm(app, token)
    app.clock.later({ hours: 48 })
    expect(await renewConfirmation(app, token)).toEqual({ kind: 'nothing' })
    expect(await kindsTo(app, olena.email)).toEqual(['confirmation'])
  })

  test('of a suppressed address confirms nothing', async () => {
    await suppressAddress(app, olena.email)
    expect(await confirm(app, token)).toEqual({ kind: 'invalid' })
  })

  test('that was forged or made for something else confirms nothing', async () => {
    const { id, nonce } = await readerOf(app, olena.email)
    const expiresAt = app.now().add({ hours: 1 })
    const forged = signToken(['another key'], { purpose: 'confirm', subject: String(id), nonce, expiresAt })
    const tokens = [forged, await tokenOf(app, olena.email, 'preferences'), `${token}0`, '', '../c', 'x'.repeat(9999)]
    for (const one of tokens) expect(await confirm(app, one)).toEqual({ kind: 'invalid' })
    for (const one of tokens) expect(await renewConfirmation(app, one)).toEqual({ kind: 'invalid' })
    expect(await readerOf(app, olena.email)).toMatchObject({ state: 'pending' })
  })

  test('confirms all that is pending, also what was requested after it was mailed', async () => {
    await subscribe(app, { ...olena, cadence: 'alert' }, network)
    expect(await peekConfirm(app, token)).toMatchObject({
      subscriptions: [{ cadence: 'alert' }, { cadence: 'daily' }],
    })
    expect(await confirm(app, token)).toMatchObject({
      subscriptions: [{ cadence: 'alert' }, { cadence: 'daily' }],
    })
  })
})
