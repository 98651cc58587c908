import { familyMembers, familyOf } from '../takeaways/word-families.ts'
import type { UnderstoodWord } from './chosen-meanings.ts'
import { stemOf } from './content-words.ts'
import { type Lexicon, type Meaning, stemsOfMeaning } from './word-meanings.ts'

/** Above these sizes a meaning is too general for its kinds to be words of the topic. */
const [maxKinds, maxKindsBeside, maxSisters] = [80, 25, 60]
/** A related word may be so frequent in the corpus of the lexicon: one of the subject, and any other. */
const [maxFrequency, maxFrequencyBeside] = [150, 40]

/**
 * The synonyms of a word, what derives from it, and its kinds (wheat of grain). Its sisters too (barley of wheat), where two
 * other words of the topic are sisters.
 */
export function relatedWords(
  word: UnderstoodWord,
  isSubject: boolean,
  topicStems: ReadonlySet<string>,
  lexicon: Lexicon,
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { meanings, highest } of relatedMeanings(word, isSubject, topicStems, lexicon))
    for (const meaning of meanings)
      for (const lemma of meaning.lemmas) if (lexicon.standsFor(lemma, meaning, highest)) found.add(lemma)
  const family = isSubject ? [] : familyMembers(word.stem)
  for (const stem of family) for (const lemma of lexicon.lemmasOf(stem).slice(0, 1)) found.add(lemma)
  return found
}

/** Meanings whose words follow from a word, and how frequent such a word may be. */
type RelatedMeanings = { meanings: Meaning[]; highest: number }

function relatedMeanings(
  word: UnderstoodWord,
  isSubject: boolean,
  topicStems: ReadonlySet<string>,
  lexicon: Lexicon,
): RelatedMeanings[] {
  const highest = isSubject ? maxFrequency : maxFrequencyBeside
  return word.meanings.flatMap((meaning): RelatedMeanings[] => {
    const isThing = word.isSure && meaning.wordClass === 'noun'
    const hasKinds = isThing && lexicon.size(meaning) <= (isSubject ? maxKinds : maxKindsBeside)
    const beside = isThing && isSubject ? sisters(word, meaning, topicStems, lexicon) : []
    return [
      { meanings: [meaning], highest: maxFrequency },
      { meanings: lexicon.derived(meaning), highest },
      { meanings: hasKinds ? lexicon.below(meaning, 3) : [], highest },
      { meanings: beside, highest: maxFrequencyBeside },
    ]
  })
}

function sisters(word: UnderstoodWord, meaning: Meaning, topicStems: ReadonlySet<string>, lexicon: Lexicon): Meaning[] {
  const own = new Set([word.stem, ...stemsOfMeaning(meaning)])
  return lexicon.broader(meaning).flatMap((above) => {
    if (lexicon.size(above) > maxSisters) return []
    const below = lexicon.below(above, 2)
    const others = new Set(below.flatMap(stemsOfMeaning).filter((stem) => topicStems.has(stem) && !own.has(stem)))
    return others.size >= 2 ? below : []
  })
}

/** Whether two words belong to one list: of one family, one meaning, or with a near common meaning above. */
export function areKin(a: UnderstoodWord, b: UnderstoodWord, lexicon: Lexicon): boolean {
  if (familyOf(a.stem) === familyOf(b.stem)) return true
  return a.meanings.some((meaning) => {
    const above = lexicon.broader(meaning)
    const near = [
      meaning,
      ...lexicon.derived(meaning),
      ...above.flatMap((each) => (lexicon.size(each) < maxSisters ? lexicon.below(each, 1) : [each])),
    ]
    return near.some((each) => stemsOfMeaning(each).includes(b.stem))
  })
}

/** Words that the examples do not have, or any word at all? A stem that counter-examples use is never added. */
export const isFree = (lemma: string, taken: ReadonlySet<string>): boolean => !taken.has(stemOf(lemma))
