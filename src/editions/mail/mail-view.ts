import { nameOfPlace } from '../../places/rules/find-place.ts'
import type { Cadence } from '../../platform/db/tables/editions.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { weekdayName, zoneName } from '../../platform/text/format-instant.ts'
import { plural } from '../../platform/text/plural.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import type { TextPiece } from './figure-marks.ts'

/** The sender of a mail; `publicUrl` is the address of our pages, without a slash at its end. */
export type MailSender = { publicUrl: string; brand: Brand }
/** `privacyUrl` is the operator's own page on privacy. */
export type Brand = { postalAddress?: string | undefined; contact: string; privacyUrl?: string | undefined }

/** When the mails of a subscription come; `localTime` (07:00) has no meaning for alerts. */
export type SubscriptionSchedule = { cadence: Cadence; localTime: string; weekday?: number }

/** The fields of every mail's header and footer. */
export type MailLayout = {
  lang: 'en'
  subject: string
  /** The line that inboxes show beside the subject. */
  preheader: string
  kicker: string
  headline: string
  deck: string
  /** What follows from the choices of its readers, such as their quiet hours; `""` for nothing. Web copies leave it and `why` out. */
  notice: string
  site: string
  webCopy: string | null
  why: string
  /**
   * The sign-up form with the topics of this mail, for who got it forwarded: no reader's token or address stands in it. Null in mails
   * on no topic; web copies leave it out.
   */
  signUp: string | null
  postalAddress: string | null
  contact: string
  /** The page on privacy. */
  privacy: string
}

export type DigestView = MailLayout & {
  corrections: Corrections
  /** What is told in full, the heaviest first. */
  stories: StoryView[]
  /** What is told in one line: new events that did not fit, and what goes on. */
  others: StoryLine[]
  continuing: StoryLine[]
  /** How many stories are in neither list. */
  more: number
  watch: StoryLine[]
  /** The headlines of the heaviest stories that are not on the topics of its readers. */
  near: StoryLine[]
  /** Which reports were read for this mail. */
  read: string
  /** The addresses of the text part, by the numbers in the marks of its sources. */
  links: NumberedLink[]
}

export type NumberedLink = { n: number; url: string; claim: string | null }

/** A story in full. `n` counts through the mail; `labels` say what it is about and what it is to its reader. */
export type StoryView = {
  n: number
  headline: string
  lang: string | null
  labels: string[]
  statements: MailStatement[]
  /** What its other claims say, a line each. */
  further: { text: string; lang: string | null; by: string }[]
  figures: FigureLine[]
  sources: StorySource[]
  /** Our page of the story with all its claims; null for a claim that is in no story yet. `pageMark` is its number in the text part. */
  page: string | null
  pageMark: string
  /** Its first claim, by which readers can say what is wrong with the story; null where it has no page. `claimMark` is its number. */
  claim: number | null
  claimMark: string
}

/** What one source says: a claim, null where the headline is the claim, with a quotation that adds to it. */
export type MailStatement = {
  text: string | null
  quote: string | null
  /** The text and the quote with their figures marked, for the HTML. */
  pieces: TextPiece[]
  quotePieces: TextPiece[]
  lang: string | null
  by: string
}

/** The values of one kind of figure with their sources; `differ` where they contradict each other. */
export type FigureLine = { role: string; values: string; differ: boolean }

/** A report of a story: `link` opens it at the passage, `readingPage` is our own page of it. */
export type StorySource = {
  name: string
  when: string
  link: string | null
  readingPage: string
  /** `[3] [4]`: the numbers of both addresses in the text part. */
  marks: string
  references: ReferenceLink[]
  moreReferences: number
}

/** A story in one line, or a sentence about what is to come. */
export type StoryLine = { text: string; lang: string | null; source: StorySource }

export type WeeklyView = MailLayout & {
  corrections: Corrections
  /** The heaviest first. */
  threads: ThreadView[]
  also: WeekLine[]
  /** How many stories are in neither list; a line is one story of its thread. */
  more: number
  figures: WeekFigureView[]
  /** Sentences about what is to come. */
  open: WeekLine[]
  read: string
  links: NumberedLink[]
}

/** A thread of a week: where its headline stands, what it was each day, and our page of its heaviest story. */
export type ThreadView = {
  n: number
  headline: WeekLine
  labels: string[]
  days: WeekLine[]
  page: string | null
  pageMark: string
}

/** Words of one report under a day (`Tue 15`); `by` says who is cited, where the words do not. `mark` is the number of its link in the text part. */
export type WeekLine = { day: string; text: string; lang: string | null; by: string | null; source: WeekSource }

