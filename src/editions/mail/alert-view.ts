import { formatIn } from '../../platform/text/format-instant.ts'
import { plural } from '../../platform/text/plural.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { byReport } from './arrange.ts'
import { dedupe, type MatchedTakeaway } from './dedupe.ts'
import { type AlertView, editionLink, type MailSender, senderFields, whyLine } from './mail-view.ts'

/** Readers in many zones share one alert, so its times are UTC. */
const zone = 'UTC'

export type AlertFacts = MailSender & {
  slug: string
  /** The topics of the filter, in its order. */
  topics: TopicName[]
  takeaways: MatchedTakeaway[]
  closedAt: Temporal.Instant
}

/** The view of an alert: the takeaways of one report, or of a few that came together. */
export function alertView({ topics, closedAt, publicUrl, slug, brand, ...facts }: AlertFacts): AlertView {
  const takeaways = dedupe(facts.takeaways)
  const { sources, more } = byReport(takeaways, topics, { zone, closedAt, publicUrl })
  const [first] = sources
  return {
    ...senderFields({ publicUrl, brand }),
    subject: alertSubject(first?.items[0]?.text ?? '', takeaways.length),
    preheader: first ? shorten(`${first.source.feed}: ${first.source.title}`, 200) : '',
    kicker: 'Alert',
    headline: first && sources.length === 1 ? shorten(first.source.title, 120) : plural(sources.length, 'report'),
    deck: `${plural(takeaways.length, 'takeaway')} on your topics, sent ${formatIn(zone, closedAt, closedAt)}.`,
    webCopy: editionLink(publicUrl, slug),
    why: whyLine({ cadence: 'alert', localTime: '' }, zone, topics),
    sources,
    more,
  }
}

/** `Alert: the first takeaway, at most 90 characters (+2 more takeaways)`, of `count` takeaways. */
export function alertSubject(first: string, count: number): string {
  return `Alert: ${shorten(first, 90)}${count > 1 ? ` (+${plural(count - 1, 'more takeaway')})` : ''}`
}
