import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'
import { formatIn } from '../../platform/text/format-instant.ts'
import { plural } from '../../platform/text/plural.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import type { PlannedStory } from '../rules/briefing/story.ts'
import { tellsSame } from '../rules/shared-words.ts'
import { noticeWords } from './alert-notice.ts'
import { type Correction, claimsIn, correctionBytes, correctionSubject, toCorrections } from './corrections.ts'
import { type FittedAlert, fitAlert } from './fit-alert.ts'
import { type AlertView, editionLink, type MailSender, senderFields, signUpLink, whyLine } from './mail-view.ts'
import { numberLinks } from './number-links.ts'
import { quoteOf } from './quote-of.ts'
import { voicedSubject } from './voiced-headline.ts'

export type AlertFacts = MailSender & {
  slug: string
  /** The zone of its readers: its times are theirs. */
  zone: string
  /** The topics of the filter, in its order. */
  topics: TopicName[]
  /** What the subscription asks for. */
  filter?: SubscriptionFilter
  stories: PlannedStory[]
  corrections: Correction[]
  closedAt: Temporal.Instant
  /** What it says of itself: see `noticeWords`. */
  notice?: string | null
}

/** How much of each story an alert tells. */
export function fitAlertOf(facts: Omit<AlertFacts, 'slug' | 'brand'>): FittedAlert {
  const { topics, closedAt, zone, publicUrl, stories, corrections } = facts
  const context = { zone, closedAt, publicUrl }
  return fitAlert(stories, topics, context, correctionBytes(toCorrections(corrections, context, claimsIn(stories))))
}

/** The view of an alert: stories of one feed that came together, and corrections of earlier alerts. */
export function alertView(facts: AlertFacts, fitted = fitAlertOf(facts)): AlertView {
  const { topics, closedAt, zone, publicUrl, slug, brand, stories, corrections, notice } = facts
  const context = { zone, closedAt, publicUrl }
  return numberLinks({
    ...senderFields({ publicUrl, brand }),
    subject: subjectOf(stories, corrections),
    preheader: shorten(preheaderOf(stories), 200),
    kicker: kickerOf(stories, corrections),
    headline: headlineOf(stories, corrections),
    deck: deckOf(facts),
    notice: notice ? noticeWords(notice) : '',
    webCopy: editionLink(publicUrl, slug),
    why: whyLine({ cadence: 'alert', localTime: '' }, zone, topics, facts.filter),
    signUp: signUpLink(publicUrl, topics),
    corrections: toCorrections(
      corrections,
      context,
      claimsIn([...fitted.full, ...fitted.others].map(({ story }) => story)),
    ),
    stories: fitted.full.map(({ view }) => view),
    others: fitted.others.map(({ view }) => view),
    more: fitted.left.length,
    archive: `${publicUrl}/editions`,
    mute: stories.length + corrections.length > 1 ? 'Mute a story of this mail' : 'Mute this story',
  })
}

function deckOf({ corrections, closedAt, zone }: AlertFacts): string {
  const changes = corrections.length > 0 ? [`${plural(corrections.length, 'change')} to what we told you.`] : []
  const sent = `Sent ${formatIn(zone, closedAt, closedAt)}.`
  return [...changes, sent].join(' ')
}

/** The headline of the first story, after `Update:` where its readers know of it. */
function subjectOf(stories: PlannedStory[], corrections: Correction[]): string {
  const [correction] = corrections
  const [story] = stories
  if (correction) return `${correctionSubject(correction, 78)}${others(corrections.length - 1 + stories.length)}`
  if (!story) return 'Alert'
  return `${story.status === 'update' ? 'Update: ' : ''}${voicedSubject(story)}`
}

const others = (count: number): string => (count > 0 ? ` (+${count} more)` : '')

function preheaderOf([story, ...rest]: PlannedStory[]): string {
  if (!story) return ''
  const said = story.claims.flatMap(
    (claim) => quoteOf(claim, 160) ?? (tellsSame(story.headline, claim.text) ? [] : claim.text),
  )
  return [...said.slice(0, 1), ...rest.map(({ headline }) => headline)].join(' · ')
}

function kickerOf(stories: PlannedStory[], corrections: Correction[]): string {
  if (stories.length > 0) return stories.every(({ status }) => status === 'update') ? 'Update' : 'Alert'
  return corrections.every(({ kind }) => kind === 'updated') ? 'Update' : 'Correction'
}

function headlineOf(stories: PlannedStory[], corrections: Correction[]): string {
  if (stories.length > 1) return plural(stories.length, 'story', 'stories')
  if (stories[0]) return corrections.length > 0 ? 'News and a change' : ''
  const [correction] = corrections
  return shorten((correction?.now ?? correction?.was)?.item.title ?? '', 120)
}
