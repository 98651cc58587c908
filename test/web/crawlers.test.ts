import { getElementsByTagName, textContent } from 'domutils'
import { parseDocument } from 'htmlparser2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { privateFeedPath } from '../../src/readers/private-feed.ts'
import { tokenPrefixes } from '../../src/web/security.ts'
import { createEdition } from '../support/deliveries.ts'
import { structureFaults } from '../support/page-structure.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { john, olena } from '../support/people.ts'
import { join, linksOf, readerOf } from '../support/readers.ts'
import { depotBurns, plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let stories: number[]
beforeAll(async () => {
  app = await openTestApp({ env: { PUBLIC_URL: 'https://sitrep.example' } })
  pages = pagesOf(app)
  await tell(app, plantHit, depotBurns, plantStops)
  stories = [await storyOf(app, plantHit), await storyOf(app, depotBurns)]
})
afterAll(() => app.close())

const publicPaths = () => [
  '/',
  '/editions',
  '/topics/displacement',
  '/days/2026-11-23',
  `/stories/${stories[0]}`,
  '/privacy',
]

/** Whether a rule of robots.txt forbids a path (RFC 9309, section 2.2.2: a rule is the beginning of a path). */
async function isForbidden(path: string): Promise<boolean> {
  const robots = await (await pages.get('/robots.txt')).text()
  return robots.split('\n').some((line) => line.startsWith('Disallow: ') && path.startsWith(line.slice(10)))
}

test('the sitemap names days, topics and stories, and each of its addresses is a page', async () => {
  const answer = await pages.get('/sitemap.xml')
  expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8')
  const xml = parseDocument(await answer.text(), { xmlMode: true })
  const addresses = getElementsByTagName('loc', xml).map((loc) => textContent(loc))
  expect(addresses).toEqual(
    [
      '/',
      '/editions',
      ...['security-guarantees', 'infrastructure-strikes', 'displacement'].map((slug) => `/topics/${slug}`),
    ]
      .concat('/days/2026-11-23', ...stories.toSorted((a, b) => b - a).map((id) => `/stories/${id}`))
      .map((path) => `https://sitrep.example${path}`),
  )
  for (const address of addresses) {
    const { pathname } = new URL(address)
    expect([pathname, (await pages.get(pathname)).status, await isForbidden(pathname)]).toEqual([pathname, 200, false])
  }
})

test('the sitemap leaves out stories that became a part of others', async () => {
  await app.db.updateTable('stories').set({ merged_into: stories[0]! }).where('id', '=', stories[1]!).execute()
  expect(await (await pages.get('/sitemap.xml')).text()).not.toContain(`/stories/${stories[1]}<`)
  await app.db.updateTable('stories').set({ merged_into: null }).where('id', '=', stories[1]!).execute()
})

test('crawlers may fetch items and mails, which tell them not to list them', async () => {
  const edition = await createEdition(app, { kind: 'daily', slug: 'a-digest', subject: 'A digest' })
  for (const path of ['/items/1', `/editions/${edition.slug}`]) {
    const answer = await pages.get(path)
    expect([path, await isForbidden(path), answer.status, answer.headers.get('x-robots-tag')]).toEqual([
      ...[path, false, 200, 'noindex'],
    ])
  }
})

test.each(tokenPrefixes)('a page under %s is kept from crawlers, caches and referrers', async (prefix) => {
  const path = `${prefix}some-token`
  const { headers } = await pages.get(path)
  expect(await isForbidden(path)).toBe(true)
  expect(['x-robots-tag', 'cache-control', 'referrer-policy'].map((name) => headers.get(name))).toEqual([
    ...['noindex', 'no-store', 'no-referrer'],
  ])
})

test('robots.txt keeps crawlers out of pages of readers and pages of admins', async () => {
  await join(app, olena)
  const own = await linksOf(app, olena.email)
  const paths = [
    own.confirm,
    own.preferences,
    own.unsubscribe,
    own.mute,
    privateFeedPath(app, await readerOf(app, olena.email)),
  ]
  for (const path of [...paths, '/admin', '/admin/feeds', '/mailbox/1']) expect(await isForbidden(path)).toBe(true)
  expect(await (await pages.get('/robots.txt')).text()).toMatch(
    /^User-agent: \*\n[\s\S]*\nSitemap: https:\/\/sitrep\.example\/sitemap\.xml\n$/,
  )
})

test('every public page has a description, Open Graph data, its address, one main landmark and headings in order', async () => {
  for (const path of [...publicPaths(), '/preferences', '/items/1']) {
    const page = await (await pages.get(path)).text()
    expect({ path, faults: structureFaults(page, `https://sitrep.example${path}`) }).toEqual({ path, faults: [] })
  }
})

test("a reader's own page has no canonical address and nothing for previews", async () => {
  const { preferences } = await linksOf(app, olena.email)
  const page = await (await pages.get(preferences)).text()
  expect(page).toContain('o…@example.org')
  expect(page).not.toMatch(/canonical|og:/)
})

describe('a reader who chose quiet hours, a limit and topics', () => {
  const quiet = { from: '15:00', to: '23:00' }
  const choosy = { ...john, email: 'choosy@example.org', zone: 'UTC', quiet, maxAlerts: 1 }
  let slugs: string[]
  beforeAll(async () => {
    await join(app, choosy)
    for (const [at, told] of [
      [
        '16:00',
        { feed: 'wire', title: 'Missiles hit power plant of Orl', text: 'Missiles hit the power plant of Orl.' },
      ],
      ['23:00', null],
      ['23:10', { feed: 'wire', title: 'Drones hit the substation of Emm', text: 'Drones hit the substation of Emm.' }],
      ['23:59:59', null],
    ] as const) {
      app.clock.at(`2026-11-23T${at}Z`)
      if (told) await tell(app, told)
      await raiseAlerts(app)
    }
    app.clock.at('2026-11-24T00:00Z')
    await raiseAlerts(app)
    const editions = await app.db.selectFrom('editions').select(['slug', 'text']).where('kind', '=', 'alert').execute()
    const texts = editions.map(({ text }) => text.replace(/\s+/g, ' '))
    expect(texts.filter((text) => text.includes('the end of your quiet hours'))).toHaveLength(1)
    expect(texts.filter((text) => text.includes('You chose at most 1 alert a day'))).toHaveLength(2)
    slugs = editions.map(({ slug }) => slug)
  })

  const choices = /quiet hours|at most|you subscribed|choosy|olena|@example\.org/i

  test('is not told of by the web copies of the mails', async () => {
    for (const slug of slugs) {
      const page = await (await pages.get(`/editions/${slug}`)).text()
      expect([slug, choices.exec(page)?.[0], page.includes('Security guarantees')]).toEqual([slug, undefined, false])
      expect(page).toMatch(/power plant of Orl|substation of Emm/)
    }
  })

  test('is not told of by a public page, nor by any page to which it leads', async () => {
    const told = await app.db.selectFrom('stories').select('id').execute()
    const begun = [
      ...publicPaths(),
      ...told.map(({ id }) => `/stories/${id}`),
      '/sitemap.xml',
      '/topics/displacement/atom.xml',
    ]
    const read = new Map<string, string>()
    for (const path of begun) read.set(path, await (await pages.get(path)).text())
    const linked = new Set(
      [...read.values()].flatMap((page) => [...page.matchAll(/href="(\/[^"#]*)/g)].map(([, path = '']) => path)),
    )
    for (const path of linked.difference(read)) read.set(path, await (await pages.get(path)).text())
    expect([...read.keys()].filter((path) => slugs.some((slug) => path.includes(slug)))).toEqual([])
    for (const [path, page] of read) {
      expect([path, choices.exec(page)?.[0]]).toEqual([path, undefined])
    }
  })
})
