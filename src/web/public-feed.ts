import type { App } from '../app.ts'
import { datedAt } from '../editions/mail/matched-takeaway.ts'
import { publisherName } from '../editions/mail/publisher-name.ts'
import { quoteOf } from '../editions/mail/quote-of.ts'
import { publicStories, topicsOfStory } from '../editions/public-stories.ts'
import type { PlannedStory, StoryClaim } from '../editions/rules/briefing/story.ts'
import { escapeHtml } from '../platform/text/escape-html.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import { outwardLink, passageLink } from '../platform/text/outward-link.ts'
import { shorten } from '../platform/text/shorten.ts'
import { type ListedStory, listStories } from '../stories/store/story-list.ts'
import { shownHeadline } from './story-cards.ts'
import { lastWeeks } from './topic-of.ts'

/** A feed that Sitrep offers, before it is written as Atom or JSON; its address is its id. */
export type PublicFeed = {
  title: string
  description: string
  address: string
  /** The page of the same content. */
  page: string
  updated: Temporal.Instant
  entries: PublicFeedEntry[]
}

/** A story as an entry: its address is its id, and `html` is what its reports say. */
export type PublicFeedEntry = {
  address: string
  title: string
  published: Temporal.Instant
  updated: Temporal.Instant
  summary: string
  html: string
  topics: string[]
}

/** A feed has so many stories, the newest; where only some pass, so many are looked at. */
const maxEntries = 40
const maxLooked = 400

/**
 * The feed of the last weeks' stories on some topics, each with the lowest score that a story on it has; `passing` says which of some
 * stories belong in it, all where it is not given.
 */
export async function storyFeed(
  { db, now, config }: App,
  head: Pick<PublicFeed, 'title' | 'description' | 'address' | 'page'>,
  topics: ReadonlyMap<string, number>,
  names: Map<string, string>,
  passing?: (ids: number[]) => Promise<Set<number>>,
): Promise<PublicFeed> {
  const span = lastWeeks(now())
  const found = await listStories(db, { ...span, topics }, { order: 'newest', limit: passing ? maxLooked : maxEntries })
  const kept = await passing?.(found.map(({ id }) => id))
  const listed = found.filter(({ id }) => kept?.has(id) ?? true).slice(0, maxEntries)
  const ids = listed.map(({ id }) => id)
  const entries = feedEntries(listed, await publicStories(db, ids), names, config.publicUrl)
  return { ...head, updated: updatedOf(entries, span.from), entries }
}

/** The stories of a list as entries, in its order. */
function feedEntries(
  listed: ListedStory[],
  stories: PlannedStory[],
  names: Map<string, string>,
  publicUrl: string,
): PublicFeedEntry[] {
  const times = new Map(listed.map(({ id, begun, updated }) => [id, { published: begun, updated }]))
  return stories.flatMap((story) => {
    const time = times.get(story.id)
    const topics = topicsOfStory(story).map((slug) => names.get(slug) ?? slug)
    return time ? [{ ...time, topics, ...entryOf(story, publicUrl) }] : []
  })
}

function entryOf(
  story: PlannedStory,
  publicUrl: string,
): Pick<PublicFeedEntry, 'address' | 'title' | 'summary' | 'html'> {
  return {
    address: `${publicUrl}/stories/${story.id}`,
    title: shownHeadline(story),
    summary: shorten(story.claims[0].text, 320),
    html: `<ul>${story.claims.map(claimHtml).join('')}</ul>`,
  }
}

const maxQuote = 420

function claimHtml(claim: StoryClaim): string {
  const { text, evidence, item, feed } = claim
  const quote = quoteOf(claim, maxQuote)
  const name = escapeHtml(publisherName(feed.title, item.url))
  const link = evidence[0] ? passageLink(outwardLink(item.url), evidence[0].quote) : outwardLink(item.url)
  const source = link ? `<a href="${escapeHtml(link)}">${name}</a>` : name
  return [
    `<li><p>${escapeHtml(shorten(text, 600))}</p>`,
    quote ? `<blockquote><p>${escapeHtml(quote)}</p></blockquote>` : '',
    `<p>${source}, ${formatUtc(datedAt(claim))}</p></li>`,
  ].join('')
}

/** When a feed was updated: with its newest entry, or at `empty` where it has none. */
function updatedOf(entries: PublicFeedEntry[], empty: Temporal.Instant): Temporal.Instant {
  const times = entries.map(({ updated }) => updated).toSorted(Temporal.Instant.compare)
  return times.at(-1) ?? empty
}
