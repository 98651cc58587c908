import type { KyselyPlugin } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eligibilityFilters } from '../../src/delivery/eligibility.ts'
import { claimDeliveries } from '../../src/delivery/store/claims.ts'
import { pauseEdition } from '../../src/delivery/store/pauses.ts'
import { createDigest } from '../support/deliveries.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

/** Sends a claimed batch through the filters; gives how many statements each one makes, and which mails passed. */
async function filterBatch(): Promise<{ statements: number[]; passed: number }> {
  app.clock.at(Temporal.Now.instant().add({ minutes: 1 }))
  let count = 0
  const counter: KyselyPlugin = {
    transformQuery({ node }) {
      count += 1
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const ledger = app.ledger.withPlugin(counter)
  let begins = (await claimDeliveries(app.ledger, app.worker.id, app.now(), 100)).map((claim) => ({
    claim,
    suppressionHash: '',
  }))
  const statements: number[] = []
  for (const filter of eligibilityFilters) {
    count = 0
    begins = await filter({ ...app, ledger, now: app.now }, begins)
    statements.push(count)
  }
  return { statements, passed: begins.length }
}

test('a batch is checked by three statements: for readers who left, for editions and their items, and for mail domains', async () => {
  await createDigest(app, 20)
  const { statements, passed } = await filterBatch()
  expect(statements.reduce((sum, one) => sum + one)).toBe(3)
  expect([passed, Math.max(...statements)]).toEqual([20, 1])
})

test('a paused edition costs one statement more, which releases its claims', async () => {
  await pauseEdition(app.db, await createDigest(app, 20), '554 5.7.1 spam', app.now())
  const { statements, passed } = await filterBatch()
  expect([passed, Math.max(...statements)]).toEqual([0, 2])
})
