import type { Cadence } from '../../platform/db/tables/editions.ts'
import { zoneName } from '../../platform/text/format-instant.ts'
import type { TopicName } from '../../reading/rules/types.ts'

/** The sender of a mail; `publicUrl` is the address of our pages, without a slash at its end. */
export type MailSender = { publicUrl: string; brand: Brand }
export type Brand = { postalAddress?: string | undefined; contact: string }

/** When the mails of a subscription come; `localTime` (07:00) has no meaning for alerts. */
export type SubscriptionSchedule = { cadence: Cadence; localTime: string }

/** The fields of every mail's header and footer. */
export type MailLayout = {
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

export type DigestView = MailLayout & {
  corrections: Corrections
  sections: Section[]
  more: More | null
  earlier: EarlierLine[]
  /** How many takeaways of earlier alerts are not listed in `earlier`. */
  earlierMore: number
}

export type AlertView = MailLayout & { corrections: Corrections; sources: SourceGroup[]; more: More | null }

/** A confirmation mail or a preferences link: a few sentences and one button. */
export type ConfirmationView = MailLayout & { paragraphs: string[]; button: string; after: string[] }

/** What has changed since its readers were told; `more` counts what is not listed. */
export type Corrections = { lines: CorrectionLine[]; more: number }

/** A takeaway as it is now, null when it was withdrawn, and as it was told, null when it was not wrong. */
export type CorrectionLine = {
  label: 'Corrected' | 'Updated'
  now: string | null
  was: string | null
  lang: string | null
  source: SourceLine
  readingPage: string
}

/** A topic with the takeaways that stand under it; `count` includes those that did not fit into the mail. */
export type Section = { name: string; count: number; sources: SourceGroup[] }

/**
 * One report with its takeaways; `link` is null where the feed gave none that is safe to follow. `titleShown` is false
 * where one of the takeaways is the title.
 */
export type SourceGroup = { source: SourceLine; titleShown: boolean; items: MailItem[] }
export type SourceLine = { feed: string; title: string; link: string | null; when: string; lang: string | null }

/** One takeaway in a mail; `n` counts through the whole mail. */
export type MailItem = {
  n: number
  text: string
  /** The same text in pieces: the words that its topic's rule found are highlighted. */
  pieces: HighlightedPiece[]
  lang: string | null
  sourceLabel: string
  tags: string[]
  quotes: { text: string }[]
  references: ReferenceLink[]
  moreReferences: number
  /** Opens the report at the passage. */
  link: string | null
  /** Our own page of the report, at the passage. */
  readingPage: string | null
  alsoIn: SourceLine[]
}

export type HighlightedPiece = { text: string; highlighted: boolean }
export type ReferenceLink = { mark: string; link: string }

/** The takeaways that did not fit into the mail: how many, their first reports, and how many other reports. */
export type More = { count: number; sources: (SourceLine & { count: number })[]; otherReports: number }

/** A takeaway that its reader has already had in an alert; `when` is the time of the alert. */
export type EarlierLine = { when: string; text: string; link: string | null; lang: string | null }

/** The layout fields that name the sender; they are the same in every mail. */
export function senderFields({ publicUrl, brand }: MailSender) {
  return {
    lang: 'en',
    site: siteName(publicUrl),
    postalAddress: brand.postalAddress ?? null,
    contact: brand.contact,
  } as const
}

/** The host that readers know the service by. */
export function siteName(publicUrl: string): string {
  return new URL(publicUrl).host
}

/** The address of an edition's web copy. */
export function editionLink(publicUrl: string, slug: string): string {
  return `${publicUrl}/editions/${encodeURIComponent(slug)}`
}

/** The sentence of the footer that says why this mail came. */
export function whyLine({ cadence, localTime }: SubscriptionSchedule, zone: string, topics: TopicName[]): string {
  return `You get this mail because you subscribed to ${wanted[cadence](`${localTime} (${zoneName(zone)})`)} on ${namesOf(topics)}.`
}

const wanted = {
  alert: () => 'alerts',
  daily: (when: string) => `a daily digest at ${when}`,
  weekly: (when: string) => `a weekly digest on Mondays at ${when}`,
}

/** `A, B and C`. */
export function namesOf(topics: TopicName[]): string {
  const names = topics.map((topic) => topic.name)
  const last = names.pop() ?? ''
  return names.length ? `${names.join(', ')} and ${last}` : last
}
