import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { entryOf } from '../../src/feeds/rules/feed-entry.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { moveClaims } from '../../src/stories/store/claims.ts'
import { mergeStories } from '../../src/stories/store/stories.ts'
import { createEdition } from '../support/deliveries.ts'
import { structureFaults } from '../support/page-structure.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { feedItem } from '../support/report.ts'
import { saveEntry } from '../support/save-entry.ts'
import { depotBurns, plantHit, plantStops, storyOf, type Told, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
  await tell(app, plantHit, depotBurns, plantStops)
})
afterAll(() => app.close())

const get = async (path: string) => {
  const answer = await pages.get(path)
  return { answer, page: await answer.text() }
}
const pageOf = async (told: Told) => (await get(`/stories/${await storyOf(app, told)}`)).page

async function threadOf(story: number): Promise<number> {
  const found = await app.db.selectFrom('stories').select('thread_id').where('id', '=', story).executeTakeFirstOrThrow()
  return found.thread_id
}

const hostile = 'Depot & <script>alert("fire")</script> burns'

describe('the page of a story', () => {
  test('tells its claims by time, each with its publisher, its quote and its passage, and no other story', async () => {
    const page = await pageOf(plantHit)
    const [first, second] = ['wire · Mon 23 Nov, 12:00', 'daily · Mon 23 Nov, 12:40'].map((words) =>
      page.indexOf(words),
    )
    expect(first).toBeGreaterThan(0)
    expect(second).toBeGreaterThan(first!)
    expect(page).toContain(
      '<blockquote dir="auto"><p>The power plant of Dara stopped after missiles hit it; 8,000 homes',
    )
    expect(page).toMatch(/<a href="\/items\/\d+#p\d+">passage \d+<\/a>/)
    expect(page).not.toContain('oil depot')
  })

  test('has its figures with their sources, and a chart of its reports with the same as a table', async () => {
    const page = await pageOf(plantHit)
    expect(page).toMatch(/<dt>without power<\/dt>[\s\S]*<b>8,000 homes<\/b>[\s\S]*wire, 12:00/)
    expect(page).toContain(
      'Bar chart. Reports by hour, from Mon 23 Nov, 01:00 to Mon 23 Nov, 12:00; most on Mon 23 Nov, 12:00 (2).',
    )
    expect(page).toContain('<td>Mon 23 Nov, 12:00</td><td class="n">2</td>')
  })

  test('says what it is to search engines and screen readers', async () => {
    const id = await storyOf(app, plantHit)
    const page = await pageOf(plantHit)
    expect(structureFaults(page, `${app.config.publicUrl}/stories/${id}`)).toEqual([])
    expect(page).toContain('<meta property="og:type" content="article">')
  })

  test('leads to no mail that told it', async () => {
    const takeaways = await app.db.selectFrom('story_claims').select('wording').execute()
    const edition = await createEdition(app, { kind: 'daily', slug: 'told-it', subject: 'Power plant hit' })
    await app.db
      .updateTable('editions')
      .set({ takeaways: takeaways.map(({ wording }) => wording) })
      .where('id', '=', edition.id)
      .execute()
    expect(await pageOf(plantHit)).not.toContain('told-it')
  })

  test('leads to the other stories of its thread', async () => {
    const [plant, depot] = [await storyOf(app, plantHit), await storyOf(app, depotBurns)]
    const [thread_id, depotThread] = [await threadOf(plant), await threadOf(depot)]
    expect(await pageOf(plantHit)).not.toContain('Stories before and after')
    await app.db.updateTable('stories').set({ thread_id }).where('id', '=', depot).execute()
    expect(await pageOf(plantHit)).toMatch(
      /Stories before and after<\/h2>\s*<ul[^>]*>\s*<li><a href="\/stories\/\d+" dir="auto">Drones set oil depot/,
    )
    await app.db.updateTable('stories').set({ thread_id: depotThread }).where('id', '=', depot).execute()
  })

  test('escapes what publishers write', async () => {
    const id = await storyOf(app, depotBurns)
    const { wording } = await app.db
      .selectFrom('story_claims')
      .select('wording')
      .where('story_id', '=', id)
      .executeTakeFirstOrThrow()
    await app.db.updateTable('takeaways').set({ text: hostile }).where('wording', '=', wording).execute()
    const harmful = { url: 'javascript:alert(1)' }
    await app.db.updateTable('items').set(harmful).where('title', '=', depotBurns.title).execute()
    await app.db.updateTable('feeds').set({ title: hostile }).where('title', '=', depotBurns.feed).execute()
    const { page } = await get(`/stories/${id}`)
    expect(page.match(/&lt;script&gt;alert\(&quot;fire&quot;\)/g)!.length).toBeGreaterThan(3)
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('javascript:')
    await app.db.updateTable('feeds').set({ title: depotBurns.feed }).where('title', '=', hostile).execute()
  })
})

