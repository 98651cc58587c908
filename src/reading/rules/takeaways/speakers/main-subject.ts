import { partsSubject } from './described-speaker.ts'
import { isPreposition, phraseEnd } from './noun-phrase.ts'
import { isCapital, type Word } from './sentence-words.ts'
import { adverbs, determiners, pastForms, prepositions, pronouns, relativeWords, times } from './small-words.ts'
import { isSomebody } from './speaker-nouns.ts'
import { subjectOf } from './subject-of-clause.ts'

/** The subject at the start of a sentence and the verb behind it, as the place of the verb among the words. */
export type MainSubject = { speaker: string; verb: number }

/**
 * The one who acts in a sentence, with the first verb: behind times and places, before a description between commas.
 * `to` ends the search. Null for passives, and where the subject is not certain.
 */
export function mainSubject(sentence: string, words: Word[], to: number): MainSubject | null {
  for (let from = 0, seen = 0; from < to && seen < 4; from = afterComma(words, from), seen++) {
    const found = subjectFrom(sentence, words, from, to)
    if (found) return found
    if (!isOpening(words[0] as Word)) return null
  }
  return null
}

function subjectFrom(sentence: string, words: Word[], from: number, to: number): MainSubject | null {
  const end = verbWithin(words, from, phraseEnd(words, from, to))
  if (end === from || (end - from > 1 && /['’]s?$/.test(words[end - 1]?.text ?? ''))) return null
  if (words[end]?.text === ',') return beforeDescription(sentence, words, { from, to: end }, to)
  const speaker = isActive(words, end) ? subjectOf(sentence, words, { from, to: end }) : null
  return speaker ? { speaker, verb: end } : null
}

/** Where an unknown verb stands in what looks like one phrase: `the agency lists 40 raids`. */
function verbWithin(words: Word[], from: number, to: number): number {
  const verb = words.findIndex(
    (word, i) => i > from && i < to && isVerbForm(word) && isActor(words[i - 1]) && isObject(words[i + 1]),
  )
  return verb < 0 ? to : verb
}

function isActor(word?: Word): boolean {
  return (
    word !== undefined &&
    !/['’]s?$/.test(word.text) &&
    (isCapital(word) || (isSomebody(word.text) && !/s$/.test(word.text)))
  )
}

function isObject(word?: Word): boolean {
  return (
    word !== undefined &&
    (determiners.has(word.lower) || isCapital(word) || isPreposition(word) || word.isMark || /^\d/.test(word.text))
  )
}

/** A subject with its description: the verb stands behind one of the next commas. */
function beforeDescription(
  sentence: string,
  words: Word[],
  own: { from: number; to: number },
  to: number,
): MainSubject | null {
  let verb = afterComma(words, own.to + 1)
  for (let seen = 0; seen < 3 && verb < to; seen++, verb = afterComma(words, verb)) {
    if (!isActive(words, verb) || !isVerbForm(words[verb] as Word)) continue
    const speaker = partsSubject(sentence, words, own, { from: own.to + 1, to: nextComma(words, own.to + 1) })
    return speaker ? { speaker, verb } : null
  }
  return null
}

function nextComma(words: Word[], from: number): number {
  const comma = words.findIndex(({ text }, i) => i >= from && text === ',')
  return comma < 0 ? words.length : comma
}

function afterComma(words: Word[], from: number): number {
  return nextComma(words, from) + 1
}

function isOpening({ lower }: Word): boolean {
  return prepositions.has(lower) || adverbs.has(lower) || times.has(lower) || /ly$|^(?:late|early|last)$/.test(lower)
}

/** Whether a verb may stand at a place, and no passive does: the one who was arrested does not go on to speak. */
function isActive(words: Word[], at: number): boolean {
  const word = words[at]
  if (
    !word ||
    word.isMark ||
    relativeWords.has(word.lower) ||
    pronouns.has(word.lower) ||
    /^(?:and|or|but)$/.test(word.text)
  )
    return false
  return !(/^(?:is|are|was|were|been)$/.test(word.text) && /(?:ed|en)$/.test(words[at + 1]?.text ?? ''))
}

function isVerbForm({ text }: Word): boolean {
  return /^\p{Ll}+(?:ed|[^s]s)$|^(?:has|have|had|is|was|were|are)$/u.test(text) || pastForms.has(text)
}
