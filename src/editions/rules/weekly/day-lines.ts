import { oneLine } from '../../../platform/text/shorten.ts'
import { sentencesOf } from '../../../reading/rules/takeaways/sentences.ts'
import { tellsPast } from '../../../stories/rules/event-days.ts'
import { datedAt } from '../../mail/matched-takeaway.ts'
import { headlineOf, maxHeadline, withoutStop } from '../briefing/headline.ts'
import { saysContinuing } from '../briefing/status.ts'
import type { StoryClaim } from '../briefing/story.ts'
import { weightOf } from '../briefing/weight.ts'
import { sharedWith, tellsSame } from '../shared-words.ts'
import { dayOfClaim } from './day-of-claim.ts'
import type { DayLine, Week } from './week.ts'

/** The words by which a claim may be told in a line, none of them cut: the title of its report where that tells it, and its own. */
export function linesOf(claim: StoryClaim, week: Week): DayLine[] {
  const date = dayOfClaim(claim, week)
  const title = headlineOf([claim])
  const texts = [...(claim.text.startsWith(title) ? [] : [title]), ...inShort(claim.text)]
  const weight = weightOf([claim], 'update', 1)
  return [...new Set(texts)].map((text) => {
    const worth = worthOf(text, claim)
    return { date, text, claim, worth, weight: weight + worth }
  })
}

/** A claim or its first sentence, if that is short. */
function inShort(text: string): string[] {
  const [first] = text.length <= maxHeadline ? [] : sentencesOf(text)
  const whole = oneLine(first ? text.slice(first.start, first.end) : text)
  return whole.length <= maxHeadline ? [withoutStop(whole)] : []
}

/** Words with a figure tell more; what only goes on or is past tells less; and long words take the reader's time. */
function worthOf(text: string, claim: StoryClaim): number {
  const figures = claim.facts.some(({ value }) => text.includes(value)) ? withFigure : 0
  const old = tellsPast(claim.text, datedAt(claim).epochMilliseconds) ? past : 0
  return figures - old - (saysContinuing(claim.text) ? goingOn : 0) - text.length / lengthOfOnePoint
}

const withFigure = 1.5
const past = 4
const goingOn = 3
const lengthOfOnePoint = 35
/** What words lose that are all in the headline. */
const repeated = 8

/**
 * The lines that say more than the headline, the strongest first. On the day of the headline the event is told already, so that
 * what is new in words counts and not how much the event weighs.
 */
export function besideHeadline(lines: DayLine[], headline: Pick<DayLine, 'text' | 'date'>): DayLine[] {
  return lines
    .filter(({ text }) => !tellsSame(headline.text, text))
    .map((line) => {
      const weight = line.date === headline.date ? line.worth : line.weight
      return { ...line, weight: weight - repeated * sharedWith(headline.text, line.text) }
    })
    .toSorted((a, b) => b.weight - a.weight)
}

/**
 * At most `count` lines, one a day and in the order of days: those of the first and the last day, which say what became of it,
 * and the strongest between them. What is told in `known` or in another line is not told again.
 */
export function chosenLines(lines: DayLine[], count: number, known: string[]): DayLine[] {
  const days: DayLine[] = []
  for (const line of lines) {
    const isTold = [...known, ...days.map(({ text }) => text)].some((text) => tellsSame(text, line.text))
    if (!isTold && !days.some(({ date }) => date === line.date)) days.push(line)
  }
  const inOrder = days.toSorted(byDate)
  const ends = [inOrder[0], inOrder.at(-1)].filter((line) => line !== undefined)
  return [...new Set([...ends, ...days])].slice(0, count).toSorted(byDate)
}

const byDate = (a: DayLine, b: DayLine): number => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)
