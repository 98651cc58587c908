import { formatInstant } from '../../platform/text/format-instant.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { byReport } from './arrange.ts'
import { dedupe } from './dedupe.ts'
import { editionLink, siteName, whyLine } from './frame.ts'
import type { AlertView, Brand, MatchedTakeaway } from './mail-view.ts'
import { alertSubject } from './subject.ts'

/** Readers in many zones share one alert, so its times are UTC. */
const zone = 'UTC'

export type AlertFacts = {
  /** What the filter asks for, in its order. */
  topics: TopicName[]
  takeaways: MatchedTakeaway[]
  closedAt: Temporal.Instant
  publicUrl: string
  slug: string
  brand: Brand
}

/** An alert as its templates want it: the takeaways of one report, or of a few that came together. */
export function alertView({ topics, takeaways: findings, closedAt, publicUrl, slug, brand }: AlertFacts): AlertView {
  const told = dedupe(findings)
  const { sources, more } = byReport(told, topics, { zone, closedAt, publicUrl })
  const first = sources[0]?.source
  return {
    lang: 'en',
    subject: alertSubject(sources[0]?.items[0]?.text ?? '', told.length),
    preheader: first ? shorten(`${first.feed}: ${first.title}`, 200) : '',
    kicker: 'Alert',
    headline: first && sources.length === 1 ? shorten(first.title, 120) : `${sources.length} reports`,
    deck: `${told.length} ${told.length === 1 ? 'takeaway' : 'takeaways'} on your topics, sent ${formatInstant(closedAt, zone, closedAt)} UTC.`,
    site: siteName(publicUrl),
    webCopy: editionLink(publicUrl, slug),
    why: whyLine({ cadence: 'alert', localTime: '' }, zone, topics),
    postalAddress: brand.postalAddress ?? null,
    contact: brand.contact,
    sources,
    more,
  }
}
