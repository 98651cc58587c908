import { lettersOf } from '../../../platform/text/letters-of.ts'
import type { PlannedStory, Status, StoryClaim } from './story.ts'

/**
 * How much a story weighs against the others of a mail: by independent publishers, superlatives, acts of violence, figures, what
 * it is to the reader, how near it is to what the stream tells most, and whether a publisher puts it forward. The weights were
 * measured on two periods of real reports, and each stays because it adds.
 */
export function weightOf(claims: StoryClaim[], status: Status, publishers: number): number {
  const texts = claims.map(({ text, item }) => `${item.title} ${text}`)
  const has = (test: RegExp) => (texts.some((text) => test.test(text)) ? 1 : 0)
  return (
    4 * Math.log2(1 + publishers) +
    0.5 * Math.log2(1 + claims.length) +
    3.5 * has(superlative) +
    2 * has(violence) +
    0.5 * has(/\bnuclear\b/i) +
    1.5 * (claims.some(isTitle) ? 1 : 0) +
    0.5 * Math.log10(1 + scaleOf(claims)) -
    1 * has(softened) -
    1.5 * (claims.every(isDeep) ? 1 : 0) +
    3 * Math.min(1, focusOf(claims) / fullFocus) +
    ofStatus[status]
  )
}

const ofStatus: Record<Status, number> = { new: 2.5, update: 0, continuing: -3 }

/** A name that so many claims have is one of the stream's own. */
const fullFocus = 0.3

const superlative =
  /\b(?:largest|biggest|heaviest|worst|deadliest|greatest|most (?:massive|powerful|intense|severe)|record|first time|since the (?:start|beginning)|unprecedented|massive|hundreds of)\b/i
const violence =
  /\b(?:struck|strikes?|hits?|attack(?:s|ed)?|missiles?|drones?|shell(?:s|ed|ing)|bomb(?:s|ed|ing)|kill(?:s|ed)|explosions?|blasts?|destroy(?:s|ed)|damag(?:es|ed)|blackouts?|without (?:power|electricity)|fires?)\b/i
/** Words of what is prepared, feared, summed up or repaired, and of what is so each time. */
const softened =
  /\b(?:may|might|could|plans? to|planning|prepar(?:es?|ing)|likely|previously|repairs?|restor(?:ed|ation)|summary|weekly|bulletin|snapshot|every|each time|always|usually|seldom|typically|whenever)\b/i

/** Whether a claim stands deep in a longer report: its publisher did not put it forward. */
const isDeep = ({ kind, isShort }: StoryClaim): boolean => kind === 'extracted' && !isShort

const isTitle = ({ text, item }: StoryClaim): boolean => lettersOf(text) === lettersOf(item.title)

/** The largest figure of what was launched, cut off or driven out. */
function scaleOf(claims: StoryClaim[]): number {
  const roles = ['launched', 'drones launched', 'without power', 'displaced', 'moved']
  const figures = claims.flatMap(({ facts }) => facts.filter(({ role }) => roles.includes(role)))
  return Math.max(0, ...figures.map(({ low }) => low))
}

const focusOf = (claims: StoryClaim[]): number => Math.max(0, ...claims.map(({ focus }) => focus))

/** The heaviest story first; of equal ones that with the newest report. */
export function heavierFirst(a: PlannedStory, b: PlannedStory): number {
  return b.weight - a.weight || b.claims[0].position - a.claims[0].position
}
