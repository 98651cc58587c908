import type { Cadence } from '../../platform/db/tables/editions.ts'
import type { Reference, Word } from '../../reading/rules/types.ts'

/** One takeaway as the store gives it for an edition: with its source, and every topic that it matched. */
export type MatchedTakeaway = {
  id: number
  kind: 'stated' | 'extracted'
  text: string
  attribution: string | null
  evidence: { passage: number; quote: string; references: Reference[] }[]
  matches: { topic: string; score: number; words: Word[] }[]
  item: {
    id: number
    title: string
    url: string | null
    publishedAt: Temporal.Instant | null
    firstSeenAt: Temporal.Instant
  }
  feed: { id: number; title: string; language: string | null }
  /** The greatest position of its matches: the order in which they became known. */
  position: number
}

/** A takeaway that its reader already had as an alert: one line, with when that alert closed. */
export type AlreadyAlerted = { takeaway: MatchedTakeaway; alertedAt: Temporal.Instant }

/** Who sends, as a mail must say it. */
export type Brand = { postalAddress?: string | undefined; contact: string }

/** When the mails of a subscription come; `localTime` (07:00) says nothing for alerts. */
export type SubscriptionSchedule = { cadence: Cadence; localTime: string }

/** What every mail shows around its matter. */
export type MailFrame = {
  lang: 'en'
  subject: string
  /** The line that inboxes show beside the subject. */
  preheader: string
  kicker: string
  headline: string
  deck: string
  site: string
  webCopy: string | null
  why: string
  postalAddress: string | null
  contact: string
}

export type DigestView = MailFrame & {
  sections: Section[]
  more: More | null
  earlier: EarlierLine[]
  earlierMore: number
}

export type AlertView = MailFrame & { sources: SourceGroup[]; more: More | null }

/** A confirmation or a fresh link: a sentence or two and one button. */
export type ConfirmationView = MailFrame & { paragraphs: string[]; button: string; after: string[] }

/** A topic with the takeaways that stand under it. */
export type Section = { name: string; count: number; sources: SourceGroup[] }

/** One report with its takeaways; `link` is null where the feed gave none that is safe to follow. */
export type SourceGroup = { source: SourceLine; items: MailItem[] }
export type SourceLine = { feed: string; title: string; link: string | null; when: string; lang: string | null }

/** One takeaway as it stands in a mail; `n` counts through the whole mail. */
export type MailItem = {
  n: number
  text: string
  /** The same text, cut where the words stand that its topic's rule found. */
  pieces: MarkedText[]
  lang: string | null
  sourceLabel: string
  tags: string[]
  quotes: Quote[]
  references: ReferenceMark[]
  moreReferences: number
  /** Opens the report at the passage. */
  link: string | null
  /** Our own page of the report, at the passage. */
  context: string | null
  alsoIn: SourceLine[]
}

export type MarkedText = { text: string; strong: boolean }
export type Quote = { text: string }
export type ReferenceMark = { mark: string; link: string | null }

/** What no longer fits into the mail: how many takeaways, and the reports that hold them. */
export type More = { count: number; sources: (SourceLine & { count: number })[]; reports: number }

/** A takeaway that an alert has already brought. */
export type EarlierLine = { when: string; text: string; link: string | null; lang: string | null }
