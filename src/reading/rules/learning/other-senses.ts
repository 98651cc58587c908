import { tokensOf } from '../tokens.ts'
import type { UnderstoodWord } from './chosen-meanings.ts'
import { stemOf } from './content-words.ts'
import { isAnchor, type RoleTerms, roleOf } from './roles.ts'
import { type Lexicon, stemsOfMeaning } from './word-meanings.ts'

/**
 * Phrases in which words of the subject mean something else: those of the counter-examples (nuclear warhead, grain of truth),
 * and compounds that the lexicon has and that lead to no other word of the topic (exchange rate, flood plain).
 */
export function otherSenses(
  words: UnderstoodWord[],
  { examples, counterExamples }: { examples: string[]; counterExamples: string[] },
  terms: RoleTerms,
): string[] {
  const anchors = new Set(words.filter((word) => isAnchor(roleOf(word, terms))).map(({ stem }) => stem))
  const told = examples.map((text) => stemsIn(text).join(' '))
  const found = [...counterExamples.flatMap((text) => phrasesAround(text, anchors)), ...compounds(words, terms)]
  return [...new Set(found)].filter((phrase) => !told.some((text) => text.includes(stemsIn(phrase).join(' '))))
}

const stemsIn = (text: string): string[] => tokensOf(text).map(({ lexeme }) => lexeme.stem)

/** Each anchor with the word before and the word after it; `of` and the like may stand between. */
function phrasesAround(text: string, anchors: ReadonlySet<string>): string[] {
  const words = tokensOf(text).map(({ lexeme }) => lexeme)
  const says = (at: number) => {
    const word = words[at]
    return word && !word.common && !/^\d/.test(word.word) && !anchors.has(word.stem)
  }
  const phrase = (from: number, to: number) =>
    words
      .slice(from, to + 1)
      .map(({ word }) => word)
      .join(' ')
  return words.flatMap(({ stem }, at) => {
    if (!anchors.has(stem)) return []
    const before = says(at - 1) ? [phrase(at - 1, at)] : []
    const after = says(at + 1)
      ? [phrase(at, at + 1)]
      : words[at + 1]?.common && says(at + 2)
        ? [phrase(at, at + 2)]
        : []
    return [...before, ...after]
  })
}

function compounds(words: UnderstoodWord[], terms: RoleTerms): string[] {
  const { lexicon } = terms
  const topicStems = new Set(words.map(({ stem }) => stem))
  const uncertain = words.filter((word) => word.inName || roleOf(word, terms) === 'doubtful')
  return uncertain.flatMap((word) =>
    lexicon.compoundsWith(word.stem).filter((phrase) => leadsElsewhere(phrase, word, topicStems, lexicon)),
  )
}

function leadsElsewhere(
  phrase: string,
  word: UnderstoodWord,
  topicStems: ReadonlySet<string>,
  lexicon: Lexicon,
): boolean {
  if (!/^[a-z]+ [a-z]+$/.test(phrase)) return false
  if (phrase.split(' ').some((part) => stemOf(part) !== word.stem && topicStems.has(stemOf(part)))) return false
  const meant = new Set(word.meanings.map(({ id }) => id))
  return lexicon.meaningsOf(phrase).every((meaning) => {
    const above = lexicon.broader(meaning)
    if ([meaning, ...above, ...above.flatMap((each) => lexicon.broader(each))].some(({ id }) => meant.has(id)))
      return false
    const around = [...lexicon.neighbours(meaning), ...above.flatMap(stemsOfMeaning)]
    return meaning.wordClass === 'noun' && !around.some((stem) => stem !== word.stem && topicStems.has(stem))
  })
}
