import { formatInstant } from '../../platform/text/format-instant.ts'
import { outwardLink, passageLink } from '../../platform/text/outward-link.ts'
import { oneLine, shorten } from '../../platform/text/shorten.ts'
import type { Reference, Word } from '../../reading/rules/types.ts'
import { type DedupedTakeaway, datedAt } from './dedupe.ts'
import type { MailItem, MarkedText, MatchedTakeaway, ReferenceMark, SourceLine } from './mail-view.ts'
import { stripPlaceholders } from './placeholders.ts'

const longestTakeaway = 600
const shownReferences = 6
const shownElsewhere = 3

/** What an entry needs to know of the mail that it stands in. */
export type Place = { zone: string; closedAt: Temporal.Instant; publicUrl: string }

/** A takeaway as it stands in a mail: `tags` are the names beside it, `words` the ones to set off. */
export function toMailItem(
  told: DedupedTakeaway,
  quoteLength: number,
  tags: string[],
  words: Word[],
  place: Place,
): Omit<MailItem, 'n'> {
  // Before it is cut into pieces: two harmless pieces must not meet as a slot.
  const text = stripPlaceholders(shorten(told.text, longestTakeaway))
  const [evidence] = told.evidence
  const references = evidence?.references ?? []
  const link = outwardLink(told.item.url)
  const verbatim = evidence !== undefined && isSame(evidence.quote, told.text)
  return {
    text,
    pieces: setOff(text, words),
    lang: foreign(told.feed.language),
    sourceLabel: originOf(told, verbatim),
    tags,
    quotes: evidence && !verbatim ? [{ text: shorten(evidence.quote, quoteLength) }] : [],
    references: references.slice(0, shownReferences).map(toMark),
    moreReferences: Math.max(0, references.length - shownReferences),
    link: evidence ? passageLink(link, evidence.quote) : link,
    context: evidence ? `${place.publicUrl}/items/${told.item.id}#p${evidence.passage}` : null,
    alsoIn: told.alsoIn.slice(0, shownElsewhere).map((other) => toSource(other, place)),
  }
}

/** The line that names a report. */
export function toSource(finding: MatchedTakeaway, { zone, closedAt }: Place): SourceLine {
  return {
    feed: shorten(finding.feed.title, 80) || 'Untitled feed',
    title: shorten(finding.item.title, 160) || 'Untitled report',
    link: outwardLink(finding.item.url),
    when: formatInstant(datedAt(finding, closedAt), zone, closedAt),
    lang: foreign(finding.feed.language),
  }
}

/** A feed's language where it is a plain tag (BCP 47) and not English, which the mail is in. */
export function foreign(language: string | null): string | null {
  if (!language || !/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(language)) return null
  return /^en(-|$)/i.test(language) ? null : language
}

/** Says honestly whose words these are. */
function originOf({ kind, attribution }: MatchedTakeaway, verbatim: boolean): string {
  const exact = verbatim ? ', word for word' : ''
  const said = attribution ? `, attributed to ${shorten(attribution, 80)}` : ''
  return `${origins[kind]}${exact}${said}`
}

const origins = {
  stated: 'Stated by the publisher',
  extracted: 'Selected sentence',
}

function isSame(quote: string, text: string): boolean {
  return oneLine(quote) === oneLine(text)
}

function toMark({ mark, url }: Reference): ReferenceMark {
  return { mark: shorten(mark, 12), link: outwardLink(url) }
}

/** Cuts a text where whole words of a topic's rule stand in it, at most four of them: more would shout. */
function setOff(text: string, words: Word[]): MarkedText[] {
  const wanted = [...new Set(words.map((word) => oneLine(word.text)))].filter((word) => word.length > 2).slice(0, 12)
  if (!wanted.length) return [{ text, strong: false }]
  const found = new RegExp(`(?<![\\p{L}\\p{N}])(${wanted.map(RegExp.escape).join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  return text
    .split(found)
    .map((piece, index) => ({ text: piece, strong: index % 2 === 1 && index < 8 }))
    .filter((piece) => piece.text)
}
