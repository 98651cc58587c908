import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { isolated } from '../../platform/text/direction.ts'
import { formatIn, longDate, shortDate, weekdayName, zoneName } from '../../platform/text/format-instant.ts'
import { plural } from '../../platform/text/plural.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { shortHeadline, subjectHeadline } from '../rules/briefing/headline.ts'
import type { PlannedStory } from '../rules/briefing/story.ts'
import { type Correction, claimsIn, correctionBytes, correctionSubject, toCorrections } from './corrections.ts'
import { type FittedBriefing, fitBriefing } from './fit-briefing.ts'
import {
  type DigestView,
  editionLink,
  type MailSender,
  type SubscriptionSchedule,
  senderFields,
  signUpLink,
  whyLine,
} from './mail-view.ts'
import { numberLinks } from './number-links.ts'
import { stripPlaceholders } from './placeholders.ts'
import { publisherName } from './publisher-name.ts'
import { lengthFor } from './reading-time.ts'
import { voicedSubject } from './voiced-headline.ts'

const kinds = { daily: 'Daily digest', welcome: 'Welcome digest' }
/** Words that a person reads in a minute. */
export const readingSpeed = 230

/**
 * What was read for a mail: reports, their feeds, reports that held nothing for its reader, and the titles of feeds that had been
 * silent against their habit.
 */
export type ReadCounts = { reports: number; feeds: number; withoutMatch: number; silent: string[] }

/** What daily and weekly digests are made of beside what they tell. */
export type SlotFacts = MailSender & {
  slug: string
  /** In the reader's order. */
  topics: TopicName[]
  /** What the subscription asks for; not given for a preview. */
  filter?: SubscriptionFilter
  corrections: Correction[]
  read: ReadCounts | null
  zone: string
  closedAt: Temporal.Instant
  /** The slot's date: 2026-11-23. */
  civilDate: string
  schedule: SubscriptionSchedule
  /** Set in a digest that makes up for missed ones. */
  catchUp?: CatchUp | null
}

/** The dates (2026-11-23) whose digests were not sent, and the time of the last digest before them. */
export type CatchUp = { since: Temporal.Instant; dates: string[] }

export type DigestFacts = SlotFacts & {
  kind: keyof typeof kinds
  /** The heaviest first. */
  stories: PlannedStory[]
  /** So many minutes the mail may take to read, 2 where none are given; null for all of it. */
  minutes?: number | null
  /** The stories of other topics, the heaviest first. */
  near?: PlannedStory[]
  /** What the topics brought last, for a mail without news. */
  last?: LastReport | null
}

/** The newest report on some topics, and when it became known. */
export type LastReport = { item: number; title: string; at: Temporal.Instant }

/** How much of each story a digest tells. */
export function fitDigest(facts: Omit<DigestFacts, 'slug' | 'brand'>): FittedBriefing {
  const { stories, near, topics, zone, closedAt, publicUrl, corrections, minutes } = facts
  const context = { zone, closedAt, publicUrl }
  return fitBriefing({ stories, near: near ?? [] }, topics, context, {
    length: lengthFor(minutes),
    reservedBytes: correctionBytes(toCorrections(corrections, context, claimsIn([...stories, ...(near ?? [])]))),
  })
}

/** The view of a digest: dates in words, times in the slot's zone, nothing that belongs to one reader alone. */
export function digestView(facts: DigestFacts, fitted = fitDigest(facts)): DigestView {
  const { kind, topics, zone, closedAt, publicUrl, civilDate } = facts
  const { full, others, continuing, watch, near, left } = fitted
  const view = {
    ...senderFields(facts),
    subject: digestSubject(facts, fitted),
    kicker: kinds[kind],
    headline: longDate(civilDate),
    notice: noticeOf(facts),
    webCopy: editionLink(publicUrl, facts.slug),
    why: whyLine(facts.schedule, zone, topics, facts.filter),
    signUp: signUpLink(publicUrl, topics),
    corrections: toCorrections(
      facts.corrections,
      { zone, closedAt, publicUrl },
      claimsIn([
        ...[...full, ...others, ...continuing].map(({ story }) => story),
        ...(facts.near ?? []).slice(0, near.length),
      ]),
    ),
    stories: full.map((story) => story.view),
    others: others.map((story) => story.view),
    continuing: continuing.map((story) => story.view),
    more: left.length,
    watch,
    near,
    read: readWords(facts.read),
  }
  const deck = deckOf(facts, minutesFor(view))
  const next = [...full, ...others].slice(1, 3).map(({ story }) => story.headline)
  const preheader = next.length > 0 ? `Also: ${next.map(isolated).join(' · ')}. ${deck}` : deck
  return numberLinks({ ...view, deck, preheader: shorten(preheader, 220) })
}

/** What a welcome says of the mails to come, and a mail without news of the last ones. */
function noticeOf({ stories, ...facts }: DigestFacts): string {
  if (facts.kind === 'welcome') return nextWords(facts.schedule, facts.zone)
  return slotNotice(facts, stories.length + facts.corrections.length === 0)
}

