import { proseOf } from './chosen-items.ts'
import type { Sentences } from './report.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'

/** In a report with fewer statements the rarity of words says nothing. */
export const minStatementsForWeights = 12

export const isShortReport = ({ statements }: Pick<Sentences, 'statements'>): boolean =>
  statements.length < minStatementsForWeights

/** The first sentence of a short report that tells something, among some of its prose; a longer report has none. */
export function leadOf({ page, statements }: Sentences, isAmong = (_: Statement) => true): Statement | undefined {
  if (!isShortReport({ statements })) return undefined
  return proseOf({ statements }).find((statement) => isAmong(statement) && isTelling(statement, page.text))
}
