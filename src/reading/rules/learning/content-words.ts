import { type Token, tokensOf } from '../tokens.ts'

/** A word that tells what a sentence is about. `isName`: it has a capital letter that the start of a sentence does not explain. */
export type ContentWord = { word: string; stem: string; isName: boolean }

/** The content words of a text, in its order: no numbers, no function words, and none of those that any report has. */
export function contentWords(text: string): ContentWord[] {
  return tokensOf(text).flatMap((token) => {
    const { word, stem, common } = token.lexeme
    if (common || word.length < 3 || /^\d/.test(word) || reportWords.has(stem)) return []
    return [{ word, stem, isName: isNameAt(text, token) }]
  })
}

/** The different stems of a text's content words. */
export const contentStems = (text: string): Set<string> => new Set(contentWords(text).map(({ stem }) => stem))

/** The stem of a word in lower case. */
export function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const stem = tokensOf(word)[0]?.lexeme.stem ?? word
  stems.set(word, stem)
  return stem
}

const stems = new Map<string, string>()

function isNameAt(text: string, { start, end }: Token): boolean {
  const written = text.slice(start, end)
  if (/^\p{Lu}[\p{L}\d]*\p{Lu}/u.test(written)) return true
  return /^\p{Lu}/u.test(written) && !/(?:^|[.!?:]\s*)["“‘(]?$/.test(text.slice(0, start))
}

/** Stems of what reports on anything say: days, numbers, who reports, what everybody does. */
const reportWords = new Set(
  (
    'monday tuesdai wednesdai thursdai fridai saturdai sundai januari februari march april mai june juli august septemb octob ' +
    'novemb decemb week month year dai hour minut night morn even said sai told tell offici minist ministri govern report accord ' +
    'sourc spokesman spokeswoman author first second third last new old next two three four five six seven eight nine ten eleven ' +
    'twelv twenti thirti forti fifti sixti seventi eighti ninety nineti hundr thousand million billion percent cent dozen half ' +
    'near north south east west northern southern eastern western show part run take make come came go went get give gave took ' +
    'made left end began begin call still peopl man men woman women time place wai thing number level high low long short great ' +
    'larg small good bad kind awai set former amid across'
  ).split(' '),
)
