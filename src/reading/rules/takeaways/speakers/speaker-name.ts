import { isPluralNoun } from '../../../../platform/text/with-article.ts'
import { coreOf, isParticle, isThing, phraseEnd } from './noun-phrase.ts'
import { isCapital, type Phrase, textOf, type Word, wordsOf } from './sentence-words.ts'
import { adverbs, determiners, nameParticles, prepositions } from './small-words.ts'
import { isSomebody, loneWords, modifiers, speakerKind, thingNames } from './speaker-nouns.ts'

/** Who may be meant: `anybody` takes nouns that are not known, `known` only names and nouns of people and bodies. */
export type NameTrust = 'anybody' | 'known'

/** The speaker that a noun phrase names, as it is shown; null if it names nobody who can speak. */
export function speakerOf(sentence: string, words: Word[], phrase: Phrase, trust: NameTrust = 'known'): string | null {
  const named = namedPhrase(words, phrase)
  return canSpeak(words, named, trust) ? shown(sentence, words, named) : null
}

/** The speaker that a text names which is one noun phrase from its start to its end; else null. */
export function speakerIn(text: string): string | null {
  const words = wordsOf(text)
  const isPhrase = words.length > 0 && phraseEnd(words, 0) === words.length
  return isPhrase ? speakerOf(text, words, { from: 0, to: words.length }) : null
}

/** The words of a phrase that are the name: without a year before it, and the place where a person spoke. */
export function namedPhrase(words: Word[], phrase: Phrase): Phrase {
  return withoutPlace(words, withoutYear(words, phrase))
}

function withoutYear(words: Word[], { from, to }: Phrase): Phrase {
  return { from: /^(?:19|20)\d\d$/.test(words[from]?.text ?? '') ? from + 1 : from, to }
}

/** A person's name ends before the place where the person spoke: `Olena Koval in Lira`. */
function withoutPlace(words: Word[], { from, to }: Phrase): Phrase {
  const core = coreOf(words, { from, to })
  const [first, last] = core.slice(-2)
  const end = from + core.length
  const isPerson = first && last && isCapital(first) && isCapital(last) && speakerKind(last.text) === undefined
  return isPerson &&
    /^(?:in|at|on|near|from|with|to|outside|inside|under|over|across|between)$/.test(words[end]?.text ?? '')
    ? { from, to: end }
    : { from, to }
}

function canSpeak(words: Word[], phrase: Phrase, trust: NameTrust): boolean {
  const core = coreOf(words, phrase)
  const head = core.at(-1)
  const first = words[phrase.from]
  if (!head || !first || /^[b-z]$/.test(first.text) || prepositions.has(first.lower)) return false
  if (core.length === 1 && adverbs.has(head.lower)) return false
  const all = words.slice(phrase.from, phrase.to)
  if (core.length === 1 && loneWords.has(head.lower)) return all.length > 1 && speakerKind(head.text) === 'person'
  const kind = speakerKind(head.text)
  if (kind === 'document') return hasMaker(core, all)
  if (isCapital(head) && core.length === 1 && trust === 'anybody' && !isPluralNoun(head.text))
    return !determiners.has(head.lower)
  if (kind && kind !== 'thing') return all.length > 1 || kind !== 'person' || isPluralNoun(head.text)
  if (isCapital(head)) return isName(core, kind)
  return kind === undefined && trust === 'anybody' && isRole(core)
}

/** Whether a paper names who made it. */
function hasMaker(core: Word[], all: Word[]): boolean {
  const at = all.findIndex(({ text }, i) => /^(?:by|from)$/.test(text) || (text === 'of' && isBodyNext(all, i)))
  return core.slice(0, -1).some(isMaker) || (at > 0 && all.slice(at + 1).some((word) => isCapital(word)))
}

/** `The report of the Bank`, but not `the report of Ukrainian losses`. */
function isBodyNext(all: Word[], of: number): boolean {
  const next = all.slice(of + 1).find(({ lower }) => !determiners.has(lower))
  return (
    next !== undefined &&
    isCapital(next) &&
    !/(?:ian|ish|ese|aeli)$/.test(next.text) &&
    !isPluralNoun(all[of - 1]?.text ?? '')
  )
}

