import { afterOpening } from './clause-opening.ts'
import { makerBehind, paperIn } from './maker-of-paper.ts'
import { isPreposition, phraseEnd, phraseStart } from './noun-phrase.ts'
import { isCapital, type Phrase, type Word } from './sentence-words.ts'
import { determiners, prepositions, times } from './small-words.ts'
import { speakerOf, type Trust } from './speaker-name.ts'
import { isSomebody } from './speaker-nouns.ts'
import { describes } from './speaking-clause.ts'

/** The subject that a clause ends with. A time or a place may stand before it without a comma. */
export function subjectOf(sentence: string, words: Word[], clause: Phrase, trust: Trust = 'known'): string | null {
  const { to } = clause
  const from = afterOpening(words, clause)
  const name: Name = (start, end, how = trust) =>
    start < end && (end - start === 1 || !/['’]s?$/.test(words[end - 1]?.text ?? ''))
      ? speakerOf(sentence, words, { from: start, to: end }, how)
      : null
  if (prepositions.has(words[from]?.lower ?? '')) return afterPlace(words, from, to, name)
  const last = phraseEnd(words, from, to)
  if (last === to) return name(from, to)
  if (last > from && paperIn(words, last - 1, last) >= 0)
    return makerBehind(sentence, words, last - 1) ?? (describes(words, last) ? name(from, last, 'known') : null)
  return describedSubject(words, { from, to }, last, name)
}

/** The subject of a clause that goes on behind the noun phrase at its start: `officials who asked not to be named`. */
function describedSubject(words: Word[], { from, to }: Phrase, last: number, name: Name): string | null {
  const isAbout = last > from && describes(words, last)
  if (isAbout && /^(?:who|which|whose|whom|that|familiar|close|with)$/.test(words[last]?.text ?? ''))
    return isObjectClause(words, last, to) ? null : name(from, last, 'known')
  return (
    nearVerb(words, from, to, name) ?? (isAbout && isParticiple(words, last, to) ? name(from, last, 'known') : null)
  )
}

/** `The paper that Baca said held his record`: what stands behind `that` is the subject of another clause. */
function isObjectClause(words: Word[], at: number, to: number): boolean {
  const isThat = /^(?:that|which|whom)$/.test(words[at]?.text ?? '')
  return isThat && at + 1 < to && phraseEnd(words, at + 1, to) === to
}

/** Whether a form in -ed or -ing describes the noun before it: a preposition or a particle follows. */
function isParticiple(words: Word[], at: number, to: number): boolean {
  const [word, next] = words.slice(at, to)
  if (!word || !next) return false
  return (
    /ing$/.test(word.text) ||
    (isPreposition(next) && next.text !== 'to') ||
    /^(?:up|out|not|down|today|yesterday)$/.test(next.text)
  )
}

/** The speaker that the words from `from` to the one before `to` name. */
type Name = (from: number, to: number, trust?: Trust) => string | null

/** The longest name right before the verb, unless a preposition makes it an object. */
function nearVerb(words: Word[], from: number, to: number, name: Name): string | null {
  const start = phraseStart(words, to, from)
  const before = words[start - 1]
  return before && (isPreposition(before) || times.has(before.lower)) ? null : name(start, to, 'known')
}

/** The subject behind a place that no comma ends: `In Lira the mayor`, `At the port General Ali`. */
function afterPlace(words: Word[], from: number, to: number, name: Name): string | null {
  for (let start = from + 2; start < to; start++) {
    const [before, word] = [words[start - 1] as Word, words[start] as Word]
    if (isPreposition(before) || determiners.has(before.lower) || before.lower === 'and') continue
    const mayBegin =
      determiners.has(word.lower) || (isSomebody(word.text) && !/['’]s?$/.test(before.text)) || times.has(before.lower)
    if (
      mayBegin &&
      phraseEnd(words, start, to) === to &&
      (determiners.has(word.lower) || isWholeName(words, start, to))
    ) {
      const speaker = name(start, to)
      if (speaker) return speaker
    }
  }
  return null
}

function isWholeName(words: Word[], from: number, to: number): boolean {
  return words.slice(from, to).some((word) => isCapital(word)) || to - from === 1
}
