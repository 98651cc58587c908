import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyStories } from '../support/many-stories.ts'
import { structureFaults } from '../support/page-structure.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { depotBurns, plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const later = {
  feed: 'desk',
  title: 'Power plant of Dara still without power after missile strike',
  text: 'The power plant of Dara remains without power after missiles hit it, and 8,000 homes are without electricity.',
}

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp({ at: '2026-11-23T21:00:00Z' })
  pages = pagesOf(app)
  await tell(app, depotBurns, plantHit, plantStops)
  app.clock.at('2026-11-24T09:00:00Z')
  await tell(app, later)
})
afterAll(() => app.close())

const get = async (path: string) => {
  const answer = await pages.get(path)
  return { status: answer.status, page: await answer.text() }
}

describe('the page of a day', () => {
  test('tells the stories of all topics, that of most publishers first, with quotes and sources', async () => {
    const { page } = await get('/days/2026-11-23')
    expect(page).toContain('2 stories from 3 reports of 2 feeds.')
    expect(page.indexOf(plantStops.title)).toBeGreaterThan(0)
    expect(page.indexOf(plantStops.title)).toBeLessThan(page.indexOf(depotBurns.title))
    expect(page).toContain(
      '<p>The power plant of Dara stopped after missiles hit it; 8,000 homes are without electricity.</p>',
    )
    expect(page).toMatch(/<a href="https:\/\/desk\.example\/[^"]+" rel="noreferrer">wire, 21:20<\/a>/)
    expect(page).toContain(`<a href="/stories/${await storyOf(app, plantHit)}">`)
  })

  test('says of a story that was told the day before that it continues, and keeps each claim on its day', async () => {
    const [monday, tuesday] = [(await get('/days/2026-11-23')).page, (await get('/days/2026-11-24')).page]
    expect(monday).not.toContain(later.title)
    expect(monday).not.toContain('Continuing')
    expect(tuesday).toMatch(/<h2>Continuing, and from earlier<\/h2>[\s\S]*Power plant of Dara still without power/)
    expect(tuesday).not.toContain('stopped after missiles hit it')
  })

  test('has a chart of its reports by hour, and leads to the days before and after', async () => {
    const { page } = await get('/days/2026-11-23')
    expect(page).toContain('<td>Mon 23 Nov, 21:00</td><td class="n">3</td>')
    expect(page).toContain('<a href="/days/2026-11-24" rel="next">After: Tue 24 Nov</a>')
    expect(page).not.toContain('rel="prev"')
    expect((await get('/days/2026-11-24')).page).toContain('so far. Times are UTC.')
  })

  test('says what it is to search engines and screen readers', async () => {
    const { page } = await get('/days/2026-11-23')
    expect(structureFaults(page, `${app.config.publicUrl}/days/2026-11-23`)).toEqual([])
    expect(page).toContain('content="The briefing of Monday, 23 November 2026: Power plant of Dara')
  })

  test.each([
    ['2026-11-22', 404, 'Reports of this day that it read later are not on this page.'],
    ['2999-01-01', 404, 'This day has not begun.'],
    ['2026-02-30', 400, 'Give the day as in /days/2026-11-23.'],
    ['9999-12-31', 400, 'Give the day as in /days/2026-11-23.'],
    ['0000-01-01', 400, 'Give the day as in /days/2026-11-23.'],
    ['today', 400, 'Give the day as in /days/2026-11-23.'],
    ["'--", 400, 'Give the day as in /days/2026-11-23.'],
  ])('/days/%s is answered with %i and a sentence', async (date, status, sentence) => {
    const answer = await get(`/days/${date}`)
    expect(answer.status).toBe(status)
    expect(answer.page).toContain(sentence)
  })
})

test('a day whose reports no longer say anything keeps its page, to which others lead, and says so', async () => {
  const corrected = await openTestApp()
  const own = pagesOf(corrected)
  await tell(corrected, plantHit)
  const says = async () => (await own.get('/days/2026-11-23')).text()
  expect(await says()).not.toContain('no longer say')
  await corrected.db.updateTable('takeaways').set({ current: false }).execute()
  const [page, lists] = [await says(), await (await own.get('/editions')).text()]
  await corrected.close()
  expect(lists).toContain('href="/days/2026-11-23"')
  expect(page).toContain('The reports no longer say what this page tells.')
  expect(page).toContain(plantHit.title)
})

test('a day of too many stories keeps those of most publishers, though others are newer', async () => {
  const busy = await openTestApp()
  await tell(busy, plantHit, plantStops, depotBurns)
  const { wording } = await busy.db
    .selectFrom('story_claims')
    .select('wording')
    .where('story_id', '=', await storyOf(busy, depotBurns))
    .executeTakeFirstOrThrow()
  await copyStories(busy, wording, 200)
  const page = await (await pagesOf(busy).get('/days/2026-11-23')).text()
  await busy.close()
  expect(page).toContain(plantStops.title)
  expect(page).toContain('Stories of fewer sources are left out.')
})

test('a day of ten thousand stories has a page of bounded size, and says what is left out', async () => {
  const busy = await openTestApp()
  await tell(busy, plantHit)
  const { wording } = await busy.db.selectFrom('story_claims').select('wording').executeTakeFirstOrThrow()
  await copyStories(busy, wording, 10_000)
  busy.clock.later({ hours: 4 })
  const [day, topic, lists] = await Promise.all(
    ['/days/2026-11-23', '/topics/infrastructure-strikes', '/editions'].map(async (path) =>
      (await pagesOf(busy).get(path)).text(),
    ),
  )
  await busy.close()
  expect([day!.length < 60_000, topic!.length < 60_000]).toEqual([true, true])
  expect(day).toContain('5000 stories from 1 report of 1 feed')
  expect(lists).toContain('at least 5001 stories')
  expect(day).toContain('Stories of fewer sources are left out.')
  expect(day).toContain('Only the newest 5000 claims of the day are counted.')
  expect(topic).toContain('count the newest 5000 claims of the topic.')
})
