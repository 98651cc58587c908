import { replacesFigures } from '../../reading/rules/edits/compare-texts.ts'
import { stemsOf } from '../../reading/rules/takeaways/lexicon.ts'
import { tokensOf } from '../../reading/rules/tokens.ts'

/** The share of a text's words that another one holds, 0 to 1; 1 for a text without words. */
export function sharedWith(other: string, text: string): number {
  const [known, own] = [other, text].map(wordsOf) as [Set<string>, Set<string>]
  return own.size === 0 ? 1 : own.intersection(known).size / own.size
}

export const wordsOf = (text: string): Set<string> => stemsOf(tokensOf(text))

const maxShared = 0.6

/** Whether one text holds most of the words of another one, with the same figures. */
export const tellsSame = (other: string, text: string): boolean =>
  sharedWith(other, text) >= maxShared && !replacesFigures(other, text)
