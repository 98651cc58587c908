import { formatIn } from '../../platform/text/format-instant.ts'
import { plural } from '../../platform/text/plural.ts'
import { shorten } from '../../platform/text/shorten.ts'
import { titleClaim } from '../../reading/rules/takeaways/title-claim.ts'
import { leansOnTitle } from '../../reading/rules/takeaways/wording.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { byReport } from './arrange.ts'
import { type Correction, correctionBytes, correctionSubject, toCorrections } from './corrections.ts'
import { dedupe, type MatchedTakeaway } from './dedupe.ts'
import { type AlertView, editionLink, type MailSender, type SourceGroup, senderFields, whyLine } from './mail-view.ts'

/** Readers in many zones share one alert, so its times are UTC. */
const zone = 'UTC'

export type AlertFacts = MailSender & {
  slug: string
  /** The topics of the filter, in its order. */
  topics: TopicName[]
  takeaways: MatchedTakeaway[]
  corrections: Correction[]
  closedAt: Temporal.Instant
}

/** The view of an alert: the takeaways of one report, or of a few that came together, and corrections of earlier alerts. */
export function alertView({ topics, closedAt, publicUrl, slug, brand, ...facts }: AlertFacts): AlertView {
  const takeaways = dedupe(facts.takeaways)
  const context = { zone, closedAt, publicUrl }
  const corrections = toCorrections(facts.corrections, context)
  const { sources, more } = byReport(takeaways, topics, context, correctionBytes(corrections))
  const titles = [...sources.map(({ source }) => source), ...corrections.lines.map(({ source }) => source)]
  const [first] = titles
  const [correction, ...otherCorrections] = facts.corrections
  const others = otherCorrections.length + takeaways.length
  return {
    ...senderFields({ publicUrl, brand }),
    subject: correction
      ? `${correctionSubject(correction, 90)}${moreWords(others)}`
      : alertSubject(newsOf(sources[0]), takeaways.length),
    preheader: first ? shorten(`${first.feed}: ${first.title}`, 200) : '',
    kicker: kickerOf(takeaways.length, facts.corrections),
    headline:
      new Set(titles.map(({ title }) => title)).size === 1
        ? shorten(first?.title ?? '', 120)
        : plural(titles.length, 'report'),
    deck: `${contentWords(takeaways.length, facts.corrections.length)}, sent ${formatIn(zone, closedAt, closedAt)}.`,
    webCopy: editionLink(publicUrl, slug),
    why: whyLine({ cadence: 'alert', localTime: '' }, zone, topics),
    corrections,
    sources,
    more,
  }
}

/** What an alert is: it tells news, or only that figures rose, or that something was wrong. */
function kickerOf(takeaways: number, corrections: Correction[]): string {
  if (takeaways > 0) return 'Alert'
  return corrections.every(({ kind }) => kind === 'updated') ? 'Update' : 'Correction'
}

/** The first takeaway of a report; its title where the takeaway goes on from that and names no event of its own. */
function newsOf(report: SourceGroup | undefined): string {
  const text = report?.items[0]?.text ?? ''
  return leansOnTitle(text) ? (titleClaim(report?.source.title ?? '', true) ?? text) : text
}

/** `Alert: the first takeaway, at most 90 characters (+2 more takeaways)`, of `count` takeaways. */
export function alertSubject(first: string, count: number): string {
  return `Alert: ${shorten(first, 90)}${moreWords(count - 1)}`
}

function moreWords(count: number): string {
  return count > 0 ? ` (+${plural(count, 'more takeaway')})` : ''
}

/** `2 takeaways on your topics, and 1 change to what we told you`. */
function contentWords(takeaways: number, corrections: number): string {
  const changes = corrections ? [`${plural(corrections, 'change')} to what we told you`] : []
  return [...(takeaways ? [`${plural(takeaways, 'takeaway')} on your topics`] : []), ...changes].join(', and ')
}
