import { afterAll, beforeAll, expect, it } from 'vitest'
import { withChangesNoted } from '../../src/editions/mail/web-copy.ts'
import { changedSince } from '../../src/editions/store/mailed-takeaways.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { rssOf } from '../parsing/entries.ts'
import { insertFeedAt, pollAgain } from '../support/feeds.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ feedServer: true })
})
afterAll(() => app.close())

const list = (...takeaways: string[]) => {
  const items = takeaways.map((takeaway) => `&lt;li&gt;${takeaway}&lt;/li&gt;`)
  return `&lt;p&gt;Key Takeaways:&lt;/p&gt;&lt;ul&gt;${items.join('')}&lt;/ul&gt;`
}
const kept = 'Russian forces struck a power plant near Odesa overnight.'
const first = 'Officials said that 300 families left the eastern district.'

it('the web copy notes the takeaways that changed after they were mailed, and no others', async () => {
  const url = await insertFeedAt(app, '/feed')
  app.feedServer.set('/feed', { body: rssOf([{ id: 'a', title: 'Morning', text: list(kept, first) }]) })
  await pollDueFeeds(app)
  await readRevisions(app)
  const mailed = (await app.db.selectFrom('takeaways').select('id').execute()).map(({ id }) => id)
  expect(await changedSince(app.db, mailed)).toEqual([])
  const corrected = first.replace('300', '200')
  app.feedServer.set('/feed', { body: rssOf([{ id: 'a', title: 'Morning', text: list(kept, corrected) }]) })
  await pollAgain(app, url)
  await readRevisions(app)
  const changes = await changedSince(app.db, mailed)
  expect(changes).toMatchObject([{ text: first, textKept: false, title: 'Morning', titleNow: 'Morning' }])
  const page = withChangesNoted('<html><body class="x"><p>Mail</p></body></html>', { changes })
  expect(page).toContain('Changes since this mail was sent')
  expect(page).toContain(first)
  expect(page).not.toContain(kept)
  expect(withChangesNoted('<body></body>', { changes: [{ ...changes[0]!, textKept: true, title: '<b>' }] })).toContain(
    '“&lt;b&gt;” is now called',
  )
})
