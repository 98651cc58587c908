import { afterEach, beforeEach, expect, test } from 'vitest'
import { previewDigest } from '../../src/editions/preview-digest.ts'
import { withholdItem } from '../../src/editions/withhold-item.ts'
import type { Withheld } from '../../src/platform/db/tables/feeds.ts'
import { numberMatches } from '../../src/reading/store/takeaways.ts'
import { composeOn, welcomed } from '../editions/edit-mails.ts'
import { pagesOf } from '../support/pages.ts'
import { olena, topics } from '../support/people.ts'
import { linksOf } from '../support/readers.ts'
import { plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app.close())

const words = '8,000 homes'

/** Every public page and feed that tells of the report, and a preview of the next digest. */
async function placesOf(story: number): Promise<string[]> {
  const pages = pagesOf(app)
  const paths = ['/items/1', `/stories/${story}`, '/days/2026-11-23', '/topics/infrastructure-strikes', '/editions']
  const feeds = ['/topics/infrastructure-strikes/atom.xml', '/topics/infrastructure-strikes/feed.json']
  const texts = await Promise.all([...paths, ...feeds].map(async (path) => (await pages.get(path)).text()))
  return [...texts, (await previewDigest(app, topics, 48)).text]
}

test.each<Withheld>(['held', 'withdrawn'])(
  'a report that is %s stands on no page, in no feed and in no preview',
  async (as) => {
    await welcomed(app, olena)
    await tell(app, plantHit)
    await app.db.transaction().execute(numberMatches)
    const story = await storyOf(app, plantHit)
    const before = await placesOf(story)
    expect(before.filter((text) => text.includes(words))).toHaveLength(before.length)
    await composeOn(app, 24)
    await withholdItem(app, { item: 1, as, actor: 'test', reason: 'The figure was invented.' })
    expect((await placesOf(story)).filter((text) => text.includes(words))).toEqual([])
    const page = await (await pagesOf(app).get('/items/1')).text()
    expect(page).toContain(as === 'held' ? 'This report is held' : 'This report was withdrawn')
    expect(page.includes('The figure was invented.')).toBe(as === 'withdrawn')
    const { slug } = await app.db
      .selectFrom('editions')
      .select('slug')
      .where('kind', '=', 'daily')
      .executeTakeFirstOrThrow()
    const copy = await (await pagesOf(app).get(`/editions/${slug}`)).text()
    expect(copy).toContain(as === 'held' ? 'we hold the report' : 'we withdrew the report')
    const admin = await pagesOf(app).signIn()
    expect(await (await pagesOf(app).get('/admin/items/1', admin)).text()).toContain('The figure was invented.')
  },
)

test('the page of a story counts what it shows, where its newest report is held', async () => {
  await tell(app, plantHit, plantStops)
  const path = `/stories/${await storyOf(app, plantHit)}`
  const pages = pagesOf(app)
  const page = async () => (await pages.get(path)).text()
  expect(await page()).toContain('2 reports of 2 publishers, from Mon 23 Nov, 12:00 to')
  await withholdItem(app, { item: 2, as: 'held', actor: 'test', reason: 'doubtful' })
  expect(await page()).toContain('1 report of 1 publisher, Mon 23 Nov 2026, 12:00')
  expect(await page()).not.toMatch(/older claim|are not shown/)
  await withholdItem(app, { item: 1, as: 'held', actor: 'test', reason: 'doubtful' })
  expect((await pages.get(path)).status).toBe(404)
})

test('a private feed leaves a held report out', async () => {
  await welcomed(app, olena)
  await tell(app, plantHit)
  const { preferences } = await linksOf(app, olena.email)
  const page = await (await pagesOf(app).get(preferences)).text()
  const [, feed] = /href="[^"]*(\/f\/[^"]+)"/.exec(page) ?? []
  const told = async () => (await (await pagesOf(app).get(feed!)).text()).includes(words)
  expect(await told()).toBe(true)
  await withholdItem(app, { item: 1, as: 'held', actor: 'test', reason: 'doubtful' })
  expect(await told()).toBe(false)
})
