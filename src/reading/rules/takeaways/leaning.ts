import type { Span } from '../passages/page.ts'
import { isBulletinLine } from './about-report.ts'
import { actorsIn } from './actors.ts'
import { countOtherwise } from './outcome-figures.ts'
import { areElsewhere } from './place-names.ts'
import type { Statement } from './statement.ts'
import { dependsOnPrevious, isBareCount, namesToldEvent, tells } from './wording.ts'

/**
 * The sentences that only go on from the claim of a title: those at the beginning of the text or behind what tells the
 * claim, as far as they lean on it. None is a claim of its own.
 */
export function leaningOn(claim: string, told: Span, prose: Statement[], text: string): Statement[] {
  const behind = prose.filter(({ start }) => start >= told.end)
  const textOf = (statement: Statement) => text.slice(statement.start, statement.end)
  const end = behind.findIndex((statement) => !goesOnFrom(claim, textOf(statement)))
  const leaning = behind.slice(0, end < 0 ? behind.length : end)
  return leaning
    .filter((statement) => tells(textOf(statement)) || isBulletinLine(textOf(statement)))
    .slice(0, maxLeaning)
}

/** A title has at most so many sentences that go on from it. */
const maxLeaning = 4

/** Whether a sentence refers to what the claim tells, and names no event, toll or place of its own. */
function goesOnFrom(claim: string, sentence: string): boolean {
  if (isBulletinLine(sentence)) return true
  if (!dependsOnPrevious(sentence) && !namesToldEvent(sentence) && !isBareCount(sentence)) return false
  const isOwnEvent = !actorsIn(sentence).isSubsetOf(actorsIn(claim))
  return !isOwnEvent && !countOtherwise(claim, sentence) && !areElsewhere(claim, sentence)
}
