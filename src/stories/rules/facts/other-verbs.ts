import { hasVerb } from '../../../reading/rules/takeaways/verbs.ts'

/** Whether a word is a verb in a main clause, as far as word lists tell it. */
export function otherVerb(word: string): boolean {
  const cached = known.get(word)
  if (cached !== undefined) return cached
  const is = !nouns.has(word) && hasVerb(word)
  if (known.size < maxKnown && word.length < 24) known.set(word, is)
  return is
}

/** Each word is looked up once; no text can make the cache larger than this. */
const known = new Map<string, boolean>()
const maxKnown = 5_000

/** Words that the lists of verbs hold and that are adjectives or nouns beside a figure. */
const nouns = new Set(
  'armed residential guided wounded occupied plans set cut calls shows looks returns strikes shells hosts offers'.split(
    ' ',
  ),
)