/** A report, at the passage where that is known. */
export type WeekSource = { name: string; link: string; mark: string }

/** The largest figure of thread `n` of one kind, and that of the week before. */
export type WeekFigureView = { n: number; role: string; now: WeekLine; before: WeekLine | null }

export type AlertView = MailLayout & {
  corrections: Corrections
  stories: StoryView[]
  /** What did not fit is told in a line, and after these `more` stories are counted. */
  others: StoryLine[]
  more: number
  /** The page that leads to the stories of all days and topics. */
  archive: string
  /** The words of the link to the page that mutes a story of this mail. */
  mute: string
  links: NumberedLink[]
}

/** A confirmation mail, a preferences link or a notice: a few sentences and one button. */
export type ConfirmationView = MailLayout & {
  paragraphs: string[]
  button: string
  /** Where the button leads; null for the personal link of the template. */
  href: string | null
  /** Which personal link that is; not given for the one that the template has. */
  own?: 'takeAddress' | 'keepAddress' | 'undo'
  after: string[]
}

/** What has changed since its readers were told; `more` counts what is not listed; `notes` correct what the mail tells. */
export type Corrections = { lines: CorrectionLine[]; more: number; notes: NoteLine[] }

/** An admin's correction of a report that the mail tells: the day, the note, and our page of the report. */
export type NoteLine = {
  day: string
  note: string
  feed: string
  title: string
  lang: string | null
  readingPage: string
}

/** A takeaway as it is now, null when it was withdrawn, and as it was told, null when it was not wrong. */
export type CorrectionLine = {
  label: 'Corrected' | 'Update'
  now: string | null
  was: string | null
  lang: string | null
  source: SourceLine
  readingPage: string
}

/** A report; `link` is null where the feed gave none that is safe to follow. */
export type SourceLine = { feed: string; title: string; link: string | null; when: string; lang: string | null }

export type ReferenceLink = { mark: string; link: string }

/** The layout fields that name the sender; they are the same in every mail. */
export function senderFields({ publicUrl, brand }: MailSender) {
  return {
    lang: 'en',
    site: siteName(publicUrl),
    signUp: null as string | null,
    postalAddress: brand.postalAddress ?? null,
    contact: brand.contact,
    privacy: privacyLink(publicUrl, brand),
  } as const
}

/** The address of the page on privacy: the operator's own, or ours below `publicUrl`. */
export function privacyLink(publicUrl: string, { privacyUrl }: Pick<Brand, 'privacyUrl'>): string {
  return privacyUrl ?? `${publicUrl}/privacy`
}

/** The address of the sign-up form with these topics chosen. */
export function signUpLink(publicUrl: string, topics: TopicName[]): string {
  return `${publicUrl}/?topics=${topics.map(({ slug }) => encodeURIComponent(slug)).join(',')}`
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
export function whyLine(
  schedule: SubscriptionSchedule,
  zone: string,
  topics: TopicName[],
  filter?: SubscriptionFilter,
): string {
  const limits = filter ? limitsIn(filter) : ''
  return `You get this mail because you subscribed to ${scheduleWords(schedule, zone)} on ${namesOf(topics)}${limits}.`
}

/** `, about Ukraine and Sudan, from 2 feeds`: what a subscription asks for beside its topics. */
function limitsIn({ topics, all_topics, places, feeds, languages, min_score }: SubscriptionFilter): string {
  const limits = [
    all_topics && topics.length > 1 && 'only what is on all of these topics',
    places.length > 0 && `about ${places.map((code) => nameOfPlace(code) ?? code).join(' or ')}`,
    feeds.length > 0 && `from ${plural(feeds.length, 'feed')}`,
    languages.length > 0 && `in the languages ${languages.join(', ')}`,
    min_score > 0 && `with a score of ${min_score} or more`,
  ].filter((words) => words !== false)
  return limits.map((words) => `, ${words}`).join('')
}

/** `a daily digest at 07:00 (Kyiv)`. */
export function scheduleWords({ cadence, localTime, weekday }: SubscriptionSchedule, zone: string): string {
  if (cadence === 'alert') return 'alerts'
  const when = `at ${localTime} (${zoneName(zone)})`
  return cadence === 'daily' ? `a daily digest ${when}` : `a weekly digest on ${weekdayName(weekday ?? 1)}s ${when}`
}

/** `A, B and C`. */
export function namesOf(topics: TopicName[]): string {
  const names = topics.map((topic) => topic.name)
  const last = names.pop() ?? ''
  return names.length ? `${names.join(', ')} and ${last}` : last
}
