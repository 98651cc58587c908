import type { Phrase, Word } from './sentence-words.ts'
import { backgroundWords, conjunctions } from './small-words.ts'
import { useOf } from './verbs-of-saying.ts'

/** `The bomb that police said was new`: what is said is only a part of the statement. */
export function isRelative(words: Word[], verb: number, { from }: Phrase): boolean {
  const isAuxiliary = /^(?:is|are|was|were|had|has|have|would|will|could|may|might|should|must|can)$/.test(
    words[verb + 1]?.text ?? '',
  )
  const isThat = words[from - 1]?.text === 'that'
  if (isThat && (isNoun(words[from - 2]) || !words.slice(0, from - 1).some(({ lower }) => useOf(lower)))) return true
  return (isAuxiliary && (from === 0 || isThat)) || (isThat && /^[.]?$/.test(words[verb + 1]?.text ?? ''))
}

/** `The proposal that both had said they would study`: a clause that belongs to a noun. */
function isNoun(word?: Word): boolean {
  return (
    word !== undefined &&
    /^\p{Ll}{3,}$/u.test(word.text) &&
    !/ed$|^(?:now|so|given)$/.test(word.text) &&
    !useOf(word.lower)
  )
}

/** A clause that tells when or why. `While` and `although` begin one only at the start of a sentence. */
export function isBackground(words: Word[], { from, to }: Phrase): boolean {
  const [first, before] = [words[from], words[from - 1]]
  if (first && backgroundWords.has(first.lower) && !/^WHO$/.test(first.text)) return true
  if (before?.text === 'what') return !isWhatSaid(words, from - 1)
  if (words.slice(from, to).some(({ text }) => conjunctions.has(text)))
    return !/^(?:Hardly|Scarcely|No)$/.test(words[0]?.text ?? '')
  return from === 1 && /^(?:While|Although|Though)$/.test(before?.text ?? '')
}

/** `That, at least, is what the engineer maintains`. */
export function isWhatSaid(words: Word[], at: number): boolean {
  const isThat = words.slice(Math.max(0, at - 8), at).some(({ lower }) => /^(?:that|this|such|so)$/.test(lower))
  return isThat && words[at]?.text === 'what' && /^(?:is|was)$/.test(words[at - 1]?.text ?? '')
}

/** `Families mourn as experts warn of more` tells what others do; `as police said` attributes what stands before. */
export function isMeanwhile(words: Word[], verb: number, { from }: Phrase): boolean {
  const next = words[verb + 1]
  return (
    words[from - 1]?.text === 'as' &&
    from > 1 &&
    next !== undefined &&
    !/^(?:[,.;:)”"»]|on|in|at|to|during|earlier|late|\p{Ll}{3,}ly)$/u.test(next.text)
  )
}
