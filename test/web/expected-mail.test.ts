import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Pages, pagesOf } from '../support/pages.ts'
import { john, olena } from '../support/people.ts'
import { join, linksOf } from '../support/readers.ts'
import { depotBurns, plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeEach(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
})
afterEach(() => app.close())

const text = async (path: string): Promise<string> => (await pages.get(path)).text()
/** What the sign-up form says of a topic, a line for each cadence. */
async function expectedOf(topic: string): Promise<string[]> {
  const choice = (await text('/')).split('<div class="choice">').find((part) => part.includes(`value="${topic}"`))
  return Array.from((choice ?? '').matchAll(/<(?:summary|p)>([^<]*)</g), ([, words]) => words ?? '')
}
describe('the sign-up form', () => {
  test('says plainly that there are no stories yet, and tells of the first as soon as it is there', async () => {
    const none = ['Daily digest: No stories yet.', 'Weekly digest: No stories yet.', 'No stories yet.']
    expect(await expectedOf('infrastructure-strikes')).toEqual(none)
    expect(await text('/')).not.toMatch(/class="expected[^>]*>[^<]*<details/)
    await tell(app, plantHit)
    expect(await expectedOf('infrastructure-strikes')).toEqual([
      'Daily digest: 1 story in the last 24 hours.',
      'Weekly digest: 1 story in the last 24 hours.',
      'Alerts in the last 24 hours.',
    ])
  })

  test('says how many days are stored, and what each cadence would have brought of a topic', async () => {
    await tell(app, depotBurns)
    app.clock.later({ hours: 48 })
    await tell(app, plantHit, plantStops)
    expect(await expectedOf('infrastructure-strikes')).toEqual([
      'Daily digest: Stories in 2 of the last 3 days, at most 1 a day.',
      'Weekly digest: 2 stories in the last 3 days.',
      'Alerts on about 2 of the last 3 days.',
    ])
    expect(await expectedOf('displacement')).toEqual([
      'Daily digest: No stories in the last 3 days.',
      'Weekly digest: No stories in the last 3 days.',
      'No alerts in the last 3 days.',
    ])
  })

  test('links the last stories, without any script', async () => {
    await tell(app, depotBurns, plantHit)
    const page = await text('/')
    const story = await storyOf(app, plantHit)
    expect(page).toMatch(new RegExp(`<details>[^]*<a href="/stories/${story}">Missiles hit power plant of Dara`))
    expect(page.indexOf(`/stories/${story}"`)).toBeLessThan(page.indexOf(`/stories/${await storyOf(app, depotBurns)}"`))
    expect((await pages.get(`/stories/${story}`)).status).toBe(200)
  })

  test('counts no alerts of feeds that only digests tell', async () => {
    await tell(app, plantHit)
    await app.db.updateTable('feeds').set({ digest_only: true }).execute()
    expect(await expectedOf('infrastructure-strikes')).toContain('No alerts in the last 24 hours.')
  })

  test('counts what is older than 30 days for nothing, and does not call the tables empty', async () => {
    await tell(app, plantHit)
    app.clock.later({ hours: 24 * 40 })
    expect(await expectedOf('infrastructure-strikes')).toContain('Daily digest: No stories in the last 30 days.')
  })

  test('is counted every few minutes, not for each page', async () => {
    await tell(app, plantHit)
    await text('/')
    await tell(app, depotBurns)
    app.clock.at(app.now().subtract({ minutes: 20 }))
    expect(await expectedOf('infrastructure-strikes')).toContain('Daily digest: 1 story in the last 24 hours.')
    app.clock.later({ hours: 2 })
    expect(await expectedOf('infrastructure-strikes')).toContain('Daily digest: 2 stories in the last 24 hours.')
  })
})

describe('the preferences', () => {
  test('say what to expect of the topics, the cadence and the score that a reader chose', async () => {
    await join(app, john)
    await tell(app, depotBurns, plantHit)
    const { preferences } = await linksOf(app, john.email)
    const page = await text(preferences)
    expect(page).toContain('Alerts in the last 24 hours.')
    const [, own = ''] = /href="([^"]+\/subscriptions\/\d+)"/.exec(page) ?? []
    const [, whole = ''] = (await text(own)).split('What to expect of this choice:')
    expect(whole).toMatch(/^<\/b> Alerts in the last 24 hours\. The last stories it would have brought:/)
    expect(whole).toContain(
      `<a href="/stories/${await storyOf(app, depotBurns)}">Drones set oil depot of Lorn on fire</a>`,
    )
  })

  test('say it again for what was sent, and nothing for a choice without topics', async () => {
    await join(app, olena)
    await tell(app, plantHit)
    const { preferences } = await linksOf(app, olena.email)
    const path = `${preferences}/subscriptions/new?cadence=alert`
    const refused = await pages.post(path, { topics: ['displacement', 'x<y'] })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('</b> No alerts in the last 24 hours.')
    const without = await pages.post(path, { topics: [] })
    expect(await without.text()).not.toContain('What to expect of this choice:')
  })
})
