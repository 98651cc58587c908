import { oncePerText } from '../once-per-text.ts'
import type { Statement } from './statement.ts'
import { tells } from './wording.ts'

/** The same sentence may be two statements: one of the body alone, and one of the body below its title. */
const isToldBy = oncePerText(tells)

/** Whether a statement of a text tells something, as `tells` says of its sentence. */
export const isTelling = ({ start, end }: Statement, text: string): boolean => isToldBy(text.slice(start, end))
