import { isolated } from '../../platform/text/direction.ts'
import { formatInstant, formatTime } from '../../platform/text/format-instant.ts'
import { lettersOf } from '../../platform/text/letters-of.ts'
import { outwardLink, passageLink } from '../../platform/text/outward-link.ts'
import { plural } from '../../platform/text/plural.ts'
import { oneLine, shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { joinValues } from '../rules/briefing/figure-rows.ts'
import { shortHeadline } from '../rules/briefing/headline.ts'
import type { FigureRow, FigureValue, PlannedStory, StoryClaim } from '../rules/briefing/story.ts'
import { tellsSame } from '../rules/shared-words.ts'
import { markFigures } from './figure-marks.ts'
import { foreign, type MailContext, toReferences, wholeSentences } from './mail-source.ts'
import type { FigureLine, MailStatement, StoryLine, StorySource, StoryView } from './mail-view.ts'
import { datedAt } from './matched-takeaway.ts'
import { stripPlaceholders } from './placeholders.ts'
import { shownPublisher } from './publisher-name.ts'
import { quoteOf } from './quote-of.ts'
import { shownSpeaker } from './shown-speaker.ts'
import { voicedHeadline } from './voiced-headline.ts'

/** How much of a story a mail tells: its statements, and the length of each of their texts in characters. */
export type StoryLength = { statements: number; further: number; text: number; quote: number; figures: number }

/** The first story of a mail, and the others. */
export const leadLength: StoryLength = { statements: 2, further: 2, text: 600, quote: 420, figures: 5 }
export const otherLength: StoryLength = { statements: 1, further: 1, text: 500, quote: 260, figures: 2 }
const maxSources = 6

/** A story in full, with the topics of the reader's that it is on. */
export function toStoryView(
  story: PlannedStory,
  n: number,
  topics: TopicName[],
  context: MailContext,
  length: StoryLength,
): StoryView {
  const { full, further } = shownClaims(story, length)
  return {
    n,
    headline: stripPlaceholders(voicedHeadline(story)),
    lang: foreign(claimOfHeadline(story).item.language),
    labels: labelsOf(story, topics, context),
    statements: full.map((claim) => toStatement(claim, story.headline, context, length)),
    further: further.map((claim) => toFurther(claim, context)),
    figures: story.figures
      .filter(isTelling)
      .slice(0, length.figures)
      .map((row) => toFigureLine(row, context)),
    sources: sourcesOf(story, context),
    page: story.id > 0 ? `${context.publicUrl}/stories/${story.id}?claim=${story.claims[0].wording}` : null,
    pageMark: '',
    claim: story.id > 0 ? story.claims[0].wording : null,
    claimMark: '',
  }
}

/** A story in one line: what goes on, or what did not fit. */
export function toStoryLine(story: PlannedStory, context: MailContext): StoryLine {
  const [claim] = story.claims
  return {
    text: stripPlaceholders(lineOf(claim.text)),
    lang: foreign(claim.item.language),
    source: toStorySource(claim, context),
  }
}

/** The headline of a story, as a line. */
export function toHeadline(story: PlannedStory, context: MailContext): StoryLine {
  return { ...toStoryLine(story, context), text: stripPlaceholders(story.headline) }
}

/** The sentences of a claim that fit into a line, or a part of a longer one that ends with a phrase. */
function lineOf(text: string): string {
  const line = wholeSentences(text, maxLine)
  return line.endsWith('…') ? shortHeadline(text) : line
}

const maxLine = 320

const statusNames = { new: 'New', update: 'Update', continuing: 'Continuing' }

function labelsOf(story: PlannedStory, topics: TopicName[], { zone, closedAt }: MailContext): string[] {
  const slugs = new Set(story.claims.flatMap(({ matches }) => matches.map(({ topic }) => topic)))
  const names = topics.filter(({ slug }) => slugs.has(slug)).map(({ name }) => name)
  return [
    ...names,
    statusNames[story.status],
    ...(story.publishers > 1 ? [plural(story.publishers, 'publisher')] : []),
    ...(story.isDisputed ? ['Disputed'] : []),
    ...(story.claims.some(({ item }) => item.corrections) ? ['Corrected'] : []),
    ...(story.alertedAt ? [`Alerted ${formatInstant(story.alertedAt, zone, closedAt)}`] : []),
  ]
}

/**
 * The claims of a story by what is shown of them: those told in full, the one that gave the headline first and one of each
 * publisher before a second of one, and those of which a line is shown. A claim that only says again what another one says is left out.
 */
function shownClaims({ claims, headline }: PlannedStory, { statements, further }: StoryLength) {
  const ofHeadline = claims.filter((claim) => isOfHeadline(headline, claim))
  const others = claims.filter((claim) => !ofHeadline.includes(claim))
  const byPublisher = [...Map.groupBy([...ofHeadline, ...others], ({ publisher }) => publisher).values()]
  const inTurns = byPublisher.flatMap(([first]) => first ?? []).concat(byPublisher.flatMap((own) => own.slice(1)))
  const told = inTurns.filter((claim) => !isOnly(headline, claim))
  const known: string[] = [headline]
  const isKnown = (words: string) => known.some((other) => tellsSame(other, words))
  const full: StoryClaim[] = []
  for (const claim of told) {
    const words = wordsOf(claim)
    if (full.length === statements || (full.length > 0 && words.every(isKnown))) continue
    full.push(claim)
    known.push(...words)
  }
  const rest = told.filter((claim) => !full.includes(claim) && !isKnown(claim.text))
  return { full, further: rest.slice(0, further) }
}

const wordsOf = ({ text, evidence }: StoryClaim): string[] => [text, ...evidence.slice(0, 1).map(({ quote }) => quote)]

/** Whether a claim, or the title of its report, gave the headline. */
const isOfHeadline = (headline: string, { text, item }: StoryClaim): boolean =>
  [text, item.title].some((words) => lettersOf(words).includes(lettersOf(headline)))

/** The claim whose words are the headline, which tells its language. */
const claimOfHeadline = ({ claims, headline }: PlannedStory): StoryClaim =>
  claims.find((claim) => isOfHeadline(headline, claim)) ?? claims[0]

/** Whether the headline is all that a claim says and quotes. */
function isOnly(headline: string, { text, evidence }: StoryClaim): boolean {
  return lettersOf(text) === lettersOf(headline) && evidence.every(({ quote }) => tellsSame(text, quote))
}

function toStatement(claim: StoryClaim, headline: string, context: MailContext, length: StoryLength): MailStatement {
  const isHeadline = lettersOf(claim.text) === lettersOf(headline)
  const text = isHeadline ? null : stripPlaceholders(shorten(claim.text, length.text))
  const quoted = quoteOf(claim, length.quote)
  const quote = quoted && stripPlaceholders(quoted)
  return {
    ...{ text, quote },
    pieces: markFigures(text ?? ''),
    quotePieces: markFigures(quote ?? ''),
    lang: foreign(claim.item.language),
    by: byLine(isHeadline && quote ? withSpeakerOf(claim, quote) : claim, context),
  }
}

/**
 * A claim of which only a quotation is shown: whom the quotation speaks about is not its speaker, as the mayor in `A councillor
 * deplored the mayor's decision`.
 */
function withSpeakerOf(claim: StoryClaim, quote: string): StoryClaim {
  const name = claim.attribution?.match(/\p{Lu}[\p{L}’'-]+$/u)?.[0]
  if (!name) return claim
  const around = quote.split(new RegExp(`(?<!\\p{L})${RegExp.escape(name)}(?!\\p{L})`, 'u'))
  const speaks = around.some((before, i) => {
    const after = around[i + 1]
    return after !== undefined && (saysAfter.test(after) || saysBefore.test(before))
  })
  return around.length === 1 || speaks ? claim : { ...claim, attribution: null }
}

const saying =
  '(?:sa(?:id|ys)|told|tells|announc\\w+|warn\\w+|add(?:s|ed)|wrote|writes|claim\\w*|stat(?:es|ed)|confirm\\w*|call(?:s|ed) (?:for|on)|ask(?:s|ed)|according)'
const saysAfter = new RegExp(`^(?![’']s)[^.;]{0,60}?\\b${saying}\\b`, 'u')
const saysBefore = new RegExp(`\\b${saying}(?: to)?(?: [\\p{L}’'-]+){0,4} $`, 'u')

const toFurther = (claim: StoryClaim, context: MailContext) => ({
  text: stripPlaceholders(shorten(claim.text, 320)),
  lang: foreign(claim.item.language),
  by: byLine(claim, context),
})

/** `Meridian Wire, 15:20, citing the air force`. */
function byLine(claim: StoryClaim, context: MailContext): string {
  const speaker = claim.attribution ? `, citing ${shownSpeaker(claim.attribution)}` : ''
  const summary = claim.item.isSummary ? ', from a summary' : ''
  const { name, when } = reportOf(claim, context)
  return `${name}, ${when}${speaker}${summary}`
}

/** A row with the values of one publisher repeats the statement above it. */
const isTelling = ({ values }: FigureRow): boolean => new Set(values.map(({ claim }) => claim.publisher)).size > 1

function toFigureLine(row: FigureRow, context: MailContext): FigureLine {
  const values = row.values.map((value) => valueWords(value, context))
  return { role: row.role, values: joinValues(row, values), differ: row.differ }
}

function valueWords({ value, speaker, claim }: FigureValue, context: MailContext): string {
  const { name, when } = reportOf(claim, context)
  return `${isolated(oneLine(value))} (${speaker ? `${shownSpeaker(speaker, 40)}: ` : ''}${name} ${when})`
}

/** The publisher of a claim's report, and its time. */
const reportOf = (claim: StoryClaim, { zone, closedAt }: MailContext) => ({
  name: shownPublisher(claim),
  when: formatTime(datedAt(claim, closedAt), zone, closedAt),
})

/** Each report of the story once. */
function sourcesOf(story: PlannedStory, context: MailContext): StorySource[] {
  const reports = new Map(story.claims.map((claim) => [claim.item.id, claim]))
  return [...reports.values()].slice(0, maxSources).map((claim) => toStorySource(claim, context))
}

export function toStorySource(claim: StoryClaim, context: MailContext): StorySource {
  const [evidence] = claim.evidence
  const link = outwardLink(claim.item.url)
  return {
    ...reportOf(claim, context),
    link: evidence ? passageLink(link, evidence.quote) : link,
    readingPage: `${context.publicUrl}/items/${claim.item.id}${evidence ? `#p${evidence.passage}` : ''}`,
    marks: '',
    ...toReferences(evidence?.references ?? []),
  }
}
