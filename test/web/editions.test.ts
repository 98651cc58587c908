import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEdition } from '../support/deliveries.ts'
import { copyStories } from '../support/many-stories.ts'
import { structureOf } from '../support/page-structure.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { depotBurns, plantHit, plantStops, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
})
afterAll(() => app.close())

const html =
  '<!doctype html><html lang="en"><head><title>A</title></head><body><a href="@@unsubscribe@@">Out</a> for @@address@@</body></html>'

describe('the list', () => {
  test('has the topics and the days, the newest first, each with the headline of its widest story, and no mail', async () => {
    await tell(app, plantHit, depotBurns, plantStops)
    app.clock.later({ hours: 48 })
    await tell(app, { feed: 'desk', title: 'Bridge of Tolm hit by missiles', text: 'Missiles hit the bridge of Tolm.' })
    await createEdition(app, { kind: 'daily', slug: 'own-choice', subject: 'A digest of my topics' })
    const page = await (await pages.get('/editions')).text()
    expect(page).toMatch(/<title>Days and topics[^<]*<\/title>[\s\S]*<h1>Days and topics<\/h1>/)
    expect(page).toMatch(/<a href="\/editions" aria-current="page">Days and topics<\/a>/)
    const places = [
      'href="/topics/displacement"',
      'href="/days/2026-11-25"',
      'Bridge of Tolm',
      'href="/days/2026-11-23"',
      `2 stories · ${plantStops.title}`,
    ].map((words) => page.indexOf(words))
    expect(places).toEqual(places.toSorted((x, y) => x - y))
    expect(places[0]).toBeGreaterThan(0)
    expect(page).not.toContain('href="/days/2026-11-24"')
    expect(page).not.toContain('own-choice')
  })

  test('continues to older days page by page, each once', async () => {
    const [claim] = await app.db.selectFrom('story_claims').select('wording').execute()
    await copyStories(app, claim!.wording, 30)
    await sql`update story_claims set at = timestamptz '2026-11-20T12:00Z' - wording * interval '1 day'
      where wording > (select max(t.id) - 30 from takeaways t)`.execute(app.db)
    const shown: string[] = []
    for (let path: string | undefined = '/editions'; path; ) {
      const page: string = await (await pages.get(path)).text()
      shown.push(...(page.match(/\/days\/[\d-]+/g) ?? []))
      const [, next] = /href="(\?before=[\d-]+)">Older/.exec(page) ?? []
      path = next && `/editions${next}`
    }
    expect([shown.length, new Set(shown).size]).toEqual([32, 32])
    expect(shown).toEqual(shown.toSorted().reverse())
  })

  test.each(['1', "2026-02-30'--", '0000-01-01', 'x'])(
    '?before=%s is answered with 400 and a sentence',
    async (before) => {
      const answer = await pages.get(`/editions?before=${before}`)
      expect(answer.status).toBe(400)
      expect(await answer.text()).toContain('Give the day before which the list begins as in ?before=2026-11-23.')
    },
  )
})

test.each(['/days', '/topics', '/stories'])('%s leads to the list', async (path) => {
  const answer = await pages.get(path)
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/editions'])
})

describe('the web copy', () => {
  test('says what it is to previews of its link', async () => {
    await createEdition(app, { kind: 'daily', slug: 'shared', subject: 'Drones "hit" <b>Lorn</b>', html })
    const { description, canonical, openGraph } = structureOf(await (await pages.get('/editions/shared')).text())
    expect(description).toMatch(/^Daily digest of \w+, \d+ November 2026: Drones "hit" <b>Lorn<\/b>$/)
    expect(canonical).toBe(`${app.config.publicUrl}/editions/shared`)
    expect(openGraph).toMatchObject({ 'og:title': 'Drones "hit" <b>Lorn</b>', 'og:type': 'article' })
  })

  test('is the frozen mail with public links in the place of personal ones', async () => {
    await createEdition(app, { kind: 'weekly', slug: 'copy', subject: 'Weekly', html })
    const answer = await pages.get('/editions/copy')
    const page = await answer.text()
    expect(page).toContain(`<a href="${app.config.publicUrl}/preferences">Out</a> for all readers of this edition`)
    expect(page).not.toContain('@@')
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; style-src 'unsafe-inline'")
    expect(policy).not.toContain('script')
    expect(answer.headers.get('x-robots-tag')).toBe('noindex')
  })

  test('has no page for a name that no edition can have', async () => {
    for (const name of ['..%2f', "'--", 'x'.repeat(3000)]) {
      expect((await pages.get(`/editions/${name}`)).status).toBe(404)
    }
  })

  test('does not exist for personal mails, for keys, or for unknown names', async () => {
    const personal = await createEdition(app, { kind: 'link', slug: 'a-link', subject: 'Your link', html })
    const digest = await createEdition(app, { kind: 'daily', slug: 'a-digest', subject: 'Digest', html })
    for (const name of ['a-link', personal.key, digest.key, 'nothing'])
      expect((await pages.get(`/editions/${name}`)).status).toBe(404)
  })
})