/** What a digest makes up for, and in a mail without news what its topics brought last. */
export function slotNotice(
  { catchUp, zone, closedAt, last }: Pick<DigestFacts, 'catchUp' | 'zone' | 'closedAt' | 'last'>,
  isQuiet: boolean,
): string {
  const sentences = [catchUpWords(catchUp, zone, closedAt), isQuiet ? lastWords(last, zone, closedAt) : '']
  return sentences.filter((words) => words !== '').join(' ')
}

/** `This digest covers the time since Sun 22 Nov, 07:00 (Kyiv), because the digest of Mon 23 Nov was not sent.` */
function catchUpWords(catchUp: CatchUp | null | undefined, zone: string, near: Temporal.Instant): string {
  const [first] = catchUp?.dates ?? []
  const last = catchUp?.dates.at(-1)
  if (!catchUp || !first || !last) return ''
  const missed =
    first === last
      ? `the digest of ${shortDate(first)} was`
      : `the ${catchUp.dates.length} digests from ${shortDate(first)} to ${shortDate(last)} were`
  return `This digest covers the time since ${formatIn(zone, catchUp.since, near)}, because ${missed} not sent.`
}

/** The headline of the first story; of a mail of lines alone the first line, and of one of corrections alone the first of these. */
function digestSubject(
  { corrections, kind, civilDate }: DigestFacts,
  { full, others, continuing }: FittedBriefing,
): string {
  const [lead] = full
  if (lead) return voicedSubject(lead.story)
  const [line] = [...others, ...continuing]
  if (line) return subjectHeadline(shortHeadline(line.view.text))
  const [correction] = corrections
  if (correction) return correctionSubject(correction, 60)
  return kind === 'welcome' ? `${kinds.welcome}, ${longDate(civilDate)}` : quietSubject(civilDate)
}

/** The subject of a mail without news. */
export const quietSubject = (civilDate: string): string => `Nothing new for you, ${shortDate(civilDate)}`

/** `The last report for this subscription: “Strike cuts power”, Mon 23 Nov, 14:05 (Kyiv).` */
function lastWords(last: LastReport | null | undefined, zone: string, near: Temporal.Instant): string {
  if (!last) return 'No report has matched this subscription yet.'
  return `The last report for this subscription: “${isolated(shorten(last.title, 120))}”, ${formatIn(zone, last.at, near)}.`
}

function minutesFor({
  stories,
  others,
  continuing,
  watch,
}: Pick<DigestView, 'stories' | 'others' | 'continuing' | 'watch'>): number {
  const words = JSON.stringify([
    stories.map(({ headline, statements, figures }) => ({ headline, statements, figures })),
    [others, continuing, watch].map((lines) => lines.map(({ text }) => text)),
  ])
  return Math.max(1, Math.round(words.split(/\s+/).length / readingSpeed))
}

/** `4 stories from 6 reports · since yesterday 07:00 · 2 min`; a welcome tells of its last hours. */
function deckOf({ kind, zone, closedAt, stories, corrections }: DigestFacts, minutes: number): string {
  const reports = new Set(stories.flatMap(({ claims }) => claims.map(({ item }) => item.id))).size
  const counted = `${plural(stories.length, 'story', 'stories')} from ${plural(reports, 'report')}`
  if (kind === 'welcome') {
    const found = stories.length ? counted : 'There was nothing new for this subscription'
    return `${found} in the last seven days.`
  }
  const until = formatIn(zone, closedAt, closedAt)
  const changes = corrections.length ? `${plural(corrections.length, 'change')} to what we told you` : ''
  if (stories.length) return `${counted}${changes && `, and ${changes}`}, until ${until}. ${minutes} min.`
  return changes ? `${changes}, until ${until}.` : `There was nothing new for this subscription until ${until}.`
}

function nextWords({ cadence, localTime, weekday }: SubscriptionSchedule, zone: string): string {
  if (cadence === 'alert') return 'From now on, you get an alert when there is news on your topics.'
  const day = cadence === 'daily' ? 'every day' : `every ${weekdayName(weekday ?? 1)}`
  return `From now on, you get a digest ${day} at ${localTime} (${zoneName(zone)}).`
}

export function readWords(read: ReadCounts | null): string {
  if (!read) return ''
  const none = read.withoutMatch > 0 ? ` ${plural(read.withoutMatch, 'report')} held nothing on your topics.` : ''
  return `We read ${plural(read.reports, 'report')} from ${plural(read.feeds, 'feed')}.${none}${silentWords(read.silent)}`
}

/** So many silent feeds are named. */
const maxSilent = 3

/** ` Silent against their habit: River Desk, Wire and 2 more.` */
function silentWords(silent: string[]): string {
  if (silent.length === 0) return ''
  const names = silent.slice(0, maxSilent).map((title) => isolated(stripPlaceholders(publisherName(title, null))))
  const more = silent.length - names.length
  const whose = silent.length === 1 ? 'its' : 'their'
  return ` Silent against ${whose} habit: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}
