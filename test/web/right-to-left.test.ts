import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { placeClaims } from '../../src/stories/place-claims.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { saveEntry } from '../support/save-entry.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let feed: number

const claims = [
  'UNHCR: نزحت 12,500 أسرة من الفاشر إلى تشاد، بحسب المنظمة الدولية للهجرة.',
  'قصفت المسيّرات محطة كهرباء مروي فانقطع التيار عن 3 ولايات.',
]
const html = `<article dir="rtl"><h2>أهم النقاط</h2><ul>${claims.map((claim) => `<li>${claim}</li>`).join('')}</ul><h2>الفاشر</h2><p>قال المتحدث باسم البعثة نادر سليم إن المدنيين عالقون في المدينة.</p></article>`

beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
  const now = app.now()
  feed = (await insertFeed(app.db, { url: 'https://wadi.example/rss', title: 'جريدة الوادي', now }))!.id
  const entry = {
    key: 'one',
    url: 'https://wadi.example/one',
    title: 'UNHCR في السودان: نشرة الأسبوع',
    author: null,
    html,
  }
  await saveEntry(app.db, feed, { ...entry, publishedAt: now, backfill: false, contentHash: 'a' }, now)
  await readRevisions(app)
  await placeClaims(app)
  app.clock.later({ minutes: 20 })
})
afterAll(() => app.close())

const get = async (path: string) => (await pages.get(path)).text()

test('the page of an Arabic report has its title, its list of takeaways and its passages from right to left', async () => {
  const { id } = await app.db.selectFrom('items').select('id').executeTakeFirstOrThrow()
  const page = await get(`/items/${id}`)
  expect(page).toContain('<h1 lang="ar" dir="rtl">UNHCR')
  expect(page).toContain('<ol class="claims" lang="ar" dir="rtl">')
  expect(page).toContain('<p class="claim">UNHCR')
  expect(page).toContain('<p class="soft small" lang="en" dir="ltr">Stated by the publisher')
  expect(page).toContain('<div class="passages" lang="ar" dir="rtl">')
  expect(page).toMatch(/Words: \u2068[^,]+\u2069, \u2068/)
})

test('the pages of a story and of its day do so too, and keep the name of an Arabic source beside its time', async () => {
  const { story_id } = await app.db
    .selectFrom('story_claims as c')
    .innerJoin('takeaways as t', 't.id', 'c.wording')
    .select('c.story_id')
    .where('t.text', '=', claims[0]!)
    .executeTakeFirstOrThrow()
  const story = await get(`/stories/${story_id}`)
  expect(story).toMatch(/<h1 lang="ar" dir="rtl">/)
  expect(story).toContain('<li lang="ar" dir="rtl">')
  expect(story).toContain('<p class="kicker" lang="en" dir="ltr">\u2068جريدة الوادي\u2069 · ')
  const day = await get(`/days/${app.now().toString().slice(0, 10)}`)
  expect(day).toMatch(/<h3 lang="ar" dir="rtl"><a [^>]*>UNHCR/)
  expect(day).toContain('Sources: \u2068جريدة الوادي\u2069')
})

test('admins see the titles of an Arabic feed in their direction', async () => {
  const page = await (await pages.get(`/admin/feeds/${feed}`, await pages.signIn())).text()
  expect(page).toMatch(/<h1(?: lang="ar" dir="rtl"| dir="auto")>جريدة الوادي/)
})

test('lists and quotations of pages follow the direction of their text', async () => {
  const href = /href="([^"]*\.css[^"]*)"/.exec(await get('/editions'))?.[1] ?? ''
  const sheet = await get(href)
  for (const rule of ['.claims', '.timeline > li', 'blockquote', '.passage.quote p'])
    expect(sheet).toMatch(new RegExp(`${RegExp.escape(rule)} \\{[^}]*(?:padding|border)-inline-start`))
})
