import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DeliveryFilter, listDeliveries } from '../../src/delivery/store/deliveries.ts'
import { createDigest } from '../support/deliveries.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let first: number
let second: number

/** Two editions for the same three readers; reader 1 has accepted the first. */
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  first = await createDigest(app, 3, { key: 'first' })
  second = await createDigest(app, 3, { key: 'second' })
  const { db } = app
  await db.updateTable('deliveries').set({ at: app.now() }).execute()
  await db
    .updateTable('deliveries')
    .set({ state: 'accepted', at: app.now().add({ minutes: 1 }) })
    .where('id', '=', 1)
    .execute()
})
afterEach(() => app.close())

const ids = async (filter: Omit<DeliveryFilter, 'limit'>, limit = 10) =>
  (await listDeliveries(app.db, { ...filter, limit })).map(({ id }) => id)

test('deliveries are listed newest first', async () => {
  expect(await ids({})).toEqual([6, 5, 4, 3, 2, 1])
})

test('a list has the deliveries of one edition, one reader, one state, and of the pages after the first', async () => {
  const [row] = await listDeliveries(app.db, { state: 'accepted', limit: 10 })
  expect(row).toMatchObject({ id: 1, key: 'first', slug: 'first', kind: 'daily', subject: 'A digest' })
  expect(await ids({ edition: first })).toEqual([3, 2, 1])
  expect(await ids({ edition: second, email: row!.email })).toEqual([4])
  expect(await ids({ subscriber: row!.subscriber_id })).toEqual([4, 1])
  expect(await ids({ before: 5 }, 2)).toEqual([4, 3])
})
