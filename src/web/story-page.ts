import { foreign } from '../editions/mail/mail-source.ts'
import { shownPublisher } from '../editions/mail/publisher-name.ts'
import { quoteOf } from '../editions/mail/quote-of.ts'
import { shownSpeaker } from '../editions/mail/shown-speaker.ts'
import { type PublicClaim, topicsOfStory } from '../editions/public-stories.ts'
import type { StoryRecord } from '../editions/story-record.ts'
import { formatInstant, formatTime, formatUtc } from '../platform/text/format-instant.ts'
import { outwardLink, passageLink } from '../platform/text/outward-link.ts'
import { plural } from '../platform/text/plural.ts'
import { shorten } from '../platform/text/shorten.ts'
import type { Comparison } from '../stories/rules/facts/compare-figures.ts'
import { figureHistories } from '../stories/rules/facts/figure-history.ts'
import { correctionsOn } from './story-cards.ts'

const maxText = 600
const maxQuote = 420
const maxKinds = 12
const maxValues = 12
const maxSources = 4

/** The view of a story: claims by time, figures with their history, reports, and its thread. Times are UTC. */
export function storyPage(record: StoryRecord, names: Map<string, string>) {
  const { story, claims, olderClaims, thread, last } = record
  return {
    id: story.id,
    headline: shorten(story.headline, 200),
    lang: foreign(story.claims[0].item.language),
    topics: topicsOfStory(story).map((slug) => ({ slug, name: names.get(slug) ?? slug })),
    lead: leadOf(record),
    isDisputed: story.isDisputed,
    olderClaims: olderClaims > 0 ? plural(olderClaims, 'older claim') : null,
    claims: claims.map((claim) => claimView(claim, last)),
    figures: figuresOf(claims, last),
    reports: reportsOf(claims, last),
    thread: thread.map((other) => ({
      id: other.id,
      headline: shorten(other.headline, 160),
      at: formatInstant(other.last, 'UTC', last),
    })),
  }
}

/**
 * `5 reports of 4 publishers, from Mon 23 Nov, 12:00 to Mon 23 Nov 2026, 18:10 UTC.` Where older claims are not shown, it is of the
 * newest ones, and says so.
 */
export function leadOf({ claims, olderClaims, story, first: begun, last }: StoryRecord): string {
  const reports = new Set(claims.map(({ item }) => item.id)).size
  const among = olderClaims > 0 ? ` in the newest ${plural(claims.length, 'claim')}` : ''
  const counted = `${plural(reports, 'report')} of ${plural(story.publishers, 'publisher')}${among}`
  const first = (olderClaims > 0 && claims[0]?.at) || begun
  if (Temporal.Instant.compare(first, last) === 0) return `${counted}, ${formatUtc(first)}.`
  return `${counted}, from ${formatInstant(first, 'UTC', last)} to ${formatUtc(last)}.`
}

function claimView(claim: PublicClaim, last: Temporal.Instant) {
  const { item, feed, text, attribution, isCurrent } = claim
  const [evidence] = claim.evidence
  const link = outwardLink(item.url)
  return {
    at: formatInstant(claim.at, 'UTC', last),
    publisher: shownPublisher({ feed, item }),
    lang: foreign(item.language),
    text: shorten(text, maxText),
    quote: quoteOf(claim, maxQuote),
    speaker: attribution ? shownSpeaker(attribution) : null,
    isCurrent,
    corrections: correctionsOn([claim]),
    passage: evidence && isCurrent ? { n: evidence.passage, href: `/items/${item.id}#p${evidence.passage}` } : null,
    link: evidence && isCurrent ? passageLink(link, evidence.quote) : link,
  }
}

/** How a value stands to the one before it, where that is worth a word. */
const changes: { [change in Comparison]?: string } = {
  changed: 'the same source corrects its figure',
  differ: 'another figure',
  compare: 'of another day',
}

function figuresOf(claims: PublicClaim[], last: Temporal.Instant) {
  const histories = figureHistories(claims.map((claim) => ({ facts: claim.facts, source: claim })))
  return histories.slice(0, maxKinds).map(({ role, values }) => ({
    role,
    more: Math.max(0, values.length - maxValues),
    values: values.slice(-maxValues).map(({ fact, sources, change }) => ({
      value: shorten(fact.value, 80),
      speaker: fact.speaker ? shownSpeaker(fact.speaker, 60) : null,
      note: change ? (changes[change] ?? null) : null,
      sources: sources.slice(0, maxSources).map((claim) => sourceWords(claim, last)),
      more: Math.max(0, sources.length - maxSources),
    })),
  }))
}

const sourceWords = ({ feed, item, at }: PublicClaim, last: Temporal.Instant): string =>
  `${shownPublisher({ feed, item })}, ${formatTime(at, 'UTC', last)}`

/** Each report of the story once, in the order in which they came. */
function reportsOf(claims: PublicClaim[], last: Temporal.Instant) {
  const reports = new Map(claims.map((claim) => [claim.item.id, claim]))
  return [...reports.values()].map(({ item, feed }) => ({
    id: item.id,
    title: shorten(item.title, 160) || 'Untitled report',
    publisher: shownPublisher({ feed, item }),
    lang: foreign(item.language),
    link: outwardLink(item.url),
    at: formatInstant(item.publishedAt ?? item.firstSeenAt, 'UTC', last),
  }))
}
