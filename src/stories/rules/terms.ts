import { englishNumerals, numbersIn } from '../../reading/rules/edits/numbers.ts'
import { tokensOf } from '../../reading/rules/tokens.ts'
import { spellingKey } from './spelling.ts'

/** The keys of a text's words that are not too common, and of its numbers (`#6000` for `six thousand`), in order and with repetitions. */
export function termsIn(text: string): string[] {
  const words = tokensOf(text).filter(
    ({ lexeme }) => !lexeme.common && !/^\d/.test(lexeme.word) && !englishNumerals.has(lexeme.word),
  )
  return [...words.map(({ lexeme }) => spellingKey(lexeme.stem)), ...numbersIn(text).map(({ number }) => `#${number}`)]
}

export const isNumber = (term: string): boolean => term.startsWith('#')
export const isDay = (term: string): boolean => term.startsWith('@')
export const dayTerm = (day: number): string => `@${day}`
