import { isCapital, type Phrase, type Word } from './sentence-words.ts'
import {
  adverbs,
  circumstances,
  determiners,
  nameParticles,
  neverInNames,
  nounsInLy,
  occasions,
  pastForms,
  prepositions,
  times,
} from './small-words.ts'
import { isSomebody, modifiers, speakerKind } from './speaker-nouns.ts'
import { isSaidForm } from './verbs-of-saying.ts'

/** The most words that a speaker's name has. */
const maxWords = 14

/** Where the noun phrase ends that begins at `from`; `from` itself if none begins there. `to` ends the search. */
export function phraseEnd(words: Word[], from: number, to = words.length): number {
  const last = Math.min(to, from + maxWords)
  let end = from
  while (end < last) {
    const next = belongs(words, end, from) ? end + 1 : bracketEnd(words, end, from)
    if (next === end) break
    end = next
  }
  while (end > from && isOpen(words[end - 1])) end--
  return end
}

/** Where the longest noun phrase begins that ends at `end`; `end` itself if none ends there. */
export function phraseStart(words: Word[], end: number, from: number): number {
  for (let start = Math.max(from, end - maxWords); start < end; start++) {
    const first = words[start]
    if (first && !isPreposition(first) && first.lower !== 'and' && phraseEnd(words, start, end) === end) return start
  }
  return end
}

export function isPreposition({ text }: Word): boolean {
  return prepositions.has(text)
}

/** Whether a word needs another behind it: no phrase ends with it. */
function isOpen(word?: Word): boolean {
  return (
    word !== undefined && (isPreposition(word) || determiners.has(word.lower) || /^(?:and|&|former)$/.test(word.text))
  )
}

/** A short name in brackets belongs to its phrase: `the Ministry of Defence (MoD)`. */
function bracketEnd(words: Word[], at: number, from: number): number {
  const [open, name, close] = words.slice(at, at + 3)
  const isShortName = open?.text === '(' && close?.text === ')' && isAcronym(name)
  return at > from && isShortName ? at + 3 : at
}

/** Whether a word is a short name as it stands in brackets behind the long one. */
export function isAcronym(word?: Word): boolean {
  return /^\p{Lu}\p{L}{1,9}$/u.test(word?.text ?? '')
}

