import { englishNumerals, numbersIn } from '../../reading/rules/edits/numbers.ts'
import { commonWords } from '../../reading/rules/languages/common-words.ts'
import { type Language, languageOfTag } from '../../reading/rules/languages/language.ts'
import { lexemeIn } from '../../reading/rules/languages/word-forms.ts'
import { type Token, tokensOf } from '../../reading/rules/tokens.ts'
import { spellingKey } from './spelling.ts'

/** The keys of a text's words that are not too common, and of its numbers (`#6000` for `six thousand`), in order and with repetitions. */
export function termsIn(text: string, language = 'en'): string[] {
  const known = languageOfTag(language) ?? 'en'
  const common = known === 'en' ? undefined : commonWords[known]
  const words = tokensOf(text).filter(
    ({ lexeme: { word, common: isCommon } }) =>
      !isCommon && !common?.has(word) && !/^\d/.test(word) && !englishNumerals.has(word),
  )
  return [...words.map((token) => keyOf(token, known)), ...numbersIn(text).map(({ number }) => `#${number}`)]
}

/** Names have one key in all languages. Arabic has no capitals, and writes small words together with others. */
const keyOf = ({ lexeme }: Token, language: Language): string =>
  spellingKey(language === 'ar' ? lexemeIn(language, lexeme).stem : lexeme.stem)

export const isNumber = (term: string): boolean => term.startsWith('#')
export const isDay = (term: string): boolean => term.startsWith('@')
export const dayTerm = (day: number): string => `@${day}`
