import { htmlBytes } from '../../platform/text/escape-html.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { type DedupedTakeaway, type MatchedTakeaway, newestFirst } from './dedupe.ts'
import { type MailContext, toMailItem, toSource } from './mail-item.ts'
import type { MailItem, SourceLine } from './mail-view.ts'

/** Bytes of HTML for takeaways. With layout and closing list a mail stays under 90 KB (Gmail clips at about 102). */
export const sizeBudget = 60_000
/** How many takeaways, strongest first, have a long quote; lengths are in characters. */
const longQuotes = 8
const longQuoteLength = 500
const shortQuoteLength = 240
/** Bytes of the tags and styles of one takeaway and its source line. */
const markupBytes = 1_300

/** A takeaway that fits into the mail, with the greatest length of its quote in characters. */
export type FittedTakeaway = DedupedTakeaway & { quoteLength: number }

/**
 * Fits takeaways into `bytes` of HTML, strongest first, until one does not fit. Both lists keep the given order; the mail
 * counts what is left and names its reports.
 */
export function fitIntoBudget(
  takeaways: DedupedTakeaway[],
  topics: TopicName[],
  context: MailContext,
  bytes: number,
): { fitted: FittedTakeaway[]; left: DedupedTakeaway[] } {
  const strongestFirst = takeaways.toSorted((a, b) => strength(b, topics) - strength(a, topics) || newestFirst(a, b))
  const quoteLengths = new Map<DedupedTakeaway, number>()
  let freeBytes = bytes
  for (const takeaway of strongestFirst) {
    const quoteLength = quoteLengths.size < longQuotes ? longQuoteLength : shortQuoteLength
    freeBytes -= itemBytes(toMailItem(takeaway, context, { quoteLength }), toSource(takeaway, context))
    if (freeBytes < 0) break
    quoteLengths.set(takeaway, quoteLength)
  }
  return {
    fitted: takeaways.flatMap((takeaway) => {
      const quoteLength = quoteLengths.get(takeaway)
      return quoteLength === undefined ? [] : [{ ...takeaway, quoteLength }]
    }),
    left: takeaways.filter((takeaway) => !quoteLengths.has(takeaway)),
  }
}

/** The greatest score of a takeaway under these topics, 0 to 1. */
export function strength(takeaway: MatchedTakeaway, topics: TopicName[]): number {
  const matches = takeaway.matches.filter(({ topic }) => topics.some(({ slug }) => slug === topic))
  return Math.max(0, ...matches.map((match) => match.score))
}

function itemBytes(item: Omit<MailItem, 'n'>, source: SourceLine): number {
  const quotes = item.quotes.map((quote) => quote.text)
  const sources = [source, ...item.alsoIn].flatMap(({ feed, title, link }) => [feed, title, link])
  const references = item.references.flatMap(({ mark, link }) => [mark, link])
  return markupBytes + htmlBytes(item.text, item.sourceLabel, ...quotes, item.link, ...sources, ...references)
}
