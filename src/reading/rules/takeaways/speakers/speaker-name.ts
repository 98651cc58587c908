import {
  determiners,
  isPlural,
  loneWords,
  modifiers,
  neverInNames,
  prepositions,
  reducedClauses,
  saidForms,
  speakerKind,
  thingNames,
  times,
} from './speaker-words.ts'

/** The most words that a speaker's name has. */
const maxWords = 14

/**
 * The speaker that a phrase names, as it is shown; null if the phrase is no name of somebody who can speak. The whole
 * phrase must be one noun phrase. Its head is a name, an office, a body such as a ministry, or people.
 */
export function speakerIn(phrase: string): string | null {
  const all = phrase
    .trim()
    .replace(/(?<!\.\p{Lu})[.,]{1,4}$/u, '')
    .split(/\s+/)
  const cut = all.findIndex((word, i) => i > 0 && (reducedClauses.has(word) || isDoing(word, all[i - 1])))
  if (cut > 0 && informed.test(phrase.trim())) return phrase.trim()
  const words = (cut < 0 ? all : all.slice(0, cut)).slice(/^(?:19|20)\d\d$/.test(all[0] ?? '') ? 1 : 0)
  if (words.length === 0 || words.length > maxWords || !isNounPhrase(words)) return null
  const core = coreOf(words)
  return canSpeak(words, core) ? shown(words) : null
}

