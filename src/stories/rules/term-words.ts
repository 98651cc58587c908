import { tokensOf } from '../../reading/rules/tokens.ts'
import { spellingKey } from './spelling.ts'

/** Terms as a text writes them, so that people can read them: `plant` and `Kyiv`; numbers and records without their mark. */
export function termWords(terms: string[], text: string): string[] {
  const words = new Map<string, string>()
  for (const { lexeme, start, end } of tokensOf(text)) {
    const key = spellingKey(lexeme.stem)
    if (!words.has(key)) words.set(key, text.slice(start, end))
  }
  return terms.map((term) => words.get(term) ?? term.replace(/^[#^]/, ''))
}
