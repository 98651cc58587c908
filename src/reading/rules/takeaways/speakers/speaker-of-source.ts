import { WordSet } from '../../word-set.ts'
import { makerOf, paperIn, paperSeen, withoutPossessive } from './maker-of-paper.ts'
import { phraseEnd } from './noun-phrase.ts'
import {
  speakerOfVerdict,
  speakerOfView,
  speakerToBelieve,
  speakerToHear,
  speakerWhoIsSure,
  speakerWhoPutsIt,
} from './opinions.ts'
import { isCapital, nextMark, textOf, type Word } from './sentence-words.ts'
import { determiners, times } from './small-words.ts'
import type { Voice } from './speaker-at-verb.ts'
import { speakerBefore } from './speaker-before.ts'
import { speakerAt } from './speaker-behind.ts'
import { speakerOf } from './speaker-name.ts'
import { agentAt } from './speaker-of-passive.ts'

/** The voice that a word names without a verb of saying, such as `according to the mayor`; null for most words. */
export function sourceNamedAt(sentence: string, words: Word[], at: number): Voice {
  const lower = words[at]?.lower ?? ''
  const speaker = sources.has(lower) ? finders.get(lower)?.(sentence, words, at) : null
  return speaker ? { speaker } : null
}

type Find = (sentence: string, words: Word[], at: number) => string | null

const cited: Find = (sentence, words, at) => sourceAt(sentence, words, at + 1)
const byFigures: Find = (sentence, words, at) =>
  words[at + 1]?.text === 'by' ? sourceAt(sentence, words, at + 2) : null

/** What a word such as `according` tells of a speaker, by the word in lower case. */
const finders = new Map<string, Find>([
  ['according', (sentence, words, at) => (words[at + 1]?.lower === 'to' ? sourceAt(sentence, words, at + 2) : null)],
  ['by', (sentence, words, at) => agentAt(sentence, words, at) ?? speakerOfView(sentence, words, at)],
  [
    'as',
    (sentence, words, at) =>
      quotedAs(sentence, words, at) ?? speakerWhoPutsIt(sentence, words, at) ?? asFarAs(sentence, words, at),
  ],
  [
    'thus',
    (sentence, words, at) =>
      /^[:–—]$/.test(words[at - 1]?.text ?? '') ? (speakerAt(sentence, words, at + 1, 'known')?.name ?? null) : null,
  ],
  ['if', (sentence, words, at) => speakerToBelieve(sentence, words, at) ?? whoIsFollowed(sentence, words, at)],
  ['quote', (sentence, words, at) => (words[at - 1]?.lower === 'to' ? sourceAt(sentence, words, at + 1) : null)],
  ['from', wordFrom],
  ['attributed', attributedTo],
  ['hear', speakerToHear],
  ['per', (sentence, words, at) => (mayBePer(words[at + 1]) ? sourceAt(sentence, words, at + 1) : null)],
  ...['in', 'on', 'to'].map((word): [string, Find] => [word, speakerOfView]),
  ...['citing', 'quoting'].map((word): [string, Find] => [word, cited]),
  ...['going', 'judging', 'go', 'judge'].map((word): [string, Find] => [word, byFigures]),
  ...'adamant convinced certain sure confident opinion hopeful afraid worried sceptical skeptical doubt positive emphatic unequivocal categorical insistent clear'
    .split(' ')
    .map((word): [string, Find] => [word, speakerWhoIsSure]),
  ...'message verdict position version explanation answer view claim assessment estimate warning denial line word argument point conclusion complaint advice hope belief theory prediction forecast account reply response news confirmation announcement admission figures numbers figure number report reports information'
    .split(' ')
    .map((word): [string, Find] => [word, speakerOfVerdict]),
])
const sources = new WordSet(finders.keys())

/** `If one follows the fire chief`. */
function whoIsFollowed(sentence: string, words: Word[], at: number): string | null {
  const [who, verb] = words.slice(at + 1, at + 3)
  const isFollowed =
    /^(?:one|you|we)$/.test(who?.text ?? '') && /^(?:follow|believe|trust|ask|listen)s?$/.test(verb?.text ?? '')
  return isFollowed ? sourceAt(sentence, words, at + 3) : null
}

