import type { App } from '../../src/app.ts'
import { entryOf } from '../../src/feeds/rules/feed-entry.ts'
import { newsPeriod } from '../../src/feeds/rules/news-from.ts'
import { findFeed, insertFeed } from '../../src/feeds/store/feeds.ts'
import type { FeedItem } from '../../src/parsing/feed-document.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { saveEntry } from './save-entry.ts'

/** One report of a made-up publisher, as an RSS item; `claims` are its stated takeaways. */
export type Report = { guid: string; title: string; at: Temporal.Instant; claims: string[] }

export const strike = 'Drones struck a substation near the river port and cut power to thirty thousand homes.'
export const guarantee = 'Partner states offered binding security guarantees with a monitoring force of their own.'
export const flight = 'Four thousand people were displaced from the border district within a week.'
export const harvest = 'The harvest of sunflowers was smaller than in the year before.'

/** An RSS 2.0 feed of such reports. */
export function feedOf(reports: Report[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>River Desk</title><link>https://desk.example/</link><description>Reports</description>
${reports.map(itemOf).join('\n')}
</channel></rss>`
}

function itemOf({ guid, title, at, claims }: Report): string {
  return `<item><title>${title}</title><link>https://desk.example/${guid}</link><guid isPermaLink="false">${guid}</guid>
<pubDate>${new Date(at.epochMilliseconds).toUTCString()}</pubDate><content:encoded><![CDATA[
<p>This report covers the day. Weather was fair in most districts, and roads stayed open.</p>
<p><strong>Key Takeaways:</strong></p><ul>${claims.map((claim) => `<li>${claim}</li>`).join('')}</ul>]]></content:encoded></item>`
}

const feedUrl = 'https://desk.example/feed'

/**
 * Saves a report at the time of the app, as if a poll had brought it, and reads it. Its matches have no positions yet. An
 * `old` one comes with the first poll of the feed. `daysAgo`: how long ago it is dated.
 */
export async function report(
  app: App,
  guid: string,
  claims: string[],
  { old = false, daysAgo = old ? 1.25 : 0 }: { old?: boolean; daysAgo?: number } = {},
): Promise<void> {
  const now = app.now()
  const published = now.subtract({ minutes: daysAgo * 24 * 60 })
  const from = old ? now.subtract(newsPeriod) : null
  await saveEntry(app.db, await feedIdOf(app), entryOf(feedItem(guid, claims, published), { from, now }), now)
  await readRevisions(app)
}

/** The feed of the reports, entered with the first of them. */
async function feedIdOf({ db, now }: App): Promise<number> {
  const entered = await insertFeed(db, { url: feedUrl, title: 'River Desk', now: now() })
  const feed = entered ?? (await findFeed(db, feedUrl))
  if (!feed) throw new Error(`There is no feed ${feedUrl}.`)
  return feed.id
}

/** A report as the parser gives it. */
export function feedItem(guid: string, claims: string[], published: Temporal.Instant): FeedItem {
  return {
    key: guid,
    title: `Report ${guid}`,
    url: `https://desk.example/${guid}`,
    author: null,
    published: published.toString(),
    updated: null,
    summary: null,
    content: `<p><b>Key Takeaways:</b></p><ul>${claims.map((claim) => `<li>${claim}</li>`).join('')}</ul>`,
    categories: [],
  }
}
