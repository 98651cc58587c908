import { makerOf, paperIn, withoutPossessive } from './maker-of-paper.ts'
import { coreOf, phraseEnd } from './noun-phrase.ts'
import {
  speakerOfVerdict,
  speakerOfView,
  speakerToBelieve,
  speakerToHear,
  speakerWhoIsSure,
  speakerWhoPutsIt,
} from './opinions.ts'
import { isCapital, type Word } from './sentence-words.ts'
import { adverbs, determiners, times } from './small-words.ts'
import type { Voice } from './speaker-at-verb.ts'
import { speakerBefore } from './speaker-before.ts'
import { speakerAt } from './speaker-behind.ts'
import { speakerOf } from './speaker-name.ts'
import { isSomebody } from './speaker-nouns.ts'
import { isOfPersons, isSaidParticiple } from './verbs-of-saying.ts'

/** The voice that a word names without a verb of saying, such as `according to the mayor`; null for most words. */
export function sourceNamedAt(sentence: string, words: Word[], at: number): Voice {
  const speaker = finders.get(words[at]?.lower ?? '')?.(sentence, words, at)
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

/** `As far as the economist can tell`. */
function asFarAs(sentence: string, words: Word[], at: number): string | null {
  const source = words[at + 1]?.text === 'far' ? speakerAt(sentence, words, at + 3, 'known') : null
  return source && /^(?:can|could|knows?)$/.test(words[source.to]?.text ?? '') ? source.name : null
}

/** `Per the inspectorate`, but not `per day`. */
function mayBePer(next?: Word): boolean {
  return next !== undefined && !next.isMark && (determiners.has(next.lower) || isCapital(next))
}

/** The agent of a passive: `was confirmed by the mayor`, `was dismissed as “lies” by the army`. */
function agentAt(sentence: string, words: Word[], at: number): string | null {
  const verb = participleBefore(words, at)
  if (verb < 1 || !isPassive(words, verb) || !isSaidOf(words, verb)) return null
  return speakerAt(sentence, words, at + 1, at === verb + 1 ? 'anybody' : 'known')?.name ?? null
}

/** Whether the subject of a passive is said, and not a person or a place: `Israel was condemned`, `islets claimed by`. */
function isSaidOf(words: Word[], verb: number): boolean {
  const { lower } = words[verb] as Word
  if (lower === 'claimed')
    return words.slice(0, verb).some((word) => /^(?:responsibility|credit|it|that)$/.test(word.lower))
  return !isOfPersons(lower) || isOfThing(words, verb)
}

/** The participle of saying that `by` belongs to; -1 if there is none. */
function participleBefore(words: Word[], by: number): number {
  for (let at = by - 1; at >= Math.max(0, by - 12); at--) {
    const word = words[at] as Word
    const next = words[at + 1]?.lower ?? ''
    if (withWord.get(word.lower)?.test(next)) return at
    if (isSaidParticiple(word.lower)) return reaches(words, at, by) ? at : -1
    if ((word.isMark && !/^[“”"«»\uE000-]/.test(word.text)) || word.lower === 'by' || word.lower === 'to') return -1
  }
  return -1
}

/** Participles that say something only together with the word behind them: `ruled out`, `called a lie`. */
const withWord = new Map<string, RegExp>([
  ...['turned', 'played'].map((word): [string, RegExp] => [word, /^down$/]),
  ...['brushed', 'waved', 'shrugged'].map((word): [string, RegExp] => [word, /^(?:off|aside|away)$/]),
  ['ruled', /^out$/],
  ['pointed', /^out$/],
  ['let', /^slip$/],
  ['spoken', /^/],
  ['put', /^(?:at|down)$/],
  ['called', /^(?:an?|the|off|into|“|"|\uE000.*)$/],
  ['estimated', /^at$/],
  ['blamed', /^(?:on|for)$/],
  ['attributed', /^to$/],
  ['pinned', /^on$/],
])

/** Whether only a time, a place, an adverb or an `as` stands between a participle and its `by`. */
function reaches(words: Word[], participle: number, by: number): boolean {
  const [first] = words.slice(participle + 1, by)
  if (!first) return true
  const isCircumstance =
    /^(?:on|in|at|during|throughout|late|early|as|down|off|aside|again|yesterday|last|this|only|earlier|outright|out)$/.test(
      first.lower,
    )
  return isCircumstance || times.has(first.lower) || adverbs.has(first.lower) || first.isMark || /ly$/.test(first.lower)
}

/** Whether the subject of a passive is a thing: a raid is condemned for what it is, a country for what it did. */
function isOfThing(words: Word[], verb: number): boolean {
  const last = words.findLastIndex(({ lower }, i) => i < verb && /^(?:is|are|was|were|has|have|had)$/.test(lower))
  const from = words.findLastIndex(({ isMark }, i) => i < last && isMark) + 1
  const head = coreOf(words, { from, to: phraseEnd(words, from, last) }).at(-1)
  return head !== undefined && !isCapital(head) && !isSomebody(head.text)
}

/** Whether a form of `be` stands before a participle, and no negation. `, first reported by` needs none. */
function isPassive(words: Word[], verb: number): boolean {
  let at = verb - 1
  while (adverbs.has(words[at]?.lower ?? '') || /ly$/.test(words[at]?.lower ?? '')) at--
  const before = words[at]?.lower ?? ''
  if (/^(?:which|that|who)$/.test(words[at - 1]?.text ?? '')) return false
  if (before === ',') return words[verb]?.lower === 'reported'
  if (words[at - 2]?.text === ',' && /^an?$/.test(words[at - 1]?.text ?? '')) return true
  const isNegated = words.slice(Math.max(0, at - 2), verb).some(({ lower }) => /^(?:not|never|nor)$/.test(lower))
  return /^(?:was|were|been|is|are|being|as)$/.test(before) && !isNegated
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

/** The speaker after `according to`. Figures and reports speak for the one who made them. */
function sourceAt(sentence: string, words: Word[], start: number): string | null {
  const from = afterDate(words, start)
  const to = phraseEnd(words, from)
  const paper = paperIn(words, from, to)
  if (paper >= 0) return makerOf(sentence, words, from, paper)
  const name = speakerAt(sentence, words, from, 'known')?.name ?? speakerOf(sentence, words, { from, to })
  return name && withoutPossessive(name)
}