/** Whether a word before a paper names who made it: a capital at the start of a sentence names nobody. */
function isMaker({ text, lower, start }: Word): boolean {
  if (determiners.has(lower) || loneWords.has(lower)) return false
  const isMade = /['’]s?$/.test(text) && (isCapital({ text } as Word) || isSomebody(text))
  return isMade || (/^\p{Lu}/u.test(text) && (start > 0 || /^\p{Lu}{2}|(?:ian|ish|ese|ean|can|ch)$/u.test(text)))
}

/** Before a name stand names, and right before it nouns of offices, bodies and persons: `the farmer Petro Lysenko`. */
function isName(core: Word[], kind: string | undefined): boolean {
  const head = core.at(-1) as Word
  if (/^\d/.test(core[0]?.text ?? '') && core.length < 3) return false
  if ((thingNames.has(head.lower) && core.at(-2)?.text !== 'Civil') || determiners.has(head.lower)) return false
  if (core.length === 1 && (kind === 'thing' || isSentenceWord(head))) return false
  const last = core.findLast((word) => /^\p{Ll}/u.test(word.text) && !isCapital(word) && !isSmall(word))
  if (!last || isSomebody(last.text) || /['’]s?$/.test(last.text) || modifiers.has(last.text)) return true
  const isFullName = core.slice(-2).every(isCapital) && core.length > 2
  return isFullName && !isThing(last.text)
}

function isSmall(word: Word): boolean {
  return determiners.has(word.lower) || word.lower === 'and' || isParticle(word)
}

/** Whether a lone capital word at the start of a sentence is a common noun: `Findings`. */
function isSentenceWord({ text, start }: Word): boolean {
  return start === 0 && /^\p{Lu}\p{Ll}+$/u.test(text) && isThing(text.toLowerCase()) && isPluralNoun(text)
}

/** A role whose noun is not known, such as `the harbour master`, or several: `tribes in the west`. */
function isRole(core: Word[]): boolean {
  const [first] = core
  const head = core.at(-1) as Word
  const isBegun = first && (determiners.has(first.lower) || /['’]s?$/.test(first.text) || modifiers.has(first.lower))
  const isShort = core.length < 7 && /^\p{Ll}[\p{L}’'-]{2,}$/u.test(head.text)
  return (
    isShort &&
    Boolean(
      core.length > 1 ? isBegun || isCapital(core[0] as Word) || isPluralNoun(head.text) : isPluralNoun(head.text),
    )
  )
}

/** The phrase without an article before a capital. */
function shown(sentence: string, words: Word[], { from, to }: Phrase): string {
  const [first, second] = words.slice(from, to)
  const isBare = first && second && /^(?:the|an?)$/.test(first.lower) && isCapital(second)
  return textOf(sentence, words, { from: isBare ? from + 1 : from, to })
    .replace(/ {2,}/g, ' ')
    .replace(/\s?\.$/, (end) => (isAbbreviated(words[to - 1]) ? end : ''))
}

function isAbbreviated(last?: Word): boolean {
  return /^(?:\p{L}\.)+$/u.test(last?.text ?? '')
}

/** A name from the start of a sentence, without the capital of a common word there: `Local officials`. */
export function withoutSentenceCapital(name: string): string {
  const [first = '', second = '', third = ''] = name.split(' ')
  if (parties.test(first)) return name
  if (/^(?:The|An?|Another|Its|His|Her|Their)$/.test(first)) return name.charAt(0).toLowerCase() + name.slice(1)
  if (/^\p{Lu}/u.test(second) || /^\p{Lu}{2}/u.test(first) || /^(?:Western|Southern|Northern|Eastern)$/.test(first))
    return name
  if (second === 'of' && /^\p{Lu}/u.test(third)) return name
  const isCommon = second
    ? determiners.has(first.toLowerCase()) || modifiers.has(first.toLowerCase()) || speakerKind(first)
    : isPluralNoun(first) && speakerKind(first)
  return isCommon ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** Members of a party have a capital everywhere: `Republican senator`. */
const parties = /^(?:Republicans?|Democrats?|Democratic|Labour|Tory|Tories)$/

/** A personal name or the name of a body: capital words and particles of names only. */
export function isProperName(words: Word[]): boolean {
  const [first] = words
  return (
    first !== undefined &&
    !thingNames.has(words.at(-1)?.lower ?? '') &&
    isCapital(first) &&
    words.length < 7 &&
    words.every((word) => isCapital(word) || nameParticles.has(word.text)) &&
    !prepositions.has(words.at(-1)?.text ?? '')
  )
}
