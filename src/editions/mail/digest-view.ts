import { htmlBytes } from '../../platform/text/escape-html.ts'
import { formatIn, longDate, shortDate, zoneName } from '../../platform/text/format-instant.ts'
import { outwardLink } from '../../platform/text/outward-link.ts'
import { plural } from '../../platform/text/plural.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { bySection, firstTopic } from './arrange.ts'
import { type Correction, correctionBytes, toCorrections } from './corrections.ts'
import { type DedupedTakeaway, dedupe, type MatchedTakeaway } from './dedupe.ts'
import { foreign, type MailContext } from './mail-item.ts'
import {
  type DigestView,
  type EarlierLine,
  editionLink,
  type MailSender,
  type Section,
  type SubscriptionSchedule,
  senderFields,
  whyLine,
} from './mail-view.ts'

const maxEarlierLines = 20
/** Bytes of the tags and styles of one line about an earlier alert. */
const earlierMarkupBytes = 200
const topicsInSubject = 3
const kinds = { daily: 'Daily digest', weekly: 'Weekly digest', welcome: 'Welcome digest' }

export type DigestFacts = MailSender & {
  slug: string
  kind: keyof typeof kinds
  /** In the reader's order. */
  topics: TopicName[]
  takeaways: MatchedTakeaway[]
  earlier: AlreadyAlerted[]
  corrections: Correction[]
  zone: string
  closedAt: Temporal.Instant
  /** The slot's date: 2026-11-23. */
  civilDate: string
  schedule: SubscriptionSchedule
}

/** A takeaway that its reader already had in an alert, which closed at `alertedAt`. */
export type AlreadyAlerted = { takeaway: MatchedTakeaway; alertedAt: Temporal.Instant }

/** The view of a digest: dates in words, times in the slot's zone, nothing that belongs to one reader alone. */
export function digestView(facts: DigestFacts): DigestView {
  const { kind, topics, zone, civilDate } = facts
  const takeaways = dedupe(facts.takeaways)
  const earlier = facts.earlier.slice(0, maxEarlierLines).map((alerted) => toEarlierLine(alerted, facts))
  const earlierBytes = earlier.reduce((sum, { text, link }) => sum + earlierMarkupBytes + htmlBytes(text, link), 0)
  const corrections = toCorrections(facts.corrections, facts)
  const { sections, more } = bySection(takeaways, topics, facts, earlierBytes + correctionBytes(corrections))
  const deck = deckOf(facts, takeaways)
  return {
    ...senderFields(facts),
    subject: digestSubject(kind, civilDate, countByTopic(takeaways, topics), facts.corrections.length),
    preheader: shorten(firstTexts(sections) || deck, 220),
    kicker: kinds[kind],
    headline: longDate(civilDate),
    deck,
    webCopy: editionLink(facts.publicUrl, facts.slug),
    why: whyLine(facts.schedule, zone, topics),
    corrections,
    sections,
    more,
    earlier,
    earlierMore: facts.earlier.length - earlier.length,
  }
}

/** `Daily digest, Mon 23 Nov: Infrastructure strikes (5), Displacement (3), 1 change`; topics past the third are only counted. */
export function digestSubject(
  kind: keyof typeof kinds,
  civilDate: string,
  counts: { topic: TopicName; count: number }[],
  corrections = 0,
): string {
  const filled = counts.filter(({ count }) => count > 0)
  const named = filled.slice(0, topicsInSubject).map(({ topic, count }) => `${shorten(topic.name, 40)} (${count})`)
  const rest = filled.slice(topicsInSubject).reduce((sum, { count }) => sum + count, 0)
  const changes = corrections ? [plural(corrections, 'change')] : []
  const parts = [...named, ...(rest ? [`other topics (${rest})`] : []), ...changes]
  return `${kinds[kind]}, ${shortDate(civilDate)}${parts.length ? `: ${parts.join(', ')}` : ''}`
}

function countByTopic(takeaways: DedupedTakeaway[], topics: TopicName[]): { topic: TopicName; count: number }[] {
  const byTopic = Map.groupBy(takeaways, (takeaway) => firstTopic(takeaway, topics))
  return topics.map((topic) => ({ topic, count: byTopic.get(topic)?.length ?? 0 }))
}

/** The first two takeaways of the mail, as inboxes show them. */
function firstTexts(sections: Section[]): string {
  const items = sections.flatMap(({ sources }) => sources.flatMap((source) => source.items))
  return items
    .slice(0, 2)
    .map((item) => shorten(item.text, 110))
    .join(' · ')
}

/** `8 takeaways from 3 reports, until Mon 23 Nov, 07:00 (Kyiv).`; a welcome says when the next digest comes instead. */
function deckOf(
  { kind, zone, closedAt, schedule, earlier, corrections }: DigestFacts,
  takeaways: DedupedTakeaway[],
): string {
  const reports = new Set(takeaways.map(({ item }) => item.id)).size
  const counted = `${plural(takeaways.length, 'takeaway')} from ${plural(reports, 'report')}`
  if (kind === 'welcome') {
    const found = takeaways.length ? counted : 'There were no takeaways on your topics'
    return `${found} in the last 24 hours. ${nextWords(schedule, zone)}`
  }
  const until = formatIn(zone, closedAt, closedAt)
  const changes = corrections.length ? `${plural(corrections.length, 'change')} to what we told you` : ''
  if (takeaways.length) return `${counted}${changes && `, and ${changes}`}, until ${until}.`
  if (changes) return `${changes}, until ${until}.`
  if (earlier.length) return `Until ${until}, you got all takeaways on your topics as alerts.`
  return `There were no takeaways on your topics until ${until}.`
}

function nextWords({ cadence, localTime }: SubscriptionSchedule, zone: string): string {
  if (cadence === 'alert') return 'From now on, you get an alert when a new report matches your topics.'
  const day = cadence === 'daily' ? 'every day' : 'every Monday'
  return `From now on, you get a digest ${day} at ${localTime} (${zoneName(zone)}).`
}

function toEarlierLine({ takeaway, alertedAt }: AlreadyAlerted, { zone, closedAt }: MailContext): EarlierLine {
  return {
    when: formatIn(zone, alertedAt, closedAt),
    text: shorten(takeaway.text, 180),
    link: outwardLink(takeaway.item.url),
    lang: foreign(takeaway.feed.language),
  }
}
