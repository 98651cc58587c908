import { piecesOf } from '../../reading/rules/edits/numbers.ts'
import { tokensOf } from '../../reading/rules/tokens.ts'
import { spellingKey } from './spelling.ts'

/** The keys of a text's words that are not too common, and of its numbers, in order and with repetitions. */
export function termsIn(text: string): string[] {
  const words = tokensOf(text).filter(
    ({ lexeme }) => !lexeme.common && !/^\d/.test(lexeme.word) && !numerals.has(lexeme.word),
  )
  return [...words.map(({ lexeme }) => spellingKey(lexeme.stem)), ...numbersIn(text)]
}

/** `#6000` for `6,000` and `six thousand`. */
function numbersIn(text: string): string[] {
  return piecesOf(text).flatMap((piece) => ('number' in piece ? [`#${piece.number}`] : []))
}

export const isNumber = (term: string): boolean => term.startsWith('#')
export const isDay = (term: string): boolean => term.startsWith('@')
export const dayTerm = (day: number): string => `@${day}`

const numerals = new Set(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen ' +
    'twenty thirty forty fifty sixty seventy eighty ninety dozen hundred thousand million billion'
  ).split(' '),
)
