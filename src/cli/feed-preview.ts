import type { App } from '../app.ts'
import type { FeedDocument } from '../domain/feed-document.ts'
import { currentRules } from '../store/topics.ts'

const shown = 5
const shownClaims = 3

/** A found feed for people: its title, its newest entries, and what our reading makes of the newest one. */
export async function feedPreview(app: App, { title, items, language }: FeedDocument): Promise<string> {
  const newest = items.toSorted((a, b) => ((b.published ?? '') > (a.published ?? '') ? 1 : -1))
  const lines = newest.slice(0, shown).map((item) => `  ${(item.published ?? 'no date').slice(0, 10)}  ${item.title}`)
  const first = newest[0]
  const claims = first ? await claimsOf(app, first, language) : []
  return [`${title || '(no title)'}: ${items.length} entries`, ...lines, ...claims].join('\n')
}

async function claimsOf(app: App, item: FeedDocument['items'][number], language: string | null): Promise<string[]> {
  const source = { html: item.content ?? item.summary ?? '', title: item.title, language: language ?? undefined }
  const outcome = await app.reader.read(source, await currentRules(app.db))
  if (outcome.kind === 'unreadable') return [`The newest one cannot be read: ${outcome.reason}.`]
  const { takeaways, topics } = outcome.reading
  if (!takeaways.length) return ['In the newest one our reading finds no takeaway: does the feed give whole texts?']
  const about = topics.length ? topics.map(({ topic }) => topic).join(', ') : 'none of our topics'
  const claims = takeaways.slice(0, shownClaims).map(({ kind, text }) => `  - (${kind}) ${text}`)
  return [`In the newest one our reading finds ${takeaways.length} takeaways on ${about}:`, ...claims]
}
