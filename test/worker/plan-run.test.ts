import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { planRun } from '../../src/worker/plan-run.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { john, olena } from '../support/people.ts'
import { join, suppressAddress } from '../support/readers.ts'
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

test('a plan counts the due mails as the sender begins them: without readers who left, suppressed ones and copies not allowed', async () => {
  const edition = await createEdition(app, { kind: 'daily', slug: 'due', subject: 'Due' })
  const emails = ['stays@example.org', 'left@example.org', 'dead@example.org', 'other@example.net']
  await join(app, ...emails.map((email) => ({ ...olena, email })))
  for (const email of emails) await createDelivery(app, edition, email, { state: 'due' })
  await app.db.updateTable('deliveries').set({ due_at: app.now() }).where('edition_id', '=', edition.id).execute()
  await app.db.updateTable('subscribers').set({ state: 'gone' }).where('email', '=', 'left@example.org').execute()
  await suppressAddress(app, 'dead@example.org')
  const planned = async () => (await planRun(app)).due.find(({ kind }) => kind === 'daily')
  expect(await planned()).toMatchObject({ count: 2, sample: ['stays@example.org', 'other@example.net'] })
  const allowlist = ['example.net']
  const config = { ...app.config, sendAllowlist: allowlist }
  expect((await planRun({ ...app, config })).due).toMatchObject([
    { kind: 'daily', count: 1, sample: ['other@example.net'] },
  ])
  const before = app.sink.messages.length
  await deliverMail(app)
  const sent = app.sink.messages.slice(before).filter(({ parsed }) => parsed.subject === 'Due')
  expect(sent.flatMap(({ to }) => to).toSorted()).toEqual(['other@example.net', 'stays@example.org'])
})
