import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareDatabase } from '../../src/admin/prepare-database.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { planRun } from '../../src/worker/plan-run.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { john, join, olena } from '../support/people.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk('2026-11-23T05:00:00Z')
  await prepareDatabase(desk.app)
})
afterAll(() => desk.close())

test('a plan counts the active subscriptions that have no welcome digest yet', async () => {
  await join(desk.app, olena, john)
  await addSubscriber(desk.app, { ...olena, email: 'pending@example.org' }, { actor: 'test' })
  expect(await planRun(desk.app)).toMatchObject({ newSubscriptions: 2 })
  await welcomeNewcomers(desk.app)
  expect(await planRun(desk.app)).toMatchObject({ newSubscriptions: 0 })
})
