import type { Statement } from './statement.ts'
import { tells } from './wording.ts'

/** What was found of each statement: several steps of reading ask for the same ones, whose words never change. */
const known = new WeakMap<Statement, boolean>()

/** Whether a statement of a text tells something, as `tells` says of its sentence. */
export function isTelling(statement: Statement, text: string): boolean {
  const found = known.get(statement) ?? tells(text.slice(statement.start, statement.end))
  known.set(statement, found)
  return found
}
