import type { PublicFeed } from './public-feed.ts'

/** Writes a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export function writeJsonFeed({ title, description, address, page, entries }: PublicFeed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    description,
    home_page_url: page,
    feed_url: address,
    language: 'en',
    authors: [{ name: 'Sitrep' }],
    items: entries.map((entry) => ({
      id: entry.address,
      url: entry.address,
      title: entry.title,
      summary: entry.summary,
      content_html: entry.html,
      date_published: entry.published.toString({ smallestUnit: 'second' }),
      date_modified: entry.updated.toString({ smallestUnit: 'second' }),
      tags: entry.topics,
    })),
  })
}
