import type { Span } from '../passages/page.ts'
import { textOf } from '../passages/page.ts'
import { hasUnnamedNoun } from './definite-nouns.ts'
import type { ListItem } from './list-item.ts'
import { isIndependent, standsAlone } from './rank.ts'
import type { Report } from './report.ts'
import { isShortReport } from './short-report.ts'

/** A sentence that is plainly enough on a topic has at least this score. */
const minScore = 0.5
/** A takeaway of two sentences has at most so many characters. */
const maxLength = 420
const maxTried = 6

/**
 * The sentence on a topic that a report leaves out otherwise because it names a place or a thing only by the text around it
 * (`were moved out of the city`): with the sentence before it, which may name it, and in a short report alone, too.
 */
export function leftOutSentence(
  report: Report,
  isLeftOut: (topic: string) => boolean,
  told: Span[],
): ListItem | undefined {
  const { page, statements, topics } = report
  const found = topics.statementsWith(minScore, isLeftOut).slice(0, maxTried)
  const items = found.values().flatMap((index): ListItem[] => {
    const statement = statements[index]
    const isTold = told.some(({ start, end }) => statement && statement.start < end && statement.end > start)
    if (!statement || isTold || statement.part.kind !== 'paragraph') return []
    if (!isIndependent(statement, page.text) || !hasUnnamedNoun(textOf(page, statement))) return []
    const before = statements[index - 1]
    const isOne = before?.part === statement.part && statement.end - before.start <= maxLength
    if (before && isOne && standsAlone(before, page.text))
      return [{ parts: [statement.part], start: before.start, end: statement.end }]
    return isShortReport(report) ? [{ parts: [statement.part], start: statement.start, end: statement.end }] : []
  })
  return items.next().value
}
