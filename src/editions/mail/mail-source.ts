import { formatIn } from '../../platform/text/format-instant.ts'
import { outwardLink } from '../../platform/text/outward-link.ts'
import { oneLine, shorten } from '../../platform/text/shorten.ts'
import { sentencesOf } from '../../reading/rules/takeaways/sentences.ts'
import type { Reference } from '../../reading/rules/types.ts'
import type { ReferenceLink, SourceLine } from './mail-view.ts'
import { datedAt, type MatchedTakeaway } from './matched-takeaway.ts'
import { shownPublisher } from './publisher-name.ts'

const shownReferences = 6

/** What a takeaway needs to know of its mail. */
export type MailContext = { zone: string; closedAt: Temporal.Instant; publicUrl: string }

/** The line that names a takeaway's report. */
export function toSource(takeaway: MatchedTakeaway, { zone, closedAt }: MailContext): SourceLine {
  return {
    feed: shownPublisher(takeaway),
    title: shorten(takeaway.item.title, 160) || 'Untitled report',
    link: outwardLink(takeaway.item.url),
    when: formatIn(zone, datedAt(takeaway, closedAt), closedAt),
    lang: foreign(takeaway.item.language),
  }
}

/** The sentences of a quotation that fit into `max` characters; the first one alone is cut at a word. */
export function wholeSentences(quote: string, max: number): string {
  const line = oneLine(quote)
  const fitting = sentencesOf(line).findLast(({ end }) => end <= max)
  return fitting ? line.slice(0, fitting.end) : shorten(line, max)
}

/** A feed's language if it is a plain tag (BCP 47) and not English, the language of the mail; else null. */
export function foreign(language: string | null): string | null {
  if (!language || !/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(language)) return null
  return /^en(-|$)/i.test(language) ? null : language
}

/** The first references of a takeaway that have an address, each address once, and how many more there are. */
export function toReferences(references: Reference[]): { references: ReferenceLink[]; moreReferences: number } {
  const linked = [...new Map(references.flatMap(toReferenceLink).map((each) => [each.link, each])).values()]
  const shown = linked.slice(0, shownReferences)
  return { references: shown, moreReferences: linked.length - shown.length }
}

/** A mark without an address tells a reader of a mail nothing. */
function toReferenceLink({ mark, url }: Reference): ReferenceLink[] {
  const link = outwardLink(url)
  return link ? [{ mark: shorten(mark, 12), link }] : []
}
