import { sidesIn } from './actors.ts'
import { hasUnnamedNoun } from './definite-nouns.ts'
import { stemsOf } from './lexicon.ts'
import { type Statement, tokensWithin } from './statement.ts'
import { addsToOthers, dependsOnPrevious, namesToldEvent } from './wording.ts'

/** Whether a sentence cannot do without the one before it. */
export const leansOnPrevious = (sentence: string): boolean =>
  dependsOnPrevious(sentence) || namesToldEvent(sentence) || addsToOthers(sentence)

/**
 * Whether a sentence tells of another matter than what stands before it, as the sentences of a newsletter do: both name
 * somebody, they share no word, and nothing in the sentence refers to what stands before.
 */
export function isOtherMatter(
  statement: Statement,
  before: { start: number; end: number },
  statements: Statement[],
  text: string,
): boolean {
  const [earlier, sentence] = [before, statement].map(({ start, end }) => text.slice(start, end))
  if (earlier === undefined || sentence === undefined || refersBack.test(sentence)) return false
  const [known, names] = [namesOf(earlier), namesOf(sentence)]
  if (known.size === 0 || names.size === 0 || !known.isDisjointFrom(names)) return false
  const shared = statement.stems.intersection(stemsOf(tokensWithin(statements, before)))
  if (shared.values().some((stem) => !/^\d/.test(stem))) return false
  return !leansOnPrevious(sentence) && !hasUnnamedNoun(sentence)
}

const refersBack =
  /(?<!\p{L})(?:he|she|it|they|him|her|them|his|its|their|theirs|this|these|those|such|both|more|others?|the (?:two|latter|former))(?!\p{L})/iu

/** Names by their first letters: `Zambian` is of `Zambia`. The first word is a name only where it is that of a known side. */
const namesOf = (sentence: string): Set<string> => {
  const names = sentence.match(/(?<=[^.!?] [“"(‘]?)\p{Lu}[\p{L}’'-]+/gu) ?? []
  const [first] = sidesIn(sentence.slice(0, sentence.indexOf(' ')))
  return new Set(
    [...names.map((word) => word.slice(0, 5).toLowerCase()), ...(first ? [first] : [])].filter(
      (each) => !ofTime.test(each),
    ),
  )
}

const ofTime =
  /^(?:monda|tuesd|wedne|thurs|frida|satur|sunda|janua|febru|march|april|may|june|july|augus|septe|octob|novem|decem)$/
