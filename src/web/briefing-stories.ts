import { foreign } from '../editions/mail/mail-source.ts'
import { datedAt } from '../editions/mail/matched-takeaway.ts'
import { shownPublisher } from '../editions/mail/publisher-name.ts'
import { quoteOf } from '../editions/mail/quote-of.ts'
import { shownSpeaker } from '../editions/mail/shown-speaker.ts'
import { joinValues } from '../editions/rules/briefing/figure-rows.ts'
import type { FigureRow, PlannedStory, Status, StoryClaim } from '../editions/rules/briefing/story.ts'
import { formatTime } from '../platform/text/format-instant.ts'
import { lettersOf } from '../platform/text/letters-of.ts'
import { outwardLink, passageLink } from '../platform/text/outward-link.ts'
import { shorten } from '../platform/text/shorten.ts'
import { type StoryCard, storyCard } from './story-cards.ts'

/** A story as the briefing of a day tells it in full: what two publishers say, and where their figures stand. */
export type BriefingStory = StoryCard & {
  statements: { text: string | null; quote: string | null; lang: string | null; by: string; link: string | null }[]
  figures: { role: string; values: string; differ: boolean }[]
}

const maxStatements = 2
const maxText = 500
const maxQuote = 420
const maxFigures = 4

/** Times are UTC, and those within a day of `end` are without their date. */
export function briefingStory(story: PlannedStory, names: Map<string, string>, end: Temporal.Instant): BriefingStory {
  const card = storyCard(story, names)
  return {
    ...card,
    labels: [statusNames[story.status], ...card.labels],
    statements: firstOfEach(story).map((claim) => statementOf(claim, story.headline, end)),
    figures: story.figures
      .filter(({ values }) => values.length > 1)
      .slice(0, maxFigures)
      .map((row) => figureOf(row, end)),
  }
}

const statusNames: Record<Status, string> = { new: 'New', update: 'Update', continuing: 'Continuing' }

/** The strongest claim of each publisher that says more than the headline. */
function firstOfEach({ claims, headline }: PlannedStory): StoryClaim[] {
  const telling = claims.filter(
    (claim) => lettersOf(claim.text) !== lettersOf(headline) || quoteOf(claim, maxQuote) !== null,
  )
  return [...new Map(telling.toReversed().map((claim) => [claim.publisher, claim])).values()]
    .toSorted((a, b) => claims.indexOf(a) - claims.indexOf(b))
    .slice(0, maxStatements)
}

function statementOf(claim: StoryClaim, headline: string, end: Temporal.Instant): BriefingStory['statements'][number] {
  const { text, item, attribution, evidence } = claim
  const link = outwardLink(item.url)
  const speaker = attribution ? `, citing ${shownSpeaker(attribution)}` : ''
  return {
    text: lettersOf(text) === lettersOf(headline) ? null : shorten(text, maxText),
    quote: quoteOf(claim, maxQuote),
    lang: foreign(item.language),
    by: `${sourceOf(claim, end)}${speaker}`,
    link: evidence[0] ? passageLink(link, evidence[0].quote) : link,
  }
}

function figureOf(row: FigureRow, end: Temporal.Instant): BriefingStory['figures'][number] {
  const told = row.values.map(({ value, speaker, claim }) => {
    const who = speaker ? `${shownSpeaker(speaker, 40)}: ` : ''
    return `${shorten(value, 60)} (${who}${sourceOf(claim, end)})`
  })
  return { role: row.role, differ: row.differ, values: joinValues(row, told) }
}

/** `Meridian Wire, 15:20`. */
function sourceOf(claim: StoryClaim, end: Temporal.Instant): string {
  return `${shownPublisher(claim)}, ${formatTime(datedAt(claim, end), 'UTC', end)}`
}
