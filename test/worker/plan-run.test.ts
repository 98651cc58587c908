import { afterAll, beforeAll, expect, test } from 'vitest'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { planRun } from '../../src/worker/plan-run.ts'
import { john, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ at: '2026-11-23T05:00:00Z', sink: true })
})
afterAll(() => app.close())

test('a plan counts the active subscriptions that have no welcome digest yet', async () => {
  await join(app, olena, john)
  await addSubscriber(app, { ...olena, email: 'pending@example.org' }, { actor: 'test' })
  expect(await planRun(app)).toMatchObject({ newSubscriptions: 2 })
  await welcomeNewcomers(app)
  expect(await planRun(app)).toMatchObject({ newSubscriptions: 0 })
})
