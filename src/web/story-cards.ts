import { foreign } from '../editions/mail/mail-source.ts'
import { shownPublisher } from '../editions/mail/publisher-name.ts'
import { quoteOf } from '../editions/mail/quote-of.ts'
import { shownSpeaker } from '../editions/mail/shown-speaker.ts'
import { topicsOfStory } from '../editions/public-stories.ts'
import type { PlannedStory, StoryClaim } from '../editions/rules/briefing/story.ts'
import { dateAt, longDate } from '../platform/text/format-instant.ts'
import { lettersOf } from '../platform/text/letters-of.ts'
import { shorten } from '../platform/text/shorten.ts'

/** A story as lists show it. */
export type StoryCard = {
  id: number
  headline: string
  lang: string | null
  topics: { slug: string; name: string }[]
  labels: string[]
  /** What its strongest report says beside the headline; null where that is all. */
  text: string | null
  speaker: string | null
  publishers: string
  corrections: ShownCorrection[]
}

/** An admin's correction of a claim that a page shows: `24 November 2026`, of whose report, and the note. */
export type ShownCorrection = { date: string; publisher: string; note: string }

const maxText = 320
const maxPublishers = 4

export function storyCard(story: PlannedStory, names: Map<string, string>): StoryCard {
  const [claim] = story.claims
  return {
    id: story.id,
    headline: shownHeadline(story),
    lang: foreign(claim.item.language),
    topics: topicsOfStory(story).map((slug) => ({ slug, name: names.get(slug) ?? slug })),
    labels: story.isDisputed ? ['Disputed'] : [],
    text: textOf(claim, story.headline),
    speaker: claim.attribution ? shownSpeaker(claim.attribution) : null,
    publishers: publishersOf(story),
    corrections: correctionsOn(story.claims),
  }
}

/** The corrections of some claims, each once, the first one first. */
export function correctionsOn(claims: Pick<StoryClaim, 'item' | 'feed'>[]): ShownCorrection[] {
  const notes = claims.flatMap((claim) => (claim.item.corrections ?? []).map((one) => ({ ...one, claim })))
  const each = [...new Map(notes.map((one) => [one.id, one])).values()].toSorted((a, b) => a.id - b.id)
  return each.map(({ at, note, claim }) => ({ date: longDate(dateAt(at)), publisher: shownPublisher(claim), note }))
}

/** The headline of a story as pages and feeds show it. */
export const shownHeadline = ({ headline }: PlannedStory): string => shorten(headline, 200)

/** The claim, or its quote where the claim is the headline. */
function textOf(claim: StoryClaim, headline: string): string | null {
  return lettersOf(claim.text) === lettersOf(headline) ? quoteOf(claim, maxText) : shorten(claim.text, maxText)
}

/** `Meridian Wire, River Desk and 2 more`: the names of its sources, each once. */
function publishersOf({ claims }: PlannedStory): string {
  const names = [...new Set(claims.map(shownPublisher))]
  const more = names.length - maxPublishers
  const shown = names.slice(0, maxPublishers).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}