/** Whether a form in -ing tells what people do: `ministers meeting in Lira`. */
function isDoing(word: string, before = ''): boolean {
  return (
    /^\p{Ll}{3,}ing$/u.test(word) && !/['’]s?$/.test(before) && isPlural(before) && speakerKind(before) !== undefined
  )
}

/** People who know: they are named by what they know. */
const informed = /^(?:\p{L}{1,20} )?people (?:familiar|close|briefed) (?:with|to|on) [\p{L} ]{2,60}$/iu

/** The words before the first preposition. They hold the head, which is their last word. */
function coreOf(words: string[]): string[] {
  const preposition = words.findIndex((word, i) => i > 0 && prepositions.has(word))
  if (preposition < 0) return words
  const core = words.slice(0, preposition)
  const isShare = core.length === 1 && words[preposition] === 'of' && modifiers.has(lower(core[0]))
  return isShare ? coreOf(words.slice(preposition + 1)) : core
}

function isNounPhrase(words: string[]): boolean {
  const last = lower(words.at(-1))
  if (/^[b-z]$/.test(words[0] ?? '') || prepositions.has(last) || determiners.has(last) || last === 'and') return false
  return words.every((word, i) => belongs(word, words[i - 1]))
}

/** Whether a word can follow the word before it in a noun phrase. */
function belongs(word: string, before = ''): boolean {
  const bare = lower(word).replace(/['’]s$/, '')
  if (!/^[\p{L}\p{N}("“«]/u.test(word) || saidForms.has(word)) return false
  if (neverInNames.has(bare)) return /^(?:\p{Lu}{2,}|Will)$/u.test(word)
  if (isVerbOfName(word, before) || (word === 'and' && isThing(before))) return false
  if (determiners.has(bare)) return beginsPart(word, lower(before)) || (word === 'the' && before === 'Save')
  return !times.has(bare) || (word === 'May' && speakerKind(before) !== undefined)
}

function beginsPart(determiner: string, before: string): boolean {
  const follows = before === '' || before === 'and' || prepositions.has(before)
  return follows && determiner !== 'that' && determiner !== 'this'
}

/** Whether a form in -ed follows a name, as in `the Ministry of Defence continued`. */
function isVerbOfName(word: string, before = ''): boolean {
  return (
    /^\p{Ll}{2,}ed$/u.test(word) &&
    (/^\(?\p{Lu}/u.test(before) || speakerKind(before) !== undefined) &&
    !determiners.has(lower(before)) &&
    !/['’]s?$/.test(before) &&
    !/^(?:Russian|Ukrainian|Israeli|Some|Many|Most)$/.test(before)
  )
}

/** Plural things before `and` make a list that names nobody: `water and connections and officials`. */
function isThing(word: string): boolean {
  return /^\p{Ll}{3,}[^s]s$/u.test(word) && speakerKind(word) === undefined && !modifiers.has(word)
}

function canSpeak(words: string[], core: string[]): boolean {
  const head = core.at(-1) ?? ''
  if (core.length === 1 && loneWords.has(lower(head))) return words.length > 1 && speakerKind(head) === 'person'
  const kind = speakerKind(head)
  if (kind === 'document')
    return core.some(isMaker) || (/ (?:by|from) /.test(words.join(' ')) && words.slice(1).some(isProper))
  if (kind) return core.length > 1 || words.length > 1 || kind !== 'person' || isPlural(head)
  return isProper(head) && !thingNames.has(lower(head)) && introducesName(core)
}

/** Whether a word before a paper names who made it: a capital at the start of a sentence names nobody. */
function isMaker(word: string, i: number): boolean {
  return isProper(word) && (i > 0 || /^\p{Lu}{2}|['’]s?$|(?:ian|ish|ese|ean|can|ch)$/u.test(word))
}

/** Before a name stand names, and right before it nouns of offices, bodies and persons: `the farmer Petro Lysenko`. */
function introducesName(core: string[]): boolean {
  const last = core.findLast(
    (word) => /^\p{Ll}/u.test(word) && !determiners.has(word) && word !== 'and' && !particle.test(word),
  )
  const kind = last && speakerKind(last)
  return (
    last === undefined ||
    (kind !== undefined && kind !== 'document') ||
    /(?:['’]s|(?:[^aeiou]er|[ct]or|ist|ian)s?)$/.test(last) ||
    modifiers.has(last)
  )
}

const particle = /^(?:de|du|la|von|van|der|al|el|bin|ibn|di|da)(?:-|$)/

function isProper(word: string): boolean {
  return /^[("“«]?\p{Lu}/u.test(word) && !determiners.has(lower(word))
}

/** The phrase without an article before a capital. */
function shown(words: string[]): string {
  const [first = '', ...rest] = words
  return /^(?:the|an?)$/i.test(first) && /^\p{Lu}/u.test(rest[0] ?? '') ? rest.join(' ') : words.join(' ')
}

/** A name from the start of a sentence, without the capital of a common word there: `Local officials`. */
export function withoutSentenceCapital(name: string): string {
  const [first = '', second = ''] = name.split(' ')
  if (/^(?:The|An?|Another|Its|His|Her|Their)$/.test(first)) return name.charAt(0).toLowerCase() + name.slice(1)
  if (/^\p{Lu}/u.test(second) || /^\p{Lu}{2}/u.test(first) || /^(?:Western|Southern|Northern|Eastern)$/.test(first))
    return name
  const isCommon = second
    ? determiners.has(lower(first)) || modifiers.has(lower(first)) || speakerKind(first)
    : isPlural(first) && speakerKind(first)
  return isCommon ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

function lower(word = ''): string {
  return word.toLowerCase()
}

/**
 * The longest speaker that a text begins with. It ends at a punctuation mark, or before a word that goes on about the
 * time, the place or the way of speaking.
 */
export function speakerAtStart(text: string): string | null {
  const phrase = /^[^,;:!?“”"«»—–()[\]]{1,140}/.exec(text)?.[0] ?? ''
  const words = phrase
    .trim()
    .replace(occasion, '')
    .replace(/(?<!\.\p{Lu})\.$/u, '')
    .split(/\s+/)
    .slice(0, maxWords + 4)
  for (let end = words.length; end > 0; end--) {
    if (end < words.length && !phraseEnds.has(words[end] ?? '')) continue
    const speaker = speakerIn(words.slice(0, end).join(' '))
    if (speaker) return speaker
  }
  return null
}

/** Where somebody spoke: it belongs to no name. */
const occasion =
  /(?:\s(?:in|at|during|on) an? (?:\p{L}+ ){0,2}(?:statement|interview|conference|briefing|post|address|speech|hearing|message|letter|video|call)|\son (?:Telegram|Facebook|Twitter|X|social media|state (?:television|TV|radio)|television|TV|radio)\b).*$/u

const phraseEnds = new Set(
  'there here on in at that who which as published released reported from and during after via late early told to with when while yesterday last this by since whose'.split(
    ' ',
  ),
)

/** A personal name or the name of a body: capital words only. */
export function isProperName(phrase: string): boolean {
  return /^\p{Lu}[\p{L}’'.-]*(?: (?:(?:de|du|la|von|van|al|el|bin) )?\p{Lu}[\p{L}’'.-]*){0,4}$/u.test(phrase)
}