/** Whether a word can follow the word before it in a noun phrase that begins at `from`. */
function belongs(words: Word[], at: number, from: number): boolean {
  const word = words[at] as Word
  const before = at > from ? words[at - 1] : undefined
  if (word.isMark) return word.text === '&' && before !== undefined
  const bare = word.lower.replace(/'s?$/, '')
  if (neverInNames.has(bare)) return /^(?:\p{Lu}{2,}|Will|Hit)$/u.test(word.text)
  if (determiners.has(word.lower)) return beginsPart(word, before)
  if (times.has(bare)) return isTimeInName(words, at, before)
  if (isPreposition(word)) return before !== undefined && !isOpen(before) && joinsPart(words, at)
  if (word.lower === 'and') return before !== undefined && !isOpen(before) && !isListOfThings(before)
  return !isVerb(word, before) && !isAdverb(word, before) && !beginsDescription(words, at, before)
}

function beginsPart({ text, lower }: Word, before?: Word): boolean {
  if (text === 'the' && before?.text === 'Save') return true
  return before ? isOpen(before) && !/^(?:that|this)$/.test(lower) && !determiners.has(before.lower) : true
}

/** `The Sunday Times` and `Minister May` hold words of time. */
function isTimeInName(words: Word[], at: number, before?: Word): boolean {
  if (before === undefined || !isCapital(words[at] as Word)) return false
  const next = words[at + 1]
  const isTitle = before.lower === 'the' && next !== undefined && isCapital(next) && !times.has(next.lower)
  return (
    isTitle ||
    (isCapital(before) && isSomebody(before.text)) ||
    /^(?:York|Daily|Moscow|Kyiv|USA|Vancouver)$/.test(before.text)
  )
}

/** Whether a preposition joins a part to the name, and does not tell when, where or how somebody spoke. */
function joinsPart(words: Word[], at: number): boolean {
  const { lower } = words[at] as Word
  const next = words[at + 1]
  if (!next || next.isMark || circumstances.has(lower) || beginsOccasion(words, at)) return false
  if (/^(?:[\d.,]+|\p{Ll}+ing)$/u.test(next.text)) return false
  if (lower === 'to' && !isCapital(next) && !determiners.has(next.lower) && !isSomebody(next.text)) return false
  return lower === 'of' || !times.has(next.lower)
}

/** Whether the words from a preposition on tell at what occasion somebody spoke: `in a long post on Facebook`. */
export function beginsOccasion(words: Word[], at: number): boolean {
  if (!/^(?:in|on|at|during|after|via|through|by|over|before|from)$/.test(words[at]?.lower ?? '')) return false
  for (let i = at + 1; i < Math.min(at + 6, words.length); i++) {
    const word = words[i] as Word
    if (word.isMark || isPreposition(word) || neverInNames.has(word.lower)) return false
    if (times.has(word.lower) || (occasions.has(word.lower) && !isTopic(words, at))) return true
  }
  return false
}

/** `On a report` may tell what a commission is for: only a medium stands behind `on`, `over` or `before`. */
function isTopic(words: Word[], at: number): boolean {
  return /^(?:before|over)$/.test(words[at]?.lower ?? '') && !/^(?:the)$/.test(words[at + 1]?.lower ?? 'the')
}

/** Whether a word is a verb: a form of saying, or a form in -ed or -ing behind somebody. */
function isVerb({ text, lower }: Word, before?: Word): boolean {
  if (isCapital({ text } as Word)) return false
  if (pastForms.has(lower)) return true
  const isAdjective = before !== undefined && (determiners.has(before.lower) || /'s?$/.test(before.lower))
  if (isSaidForm(lower)) return !(isAdjective && lower.endsWith('ed'))
  if (!before || isOpen(before) || /'s?$/.test(before.lower)) return false
  if (/^\p{Ll}{2,}ed$/u.test(text) && !adjectives.test(text)) return !isNationality(before) && !isModifier(before)
  return /^\p{Ll}{3,}ing$/u.test(text) && isSomebody(before.text) && !isSomebody(lower) && !modifiers.has(before.lower)
}

/** Forms in -ed that describe the noun behind them. */
const adjectives =
  /^(?:un\p{Ll}+|armed|retired|elected|appointed|displaced|detained|accused|wounded|injured|combined|allied|advanced|skilled|trained|experienced|jailed|exiled|deposed|ousted|disgraced|convicted|sacked|dismissed|wanted|red)$/u

/** Whether a word before a form in -ed lets it describe a noun: `the newly formed brigade`, `a former jailed editor`. */
function isModifier({ text, lower, start }: Word): boolean {
  return modifiers.has(start === 0 ? lower : text) || text.endsWith('ly') || /^\d/.test(text)
}

function isNationality({ text }: Word): boolean {
  return /(?:ian|ish|ese|ean|can|li|qi|ani|ench|utch)$|^(?:Some|Many|Most|The)$/.test(text)
}

function isAdverb({ text, lower }: Word, before?: Word): boolean {
  if (adverbs.has(text) && !(before && determiners.has(before.lower))) return !/^(?:all|both|first|even)$/.test(text)
  return (
    text.endsWith('ly') &&
    /^\p{Ll}{5,}$/u.test(text) &&
    !nounsInLy.has(lower) &&
    !(before && determiners.has(before.lower))
  )
}

function beginsDescription(words: Word[], at: number, before?: Word): boolean {
  if (!before || isOpen(before)) return false
  const { text } = words[at] as Word
  return (
    /^(?:familiar|briefed|speaking|reached|interviewed|contacted|based|living|loyal|responsible)$/.test(text) ||
    (text === 'close' && words[at + 1]?.text === 'to')
  )
}

/** Plural things before `and` make a list that names nobody: `water and connections and officials`. */
function isListOfThings({ text }: Word): boolean {
  return /^\p{Ll}{3,}[^s]s$/u.test(text) && !isSomebody(text) && !modifiers.has(text)
}

/** The words before the first preposition. They hold the head, which is their last word. */
export function coreOf(words: Word[], { from, to }: Phrase): Word[] {
  const at = words.findIndex((word, i) => i > from && i < to && (isPreposition(word) || word.text === '('))
  if (at < 0) return words.slice(from, to)
  const isShare = at === from + 1 && words[at]?.text === 'of' && modifiers.has(words[from]?.lower ?? '')
  return isShare ? coreOf(words, { from: at + 1, to }) : words.slice(from, at)
}

/** Whether a lower-case word is a part of a name, such as `de` or `bin`. */
export function isParticle({ text }: Word): boolean {
  return nameParticles.has(text)
}

/** Whether the kind of a lower-case noun is known to be no speaker. */
export function isThing(word: string): boolean {
  const kind = speakerKind(word)
  return kind === 'thing' || kind === 'document'
}