describe('a story goes on', () => {
  const bridge = { feed: 'wire', title: 'Bridge of Tolm collapses after strike', text: 'The bridge of Tolm fell.' }

  test('when a report no longer says what it said', async () => {
    await tell(app, bridge)
    const id = await storyOf(app, bridge)
    const { feed_id } = await app.db
      .selectFrom('items')
      .select('feed_id')
      .where('title', '=', bridge.title)
      .executeTakeFirstOrThrow()
    const item = { ...feedItem(bridge.title, [], app.now()), title: 'Correction', content: '<p>Nothing fell.</p>' }
    await saveEntry(app.db, feed_id, entryOf(item, { now: app.now() }), app.now())
    await readRevisions(app)
    const { answer, page } = await get(`/stories/${id}`)
    expect(answer.status).toBe(200)
    expect(page).toContain('The report no longer says this.')
    expect(page).toContain('rel="noreferrer">At the publisher</a>')
    expect(page).not.toMatch(/\/items\/\d+#p|#:~:text=/)
  })

  test('under the address of the story to which its claims moved', async () => {
    const port = { feed: 'daily', title: 'Port of Vasl burns after drone strike', text: 'The port of Vasl burned.' }
    await tell(app, port)
    const [from, to] = [await storyOf(app, port), await storyOf(app, plantHit)]
    const claims = await app.db.selectFrom('story_claims').select('wording').where('story_id', '=', from).execute()
    await app.db.transaction().execute(async (tx) => {
      await moveClaims(tx, new Map(claims.map(({ wording }) => [wording, to])))
      await mergeStories(tx, new Map([[from, to]]))
    })
    const { answer } = await get(`/stories/${from}`)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/stories/${to}`])
  })

  test('and so does one with a claim that another story tells now, as mails have it', async () => {
    const [plant, depot] = [await storyOf(app, plantHit), await storyOf(app, depotBurns)]
    const { wording } = await app.db
      .selectFrom('story_claims')
      .select('wording')
      .where('story_id', '=', plant)
      .executeTakeFirstOrThrow()
    const other = plant === depot ? 999_999 : depot
    const { answer } = await get(`/stories/${other}?claim=${wording}`)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/stories/${plant}`])
    expect((await get(`/stories/${plant}?claim=${wording}`)).answer.status).toBe(200)
    expect((await get(`/stories/${plant}?claim=x`)).answer.status).toBe(200)
  })
})

test.each(['0', '-1', '999999', 'x', '1.5', '99999999999999999999'])('there is no story %s', async (id) => {
  const { answer, page } = await get(`/stories/${id}`)
  expect(answer.status).toBe(404)
  expect(page).toContain('No story has this address.')
})

describe('a story of thousands of claims', () => {
  beforeEach(async () => {
    const { story_id, wording } = await app.db
      .selectFrom('story_claims')
      .select(['story_id', 'wording'])
      .where('story_id', '=', await storyOf(app, plantHit))
      .executeTakeFirstOrThrow()
    await sql`
      with many as (
        insert into takeaways (revision_id, item_id, ordinal, kind, text, evidence)
        select revision_id, item_id, 1000 + n, kind, repeat(text || ' ', 30) || n, evidence
        from takeaways, generate_series(1, 5100) n where id = ${wording} returning id)
      insert into story_claims (wording, story_id, at, unit, focus)
      select many.id, ${story_id}, at, unit, focus from many, story_claims c where c.wording = ${wording}`.execute(
      app.db,
    )
  })

  test('has a page that is as small as that of a large one, and says what is left out', async () => {
    const { page } = await get(`/stories/${await storyOf(app, plantHit)}`)
    expect(page.length).toBeLessThan(250_000)
    expect(page).toMatch(/50\d\d older claims of this story are not shown/)
    expect(page).toMatch(/<p class="lead">\d reports of \d publishers in the newest 100 claims, from /)
    expect(page).toContain('The chart counts the newest 5000 claims of the story.')
    expect(page.match(/class="claim"/g)).toHaveLength(100)
  })
})
