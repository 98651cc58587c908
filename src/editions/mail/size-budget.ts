import { htmlBytes } from '../../platform/text/escape-html.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { type DedupedTakeaway, newestFirst } from './dedupe.ts'
import { type Place, toMailItem, toSource } from './mail-item.ts'
import type { MailItem, MatchedTakeaway, SourceLine } from './mail-view.ts'

/** Bytes of HTML for takeaways: with its frame and closing list a mail stays under 90 KB (Gmail clips at about 102). */
export const sizeBudget = 60_000
const longQuotes = 20
/** What the tags and styles of one takeaway and its source line take. */
const markup = 1_300

/**
 * Shares the room of a mail, in bytes, between its takeaways, strongest first: the first 20 with a quote of 240 characters,
 * the others with one of 120, as long as they fit. What has no room is not in the answer; the mail counts it and names its reports.
 */
export function fitIntoBudget(
  told: DedupedTakeaway[],
  topics: TopicName[],
  place: Place,
  bytes: number,
): Map<DedupedTakeaway, number> {
  const ranked = told.toSorted((a, b) => strength(b, topics) - strength(a, topics) || newestFirst(a, b))
  const room = new Map<DedupedTakeaway, number>()
  let left = bytes
  for (const each of ranked) {
    const quote = room.size < longQuotes ? 240 : 120
    left -= weigh(toMailItem(each, quote, [], [], place), toSource(each, place))
    if (left < 0) break
    room.set(each, quote)
  }
  return room
}

/** The greatest score of a takeaway under some topics. */
export function strength(finding: MatchedTakeaway, topics: TopicName[]): number {
  const scores = finding.matches.filter(({ topic }) => topics.some(({ slug }) => slug === topic))
  return Math.max(0, ...scores.map((match) => match.score))
}

function weigh(
  { text, sourceLabel: origin, quotes, references, link, alsoIn }: Omit<MailItem, 'n'>,
  source: SourceLine,
): number {
  const lines = [source, ...alsoIn].flatMap((line) => [line.feed, line.title, line.link])
  const marks = references.flatMap((mark) => [mark.mark, mark.link])
  return markup + htmlBytes(text, origin, ...quotes.map((quote) => quote.text), link, ...lines, ...marks)
}
