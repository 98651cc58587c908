import { formatInstant, longDate, zoneName } from '../../platform/text/format-instant.ts'
import { htmlBytes } from '../../platform/text/html-bytes.ts'
import { outwardLink } from '../../platform/text/outward-link.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { bySection, firstTopic } from './arrange.ts'
import { type DedupedTakeaway, dedupe } from './dedupe.ts'
import { editionLink, siteName, whyLine } from './frame.ts'
import { foreign, type Place } from './mail-item.ts'
import type {
  AlreadyAlerted,
  Brand,
  DigestView,
  EarlierLine,
  MatchedTakeaway,
  SubscriptionSchedule,
} from './mail-view.ts'
import { digestSubject } from './subject.ts'

const earlierLines = 20

export type DigestFacts = {
  kind: 'daily' | 'weekly' | 'welcome'
  /** In the reader's order. */
  topics: TopicName[]
  takeaways: MatchedTakeaway[]
  earlier: AlreadyAlerted[]
  zone: string
  closedAt: Temporal.Instant
  /** The slot's date: 2026-11-23. */
  civilDate: string
  publicUrl: string
  slug: string
  brand: Brand
  schedule: SubscriptionSchedule
}

/** A digest as its templates want it: dates in words, times in the slot's zone, nothing of a single reader. */
export function digestView(facts: DigestFacts): DigestView {
  const { kind, topics, zone, closedAt, civilDate } = facts
  const place = { zone, closedAt, publicUrl: facts.publicUrl }
  const told = dedupe(facts.takeaways)
  const counts = Map.groupBy(told, (each) => firstTopic(each, topics))
  const earlier = facts.earlier.slice(0, earlierLines).map((line) => toEarlier(line, place))
  const taken = earlier.reduce((sum, line) => sum + 200 + htmlBytes(line.text, line.link), 0)
  const { sections, more } = bySection(told, topics, place, taken)
  const first = sections.flatMap(({ sources }) => sources.flatMap(({ items: entries }) => entries)).slice(0, 2)
  return {
    lang: 'en',
    subject: digestSubject(
      kind,
      civilDate,
      topics.map((topic) => ({ topic, count: counts.get(topic)?.length ?? 0 })),
    ),
    preheader: shorten(first.map((entry) => shorten(entry.text, 110)).join(' · ') || deckOf(facts, told), 220),
    kicker: kickers[kind],
    headline: longDate(civilDate),
    deck: deckOf(facts, told),
    site: siteName(facts.publicUrl),
    webCopy: editionLink(facts.publicUrl, facts.slug),
    why: whyLine(facts.schedule, zone, topics),
    postalAddress: facts.brand.postalAddress ?? null,
    contact: facts.brand.contact,
    sections,
    more,
    earlier,
    earlierMore: Math.max(0, facts.earlier.length - earlierLines),
  }
}

const kickers = { daily: 'Daily digest', weekly: 'Weekly digest', welcome: 'Your first digest' }

/** `8 takeaways from 3 reports, up to Mon 23 Nov, 07:00 (Kyiv).`; a newcomer is told what comes next instead. */
function deckOf({ kind, zone, closedAt, schedule, earlier }: DigestFacts, told: DedupedTakeaway[]): string {
  const reports = new Set(told.map(({ item }) => item.id)).size
  const counted = `${counting(told.length, 'takeaway')} from ${counting(reports, 'report')}`
  if (kind === 'welcome') {
    return `${told.length ? counted : 'No takeaway on your topics'} in the last 24 hours. ${nextWords(schedule, zone)}`
  }
  const nothing = earlier.length ? 'Nothing new beyond your alerts' : 'No takeaway on your topics'
  return `${told.length ? counted : nothing}, up to ${formatInstant(closedAt, zone, closedAt)} (${zoneName(zone)}).`
}

function nextWords({ cadence, localTime }: SubscriptionSchedule, zone: string): string {
  if (cadence === 'alert') return 'From now on, alerts come as reports appear.'
  const day = cadence === 'daily' ? 'every day' : 'every Monday'
  return `From now on, one comes ${day} at ${localTime} (${zoneName(zone)}).`
}

function counting(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function toEarlier({ takeaway: finding, alertedAt }: AlreadyAlerted, { zone, closedAt }: Place): EarlierLine {
  return {
    when: `${formatInstant(alertedAt, zone, closedAt)} (${zoneName(zone)})`,
    text: shorten(finding.text, 180),
    link: outwardLink(finding.item.url),
    lang: foreign(finding.feed.language),
  }
}
