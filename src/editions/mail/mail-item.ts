import { formatIn } from '../../platform/text/format-instant.ts'
import { outwardLink, passageLink } from '../../platform/text/outward-link.ts'
import { oneLine, shorten } from '../../platform/text/shorten.ts'
import { withArticle } from '../../platform/text/with-article.ts'
import { sourceLabel } from '../../reading/rules/source-label.ts'
import { sentencesOf } from '../../reading/rules/takeaways/sentences.ts'
import type { Reference, Word } from '../../reading/rules/types.ts'
import { type DedupedTakeaway, datedAt, type MatchedTakeaway } from './dedupe.ts'
import type { HighlightedPiece, MailItem, ReferenceLink, SourceLine } from './mail-view.ts'
import { stripPlaceholders } from './placeholders.ts'
import { publisherName } from './publisher-name.ts'

const maxTextLength = 600
const shownReferences = 6
const shownElsewhere = 3
const maxHighlights = 4
/** A second quotation has room for at least so many characters. */
const minQuoteLength = 80

/** What an item needs to know of its mail. */
export type MailContext = { zone: string; closedAt: Temporal.Instant; publicUrl: string }

/** A takeaway as it stands in a mail. `quoteLength` is in characters; `tags` stand beside it; `words` are highlighted. */
export function toMailItem(
  takeaway: DedupedTakeaway,
  context: MailContext,
  { quoteLength, tags = [], words = [] }: { quoteLength: number; tags?: string[]; words?: Word[] },
): Omit<MailItem, 'n'> {
  // Before the text is cut into pieces: two harmless pieces must not join to a placeholder.
  const text = stripPlaceholders(shorten(takeaway.text, maxTextLength))
  const [evidence] = takeaway.evidence
  const references = (evidence?.references ?? []).flatMap(toReferenceLink)
  const address = outwardLink(takeaway.item.url)
  const verbatim = evidence !== undefined && isSame(evidence.quote, takeaway.text)
  return {
    text,
    pieces: highlight(text, words),
    lang: foreign(takeaway.feed.language),
    sourceLabel: sourceLabelOf(takeaway, verbatim),
    tags,
    quotes: quotesOf(takeaway, quoteLength),
    references: references.slice(0, shownReferences),
    moreReferences: Math.max(0, references.length - shownReferences),
    link: evidence ? passageLink(address, evidence.quote) : address,
    readingPage: evidence ? `${context.publicUrl}/items/${takeaway.item.id}#p${evidence.passage}` : null,
    alsoIn: takeaway.alsoIn.slice(0, shownElsewhere).map((other) => toSource(other, context)),
  }
}

/** The quotations of a takeaway that do not only repeat it. Together they have at most so many characters. */
function quotesOf({ text, evidence }: MatchedTakeaway, maxLength: number): MailItem['quotes'] {
  const quotes: MailItem['quotes'] = []
  let free = maxLength
  for (const { quote } of evidence) {
    if (isSame(quote, text) || free < minQuoteLength) continue
    const shown = wholeSentences(quote, free)
    quotes.push({ text: shown })
    free -= shown.length
  }
  return quotes
}

/** The sentences of a quotation that fit into `max` characters; the first one alone is cut at a word. */
function wholeSentences(quote: string, max: number): string {
  const line = oneLine(quote)
  const fitting = sentencesOf(line).findLast(({ end }) => end <= max)
  return fitting ? line.slice(0, fitting.end) : shorten(line, max)
}

/** The line that names a takeaway's report. */
export function toSource(takeaway: MatchedTakeaway, { zone, closedAt }: MailContext): SourceLine {
  return {
    feed: publisherName(takeaway.feed.title, takeaway.item.url),
    title: shorten(takeaway.item.title, 160) || 'Untitled report',
    link: outwardLink(takeaway.item.url),
    when: formatIn(zone, datedAt(takeaway, closedAt), closedAt),
    lang: foreign(takeaway.feed.language),
  }
}

/** A feed's language if it is a plain tag (BCP 47) and not English, the language of the mail; else null. */
export function foreign(language: string | null): string | null {
  if (!language || !/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(language)) return null
  return /^en(-|$)/i.test(language) ? null : language
}

/** Says whose words the takeaway is in. */
function sourceLabelOf(takeaway: MatchedTakeaway, verbatim: boolean): string {
  const { attribution, item } = takeaway
  const exact = verbatim ? ', word for word' : ''
  const attributed = attribution ? `, attributed to ${shorten(withArticle(attribution), 80)}` : ''
  return `${sourceLabel(takeaway)}${exact}${attributed}${item.isSummary ? ', from a summary' : ''}`
}

function isSame(quote: string, text: string): boolean {
  return oneLine(quote) === oneLine(text)
}

/** A mark without an address tells a reader of a mail nothing. */
function toReferenceLink({ mark, url }: Reference): ReferenceLink[] {
  const link = outwardLink(url)
  return link ? [{ mark: shorten(mark, 12), link }] : []
}

/** Cuts a text at whole words that a topic's rule found. At most four are highlighted, so that the mail stays calm. */
function highlight(text: string, words: Word[]): HighlightedPiece[] {
  const wanted = [...new Set(words.map((word) => oneLine(word.text)))].filter((word) => word.length > 2).slice(0, 12)
  if (!wanted.length) return [{ text, highlighted: false }]
  const found = new RegExp(`(?<![\\p{L}\\p{N}])(${wanted.map(RegExp.escape).join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  return text
    .split(found) // every second piece is a word that was found
    .map((piece, index) => ({ text: piece, highlighted: index % 2 === 1 && index < 2 * maxHighlights }))
    .filter((piece) => piece.text)
}