/** `From the palace came word that`. */
function wordFrom(sentence: string, words: Word[], at: number): string | null {
  const source = at === 0 ? speakerAt(sentence, words, 1, 'known') : null
  const isCame = source && /^(?:came|comes)$/.test(words[source.to]?.text ?? '')
  return isCame && /^(?:word|news|confirmation|a|an|the)$/.test(words[source.to + 1]?.text ?? '') ? source.name : null
}

/** `In remarks attributed to the general`. */
function attributedTo(sentence: string, words: Word[], at: number): string | null {
  const isWords = /^(?:remarks?|statements?|comments?|words|quotes?|message|post|speech|recording|letter)$/.test(
    words[at - 1]?.text ?? '',
  )
  return isWords && words[at + 1]?.text === 'to' ? (speakerAt(sentence, words, at + 2, 'known')?.name ?? null) : null
}

/** `As far as the economist can tell`. */
function asFarAs(sentence: string, words: Word[], at: number): string | null {
  const source = words[at + 1]?.text === 'far' ? speakerAt(sentence, words, at + 3, 'known') : null
  return source && /^(?:can|could|knows?)$/.test(words[source.to]?.text ?? '') ? source.name : null
}

/** `Per the inspectorate`, but not `per day`. */
function mayBePer(next?: Word): boolean {
  return next !== undefined && !next.isMark && (determiners.has(next.lower) || isCapital(next))
}

/** `Quoted Koval as saying`, or `Koval was quoted by the agency as saying`. */
function quotedAs(sentence: string, words: Word[], at: number): string | null {
  if (!/^(?:saying|telling|reporting|claiming|warning|adding)$/.test(words[at + 1]?.lower ?? '')) return null
  const verb = words.findLastIndex(
    ({ lower }, i) => i < at && i > at - 16 && /^(?:quote[ds]?|quoting|cite[ds]?|citing)$/.test(lower),
  )
  if (verb < 0) return null
  const be = words[verb - 1]?.lower ?? ''
  if (/^(?:was|were|is|are|been|also|later)$/.test(be))
    return speakerBefore(sentence, words, beforeAuxiliaries(words, verb), 'anybody')
  return speakerAt(sentence, words, verb + 1, 'anybody')?.name ?? null
}

function beforeAuxiliaries(words: Word[], verb: number): number {
  let end = verb
  while (/^(?:was|were|is|are|has|have|been|also|later)$/.test(words[end - 1]?.lower ?? '')) end--
  return end
}

/** `A November 10 report`: the paper stands behind its date. */
function afterDate(words: Word[], from: number): number {
  if (!determiners.has(words[from]?.lower ?? '')) return from
  let at = from + 1
  while (times.has(words[at]?.lower ?? '') || /^\d{1,4}$/.test(words[at]?.text ?? '')) at++
  return times.has(words[from + 1]?.lower ?? '') && !isCapital(words[at] as Word) ? at : from
}

/** `According to what the neighbours say`. */
function whoseWords(sentence: string, words: Word[], from: number): string | null {
  const to = phraseEnd(words, from)
  const isTold = /^(?:says?|said|tells?|told|puts?|reports?|reported|claims?|claimed|wrote|has|have)$/.test(
    words[to]?.text ?? '',
  )
  return isTold ? speakerOf(sentence, words, { from, to }, 'anybody') : null
}

/** The speaker after `according to`. Figures and reports speak for the one who made them. */
function sourceAt(sentence: string, words: Word[], start: number): string | null {
  const from = afterDate(words, start)
  const to = phraseEnd(words, from)
  if (words[from]?.text === 'what') return whoseWords(sentence, words, from + 1)
  const paper = paperIn(words, from, to)
  if (paper >= 0) {
    const maker = makerOf(sentence, words, from, paper)
    return maker && /\p{Lu}/u.test(maker) ? maker : (paperSeen(sentence, words, from, paper) ?? maker)
  }
  if (
    /^(?:those|people)$/.test(words[from]?.text ?? '') &&
    /^(?:who|familiar|close|briefed)$/.test(words[from + 1]?.text ?? '')
  )
    return textOf(sentence, words, { from, to: nextMark(words, from) })
  const name = speakerAt(sentence, words, from, 'known')?.name ?? speakerOf(sentence, words, { from, to })
  return name && withoutPossessive(name)
}
