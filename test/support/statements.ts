import type { ReportedStatement } from '../../src/stories/rules/types.ts'

let count = 0

/** A statement of a report of its own, published at noon of 17 May 2023, unless it is said otherwise. */
export function statement(text: string, about: Partial<ReportedStatement> = {}): ReportedStatement {
  count += 1
  const published = Date.parse('2023-05-17T12:00:00Z')
  return { id: count, report: `report ${count}`, passage: null, published, title: '', context: '', ...about, text }
}

export const hour = 3_600_000
export const day = 24 * hour
