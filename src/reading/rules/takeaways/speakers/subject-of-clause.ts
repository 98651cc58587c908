import { afterOpening } from './clause-opening.ts'
import { makerBehind, paperIn, paperSeen } from './maker-of-paper.ts'
import { isPreposition, phraseEnd, phraseStart } from './noun-phrase.ts'
import { isCapital, type Phrase, type Word } from './sentence-words.ts'
import { determiners, prepositions, times } from './small-words.ts'
import { isProperName, type NameTrust, speakerOf } from './speaker-name.ts'
import { isPersonOrOffice, isSomebody } from './speaker-nouns.ts'
import { describes } from './speaking-clause.ts'

/** The subject that a clause ends with. A time or a place may stand before it without a comma. */
export function subjectOf(sentence: string, words: Word[], clause: Phrase, trust: NameTrust = 'known'): string | null {
  const { to } = clause
  const from = afterOpening(words, clause)
  const name: Name = (start, end, how = trust) =>
    start < end && (end - start === 1 || !/['’]s?$/.test(words[end - 1]?.text ?? ''))
      ? speakerOf(sentence, words, { from: start, to: end }, how)
      : null
  if (prepositions.has(words[from]?.lower ?? '')) return afterPlace(words, from, to, name)
  const last = phraseEnd(words, from, to)
  if (last === to) return name(from, to) ?? paperSubject(sentence, words, { from, to }, paperIn(words, from, to), to)
  if (last > from && paperIn(words, last - 1, last, from) >= 0)
    return (
      paperSubject(sentence, words, { from, to }, last - 1) ??
      (describes(words, last) ? name(from, last, 'known') : null)
    )
  return describedSubject(words, { from, to }, last, name)
}

/**
 * Who speaks by a paper in the subject `from` to `to`: its maker, or the paper with its reader.
 * `paper` may be -1. The maker's name must end before `verb`, if that is given.
 */
function paperSubject(
  sentence: string,
  words: Word[],
  { from, to }: Phrase,
  paper: number,
  verb?: number,
): string | null {
  if (paper < 0) return null
  return paperSeen(sentence, words, from, paper, to) ?? makerBehind(sentence, words, paper, verb)
}

/** The subject of a clause that goes on behind the noun phrase at its start: `officials who asked not to be named`. */
function describedSubject(words: Word[], { from, to }: Phrase, last: number, name: Name): string | null {
  const isAbout = last > from && describes(words, last)
  if (isAbout && /^(?:who|which|whose|whom|that|familiar|close|with)$/.test(words[last]?.text ?? ''))
    return isObjectClause(words, last, to) ? null : name(from, last, 'known')
  const near = nearVerb(words, from, to, name)
  if (near || !isAbout) return near
  const titled = words[last + 1]?.text === 'by' ? null : titledName(words, last, to, name)
  return titled ?? (isParticiple(words, last, to) ? name(from, last, 'known') : null)
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
type Name = (from: number, to: number, trust?: NameTrust) => string | null

/** The longest name right before the verb, unless a preposition makes it an object. */
function nearVerb(words: Word[], from: number, to: number, name: Name): string | null {
  const start = phraseStart(words, to, from)
  const before = words[start - 1]
  const isObject = before !== undefined && (isPreposition(before) || times.has(before.lower))
  return isObject ? null : name(start, to, 'known')
}

/** A title and a full name right before the verb, behind another noun: `in the Lira direction Captain Ivan Sych`. */
function titledName(words: Word[], from: number, to: number, name: Name): string | null {
  const at = words.findIndex(
    ({ text }, i) =>
      i > from &&
      i < to - 2 &&
      /^\p{Ll}/u.test(`${words[i - 1]?.text}`) !== /^\p{Ll}/u.test(text) &&
      isPersonOrOffice(text),
  )
  const isWhole = at > 0 && !isPreposition(words[at - 1] as Word) && isProperName(words.slice(at + 1, to))
  return isWhole && !determiners.has(words[at - 1]?.lower ?? '')
    ? name(nationality.test(words[at - 1]?.text ?? '') ? at - 1 : at, to, 'known')
    : null
}

/** The subject behind a place that no comma ends: `In Lira the mayor`, `At the port General Ali`. */
function afterPlace(words: Word[], from: number, to: number, name: Name): string | null {
  for (let start = from + 2; start < to; start++) {
    const [before, word] = [words[start - 1] as Word, words[start] as Word]
    if (isPreposition(before) || determiners.has(before.lower) || before.lower === 'and') continue
    if (!mayBeginBehindPlace(words, start, to) || phraseEnd(words, start, to) !== to) continue
    const speaker = determiners.has(word.lower) || isWholeName(words, start, to) ? name(start, to) : null
    if (speaker) return (speaker.includes(' of ') && titledName(words, start, to, name)) || speaker
  }
  return null
}

/** Whether a subject may begin at a word without a comma before it: `On the steps of the court Ivan Sych`. */
function mayBeginBehindPlace(words: Word[], start: number, to: number): boolean {
  const [before, word] = [words[start - 1] as Word, words[start] as Word]
  return (
    determiners.has(word.lower) ||
    times.has(before.lower) ||
    (isSomebody(word.text) && !/['’]s?$/.test(before.text)) ||
    (nationality.test(word.text) && isSomebody(words[start + 1]?.text ?? '')) ||
    (/^\p{Ll}/u.test(before.text) && to - start > 1 && isProperName(words.slice(start, to)))
  )
}

const nationality = /^\p{Lu}\p{Ll}+(?:ian|ish|ese|ean|can|aeli|aqi|ani)$/u

function isWholeName(words: Word[], from: number, to: number): boolean {
  return words.slice(from, to).some((word) => isCapital(word)) || to - from === 1
}
