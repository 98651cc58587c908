import { type MainSubject, mainSubject } from './main-subject.ts'
import type { Word } from './sentence-words.ts'
import { subjectOf } from './subject-of-clause.ts'
import { isSaying } from './verbs-of-saying.ts'

/** The one who speaks by a form in -ing: `Barco welcomed the offer, saying that his men were tired`. */
export function speakerOfGerund(sentence: string, words: Word[], at: number): string | null {
  const { text } = words[at] as Word
  if (words[at - 1]?.text !== ',' || !isSaying(text)) return null
  const next = words[at + 1]?.text ?? ''
  const isStatement = /^(?:that|:|“|"|‘|he|she|it|they|there)$/.test(next) || (text === 'saying' && sayable.test(next))
  return isStatement ? sharedSubject(sentence, words, at - 1) : null
}

const sayable = /^(?:the|an?|his|her|its|their|\p{Lu}.*|\d.*)$/u

/** `It was the chaplain who told the families that`: the one between `was` and `who`. */
export function speakerOfCleft(sentence: string, words: Word[], end: number): string | null {
  const isCleft = words[0]?.text === 'It' && /^(?:was|is)$/.test(words[1]?.text ?? '') && words[end - 1]?.text === 'who'
  return isCleft ? subjectOf(sentence, words, { from: 2, to: end - 1 }, 'anybody') : null
}

/**
 * The subject of a sentence if nobody else acts up to the word before `to`: the one of a verb behind `and`, as in `The agency
 * sent tents and said that`.
 */
export function sharedSubject(sentence: string, words: Word[], to: number): string | null {
  const found = mainSubject(sentence, words, to)
  return found && isWhole(words, found, to) ? found.speaker : null
}

function isWhole(words: Word[], { verb }: MainSubject, to: number): boolean {
  return words
    .slice(verb, to)
    .every(({ lower, isMark }) => !/^(?:he|she|they|we|i|you)$/.test(lower) && !(isMark && /^[;:“”"–—]$/.test(lower)))
}
