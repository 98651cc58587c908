import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirm, peekConfirm, renewConfirmation } from '../../src/readers/confirm.ts'
import { peekPreferences } from '../../src/readers/preferences.ts'
import { signToken } from '../../src/readers/rules/token.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { suppress } from '../../src/readers/store/suppressions.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { form, olena, openPeople, type People } from './readers-app.ts'
import { unnumberedMatch } from './unnumbered-match.ts'

let people: People
let token: string
beforeAll(async () => {
  people = await openPeople()
})
beforeEach(async () => {
  await people.empty()
  await subscribe(people.app, olena, form)
  token = await people.token(olena.email, 'confirm')
})
afterAll(() => people.close())

describe('a confirmation link', () => {
  test('shows what it would confirm and changes nothing, however often a scanner opens it', async () => {
    const before = await people.reader(olena.email)
    for (let n = 0; n < 3; n++) {
      expect(await peekConfirm(people.app, token)).toMatchObject({ kind: 'open', email: olena.email })
    }
    expect(await people.reader(olena.email)).toEqual(before)
  })

  test('activates the reader and their subscriptions, and gives them the link to their preferences', async () => {
    const done = await confirm(people.app, token)
    expect(done).toMatchObject({ kind: 'confirmed', subscriptions: [{ cadence: 'daily', state: 'active' }] })
    const { id, state } = await people.reader(olena.email)
    expect(state).toBe('active')
    expect((await consentsOf(people.app.db, id)).map((one) => one.kind)).toEqual(['requested', 'confirmed'])
    const page = done.kind === 'confirmed' ? done.preferencesLink : ''
    expect(await peekPreferences(people.app, page.split('/p/')[1]!)).toMatchObject({ kind: 'open' })
  })

  test('starts the subscription after every match that was found by then, numbered or not', async () => {
    await unnumberedMatch(people.app.db)
    await confirm(people.app, token)
    const { subscriptions } = await people.reader(olena.email)
    const { rows } = await sql<{ position: number }>`select position from matches`.execute(people.app.db)
    expect(rows).toEqual([{ position: 1 }])
    expect(subscriptions[0]!.from_position).toBe(1)
  })

  test('works once, also for two who press at the same moment', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => confirm(people.app, token)))
    expect(outcomes.map((one) => one.kind).sort()).toEqual(['already', 'already', 'confirmed'])
    expect(await peekConfirm(people.app, token)).toEqual({ kind: 'already' })
  })

  test('confirms nothing that is requested after it was used', async () => {
    await confirm(people.app, token)
    await subscribe(people.app, { ...olena, cadence: 'alert' }, form)
    expect(await confirm(people.app, token)).toEqual({ kind: 'expired' })
    expect((await people.reader(olena.email)).subscriptions.map((one) => one.state)).toEqual(['pending', 'active'])
  })

  test('confirms nothing after the reader has left and requested a new one', async () => {
    await confirm(people.app, token)
    await unsubscribe(people.app, await people.token(olena.email, 'unsubscribe'), 'all')
    expect(await confirm(people.app, token)).toEqual({ kind: 'invalid' })
    await subscribe(people.app, olena, form)
    expect(await confirm(people.app, token)).toEqual({ kind: 'expired' })
    expect(await people.reader(olena.email)).toMatchObject({ state: 'pending', subscriptions: [{ state: 'pending' }] })
  })

  test('is void once the reader has unsubscribed instead', async () => {
    await unsubscribe(people.app, await people.token(olena.email, 'unsubscribe'), 'all')
    expect(await confirm(people.app, token)).toEqual({ kind: 'invalid' })
  })

  test('that is older than 7 days confirms nothing, and a fresh one can be requested', async () => {
    people.later({ hours: 7 * 24 + 1 })
    expect(await peekConfirm(people.app, token)).toEqual({ kind: 'expired' })
    expect(await confirm(people.app, token)).toEqual({ kind: 'expired' })
    expect(await people.reader(olena.email)).toMatchObject({ state: 'pending' })
    await Promise.all([1, 2].map(() => renewConfirmation(people.app, token)))
    expect(await people.mails(olena.email)).toEqual(['confirmation', 'confirmation'])
    const fresh = await people.token(olena.email, 'confirm')
    expect(await confirm(people.app, fresh)).toMatchObject({ kind: 'confirmed' })
  })

  test('is not renewed when nothing is pending', async () => {
    await confirm(people.app, token)
    people.later({ hours: 48 })
    expect(await renewConfirmation(people.app, token)).toEqual({ kind: 'received' })
    expect(await people.mails(olena.email)).toEqual(['confirmation'])
  })

  test('of a suppressed address confirms nothing', async () => {
    await people.app.db.transaction().execute((tx) => suppress(tx, olena.email, 'complaint', people.app.now()))
    expect(await confirm(people.app, token)).toEqual({ kind: 'invalid' })
  })

  test('that was forged or made for something else confirms nothing', async () => {
    const { id, nonce } = await people.reader(olena.email)
    const expiresAt = people.app.now().add({ hours: 1 })
    const forged = signToken(['another key'], { purpose: 'confirm', subject: String(id), nonce, expiresAt })
    const tokens = [forged, await people.token(olena.email, 'preferences'), `${token}0`, '', '../c', 'x'.repeat(9999)]
    for (const one of tokens) expect(await confirm(people.app, one)).toEqual({ kind: 'invalid' })
    for (const one of tokens) expect(await renewConfirmation(people.app, one)).toEqual({ kind: 'invalid' })
    expect(await people.reader(olena.email)).toMatchObject({ state: 'pending' })
  })

  test('confirms all that is pending, also what was requested after it was mailed', async () => {
    await subscribe(people.app, { ...olena, cadence: 'alert' }, form)
    expect(await peekConfirm(people.app, token)).toMatchObject({
      subscriptions: [{ cadence: 'alert' }, { cadence: 'daily' }],
    })
    expect(await confirm(people.app, token)).toMatchObject({
      subscriptions: [{ cadence: 'alert' }, { cadence: 'daily' }],
    })
  })
})
