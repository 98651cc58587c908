import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { confirm } from '../../src/readers/confirm.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { findSubscriber } from '../../src/readers/store/subscribers.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { tidyUp } from '../../src/worker/tidy.ts'
import { john, mira, network, olena, taras } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { join, joinAndLeave, mailsTo, readerOf, tokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const days = (n: number) => app.clock.later({ hours: 24 * n })

describe('a sign-up that nobody confirmed', () => {
  test('is forgotten after 30 days with its address and consent, and its mail stays in the ledger', async () => {
    await subscribe(app, olena, network)
    const { id } = await readerOf(app, olena.email)
    const token = await tokenOf(app, olena.email, 'confirm')
    days(29)
    await tidyUp(app)
    expect(await readerOf(app, olena.email)).toMatchObject({ id, state: 'pending' })
    days(2)
    await tidyUp(app)
    const forgotten = await findSubscriber(app.db, id)
    expect(forgotten).toMatchObject({ state: 'gone', email: `unconfirmed-${id}@erased.invalid` })
    expect(await consentsOf(app.db, id)).toEqual([])
    expect(await mailsTo(app, forgotten!.email)).toHaveLength(1)
    expect((await confirm(app, token)).kind).not.toBe('confirmed')
  })

  test('stays when it was asked for again since', async () => {
    await subscribe(app, olena, network)
    days(29)
    await subscribe(app, olena, network)
    days(2)
    await tidyUp(app)
    expect(await readerOf(app, olena.email)).toMatchObject({ state: 'pending' })
  })

  test('of a former reader leaves the reader gone, with the address', async () => {
    await joinAndLeave(app, taras)
    days(2)
    await subscribe(app, taras, network)
    expect(await readerOf(app, taras.email)).toMatchObject({ state: 'pending' })
    days(31)
    await tidyUp(app)
    expect(await readerOf(app, taras.email)).toMatchObject({ state: 'gone', subscriptions: [{ state: 'ended' }] })
  })

  test('changes nothing for readers who confirmed', async () => {
    await join(app, john, mira)
    days(60)
    await tidyUp(app)
    for (const { email } of [john, mira]) expect(await readerOf(app, email)).toMatchObject({ state: 'active' })
  })
})
