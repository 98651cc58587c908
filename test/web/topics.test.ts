import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moveClaims } from '../../src/stories/store/claims.ts'
import { addStory } from '../../src/stories/store/stories.ts'
import { structureFaults } from '../support/page-structure.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { depotBurns, plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp({ at: '2026-10-20T09:00:00Z' })
  pages = pagesOf(app)
  await tell(app, {
    ...depotBurns,
    title: 'Drones set grain port of Vasl on fire',
    text: 'Drones hit the port of Vasl.',
  })
  app.clock.at('2026-11-21T12:00:00Z')
  await tell(app, plantHit, plantStops)
  app.clock.at('2026-11-23T12:00:00Z')
  await tell(app, depotBurns)
})
afterAll(() => app.close())

const path = '/topics/infrastructure-strikes'
const get = async (at: string) => {
  const answer = await pages.get(at)
  return { status: answer.status, page: await answer.text() }
}

describe('the page of a topic', () => {
  test('lists the stories of the last four weeks under their days, the newest first', async () => {
    const { page } = await get(path)
    const places = ['Monday, 23 November 2026', depotBurns.title, 'Saturday, 21 November 2026', plantStops.title]
    const found = places.map((words) => page.indexOf(words))
    expect(found).toEqual(found.toSorted((a, b) => a - b))
    expect(found[0]).toBeGreaterThan(0)
    expect(page).toContain(`<a href="/stories/${await storyOf(app, plantHit)}">`)
    expect(page).not.toContain('Vasl')
  })

  test('names the publishers of a story once each', async () => {
    expect((await get(path)).page).toContain('<p class="soft small">wire, daily</p>')
  })

  test('has a chart of its reports by day, and its feeds for programs', async () => {
    const { page } = await get(path)
    expect(page).toContain(
      'aria-label="Bar chart. Reports by day, from Tue 27 Oct to Mon 23 Nov; most on Sat 21 Nov (2).',
    )
    expect(page).toContain('<td>Mon 23 Nov</td><td class="n">1</td>')
    expect(page).toContain(
      `<link rel="alternate" type="application/atom+xml" title="Infrastructure strikes" href="${path}/atom.xml">`,
    )
    expect(structureFaults(page, `${app.config.publicUrl}${path}`)).toEqual([])
  })

  test('says so where no report told of it', async () => {
    const { status, page } = await get('/topics/displacement')
    expect(status).toBe(200)
    expect(page).toContain('No report told of this topic in the last four weeks.')
    expect(structureFaults(page, `${app.config.publicUrl}/topics/displacement`)).toEqual([])
  })

  test.each([
    [`${path}?page=0`, 400, 'Give a whole number from 1 to 20 as the page.'],
    [`${path}?page=x`, 400, 'Give a whole number from 1 to 20 as the page.'],
    [`${path}?page=21`, 400, 'Give a whole number from 1 to 20 as the page.'],
    [`${path}?page=2`, 404, 'The topic has fewer pages of stories.'],
    ['/topics/weather', 404, 'No topic has this address.'],
    ["/topics/'--", 404, 'No topic has this address.'],
    [`/topics/${'x'.repeat(3000)}`, 404, 'No topic has this address.'],
    ['/topics/weather/atom.xml', 404, 'No topic has this address.'],
  ])('%s is answered with %i and a sentence', async (at, status, sentence) => {
    const answer = await get(at)
    expect(answer.status).toBe(status)
    expect(answer.page).toContain(sentence)
  })
})

test('a topic of many stories has pages, each story on one of them', async () => {
  const many = await openTestApp()
  const towns = ['Aldo', 'Berg', 'Cairn', 'Dova', 'Erst', 'Fjon', 'Gora', 'Holm', 'Ilva', 'Jorn', 'Kolm']
  const acts = ['Missiles hit the power plant of', 'Drones struck the oil depot of', 'Shelling damaged the bridge of']
  const titles = towns.flatMap((town) => acts.map((act) => `${act} ${town}`))
  await tell(many, ...titles.map((title) => ({ feed: 'wire', title, text: `${title}.` })))
  const count = await tellApart(many)
  const at = async (page: string) => (await pagesOf(many).get(`${path}${page}`)).text()
  const [first, second] = [await at(''), await at('?page=2')]
  await many.close()
  const shown = `${first}${second}`.match(/<a href="\/stories\/\d+">/g) ?? []
  expect(count).toBeGreaterThan(30)
  expect([shown.length, new Set(shown).size]).toEqual([count, count])
  expect(first).toContain('<a href="?page=2">Older</a>')
  expect(second).toContain('<a href="?page=1">Newer</a>')
})

/** Makes each claim a story of its own; gives how many there are. */
async function tellApart({ db }: TestApp): Promise<number> {
  const claims = await db.selectFrom('story_claims').select('wording').execute()
  for (const { wording } of claims)
    await db.transaction().execute(async (tx) => moveClaims(tx, new Map([[wording, await addStory(tx)]])))
  return claims.length
}
