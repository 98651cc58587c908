import { etag } from 'hono/etag'
import type { App } from '../app.ts'
import { topicNames } from '../reading/store/topics.ts'
import { newestStories, storyDates } from '../stories/store/story-days.ts'
import { type Routes, routes } from './context.ts'
import { tokenPrefixes } from './security.ts'
import { escapeXml } from './write-atom.ts'

/** The sitemap names so many days and stories, the newest: a sitemap may have 50,000 addresses (sitemaps.org). */
const maxDays = 400
const maxStories = 1_500

/** GET /robots.txt and GET /sitemap.xml: what search engines may find, and what is for readers and admins only. */
export function crawlerRoutes(app: App): Routes {
  const web = routes()
  web.get('/robots.txt', (c) => c.text(robots(app.config.publicUrl), 200, kept))
  web.get('/sitemap.xml', etag(), async (c) => {
    return c.body(sitemap(await addressesOf(app)), 200, { ...kept, 'Content-Type': 'application/xml; charset=utf-8' })
  })
  return web
}

const kept = { 'Cache-Control': 'public, max-age=3600' }

/** What needs a token or a sign-in, and what a local service shows. Items and mails say noindex themselves, which a crawler must read. */
const closed = ['/admin', ...tokenPrefixes, '/mailbox', '/samples/']

function robots(publicUrl: string): string {
  const rules = closed.map((path) => `Disallow: ${path}`)
  return ['User-agent: *', ...rules, '', `Sitemap: ${publicUrl}/sitemap.xml`, ''].join('\n')
}

type Address = { href: string; updated?: string }

async function addressesOf({ db, config }: App): Promise<Address[]> {
  const [topics, dates, stories] = await Promise.all([
    topicNames(db),
    storyDates(db, maxDays),
    newestStories(db, maxStories),
  ])
  const paths = [
    { path: '/' },
    { path: '/editions' },
    ...topics.map(({ slug }) => ({ path: `/topics/${slug}` })),
    ...dates.map((date) => ({ path: `/days/${date}` })),
    ...stories.map(({ id, updated }) => ({
      path: `/stories/${id}`,
      updated: updated.toString({ smallestUnit: 'second' }),
    })),
  ]
  return paths.map(({ path, ...rest }) => ({ href: `${config.publicUrl}${path}`, ...rest }))
}

function sitemap(addresses: Address[]): string {
  const urls = addresses.map(({ href, updated }) => {
    const lastmod = updated ? `<lastmod>${updated}</lastmod>` : ''
    return `<url><loc>${escapeXml(href)}</loc>${lastmod}</url>`
  })
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    '</urlset>',
    '',
  ].join('\n')
}
