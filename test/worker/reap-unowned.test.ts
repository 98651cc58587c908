import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Claim, claimDeliveries } from '../../src/delivery/store/claims.ts'
import { reapUnownedDeliveries } from '../../src/worker/recover.ts'
import { createDigest } from '../support/deliveries.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const begin = Temporal.Now.instant().add({ minutes: 10 })

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ at: begin, sink: true })
  await createDigest(app, 4)
})
afterEach(() => app.close())

const ledger = () => app.db.selectFrom('deliveries').select(['state', 'due_at', 'reason']).orderBy('id').execute()
const claim = (count: number) => claimDeliveries(app.db, app.worker.id, app.now(), count)
const submit = ({ id }: Claim) =>
  app.db.updateTable('deliveries').set({ state: 'submitted' }).where('id', '=', id).execute()
const loseClaims = () => app.db.deleteFrom('claims').execute()

test('a claimed delivery without a claim is due again, and a submitted one is unknown', async () => {
  const [first] = await claim(2)
  await submit(first!)
  await loseClaims()
  expect(await reapUnownedDeliveries(app)).toBe(2)
  expect(await ledger()).toMatchObject([
    { state: 'unknown', due_at: null, reason: 'no worker waited for the reply of the relay' },
    { state: 'due', due_at: begin, reason: null },
    { state: 'due' },
    { state: 'due' },
  ])
})

test('a confirmation is due again even when it was submitted, since it may arrive twice', async () => {
  await app.db.updateTable('editions').set({ kind: 'confirmation' }).execute()
  await submit((await claim(1))[0]!)
  await loseClaims()
  expect(await reapUnownedDeliveries(app)).toBe(1)
  expect(await ledger()).toMatchObject([{ state: 'due' }, {}, {}, {}])
})

test('a claimed delivery that never had a claim is found too', async () => {
  await app.db.updateTable('deliveries').set({ state: 'claimed', due_at: null }).where('id', '=', 1).execute()
  expect(await reapUnownedDeliveries(app)).toBe(1)
  expect(await ledger()).toMatchObject([{ state: 'due' }, {}, {}, {}])
})

test('the claims of a living worker stay, at every run', async () => {
  const [first] = await claim(2)
  await submit(first!)
  for (let run = 0; run < 3; run++) expect(await reapUnownedDeliveries(app)).toBe(0)
  expect(await ledger()).toMatchObject([{ state: 'submitted' }, { state: 'claimed' }, {}, {}])
})

test('a claim that is lost after many runs is found at the next one', async () => {
  await claim(1)
  for (let run = 0; run < 3; run++) await reapUnownedDeliveries(app)
  await claim(1)
  await loseClaims()
  expect(await reapUnownedDeliveries(app)).toBe(2)
})
