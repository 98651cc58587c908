import { afterAll, beforeAll, expect, test } from 'vitest'
import { countFollowers, readersByTopic } from '../../src/readers/store/topic-followers.ts'
import { topicNames } from '../../src/reading/store/topics.ts'
import { john, mira, olena } from '../support/people.ts'
import { join, readerOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  await join(app, olena, john, mira)
})
afterAll(() => app.close())

test('a list counts the same readers of each topic as the topic alone, and no subscription that has ended', async () => {
  const before = await readersByTopic(app.db)
  const { subscriptions } = await readerOf(app, olena.email)
  const ended = subscriptions.map(({ id }) => id)
  await app.db.updateTable('subscriptions').set({ state: 'ended' }).where('id', 'in', ended).execute()
  const after = await readersByTopic(app.db)
  expect(after.get('displacement')).toBe(before.get('displacement')! - 1)
  for (const { slug } of await topicNames(app.db))
    expect([slug, after.get(slug) ?? 0]).toEqual([slug, (await countFollowers(app.db, slug)).readers])
})
