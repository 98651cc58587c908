import { isPluralNoun } from '../../../../platform/text/with-article.ts'
import { beforeDescription, fullName, headOf } from './described-speaker.ts'
import { phraseEnd } from './noun-phrase.ts'
import { isCapital, nextMark, type Phrase, textOf, type Word } from './sentence-words.ts'
import { type NameTrust, namedPhrase, speakerOf } from './speaker-name.ts'
import { isPersonOrOffice, speakerKind } from './speaker-nouns.ts'
import { useOf } from './verbs-of-saying.ts'

/** The speaker behind a verb that follows a statement: `“...,” said Olena Koval, the mayor`. */
export function invertedSpeaker(sentence: string, words: Word[], verb: number): string | null {
  const before = words[verb - 1]
  const { lower } = words[verb] as Word
  if (!before || !/^[,”"»’?!…–—]$/.test(before.text) || takesObject.test(lower)) return null
  const speaker = speakerAt(sentence, words, verb + 1, useOf(lower)?.isTelling ? 'anybody' : 'known')
  if (!speaker || !endsThere(words, speaker.to)) return null
  const isSure = words[speaker.to]?.isMark !== false && /^\p{Lu}|^(?:the|an?) /u.test(speaker.name)
  const described = !isSure && before.text === ',' ? beforeDescription(sentence, words, verb) : null
  if (described) return described
  const isQuoted = /^[”"»]$/.test(before.text)
  if (words[speaker.to]?.text !== 'who') return speaker.name
  return isQuoted || /^sa(?:id|ys)$/.test(lower) ? withRelative(sentence, words, verb + 1, speaker) : null
}

/** A lone noun with its relative clause, as far as that holds a name: `the man who signs as Old Oak`. */
function withRelative(
  sentence: string,
  words: Word[],
  from: number,
  { name, to }: { name: string; to: number },
): string {
  const end = nextMark(words, to)
  const isLone = to - from === 2 && !isCapital(words[to - 1] as Word)
  const isNamed = words.slice(to + 1, end).some(isCapital) && end - to < 9
  return isLone && isNamed ? textOf(sentence, words, { from, to: end }) : name
}

/** Verbs whose object is somebody, or a thing that somebody did. */
const takesObject =
  /^(?:t(?:old|ells?)|urge[sd]?|accuse[sd]?|blame[sd]?|condemn(?:s|ed)|call(?:s|ed)|puts?|made|makes|describe[sd]|reject(?:s|ed)|dismiss(?:es|ed)|den(?:ies|ied)|threaten(?:s|ed)?|denounce[sd]|believed?|expect(?:ed)?|fear(?:ed)?|found|documented|counted|counts|advise[sd]|disputed|refuted)$/

/**
 * The speaker whose name begins at a word, with the place where it ends; of an office and a name in commas the name.
 * `limit` is a word before which the name ends.
 */
export function speakerAt(
  sentence: string,
  words: Word[],
  from: number,
  trust: NameTrust,
  limit?: number,
): { name: string; to: number } | null {
  const { to } = namedPhrase(words, { from, to: phraseEnd(words, from, limit) })
  const isOwner = /(?:['’]s|s['’])$/.test(words[to - 1]?.text ?? '') && words[to]?.isMark === false
  const name = from < to && !isOwner ? speakerOf(sentence, words, { from, to }, trust) : null
  if (!name) return null
  const end = words[to]?.text === ',' ? nextMark(words, to + 1) : to
  const mayHold = isOffice(name) || isLoneName(words, { from, to }, end)
  const full = mayHold && end > to ? fullName(sentence, words, { from: to + 1, to: end }) : null
  return full ? { name: full, to: end } : { name, to }
}

/** `The operator, Ukrhydroenergo`: a body without a name, and one capital word that ends with its own mark. */
function isLoneName(words: Word[], { from, to }: Phrase, end: number): boolean {
  const body = words.slice(from, to)
  const isPlain = body.every((word) => !isCapital(word) || word.start === 0) && !isPluralNoun(body.at(-1)?.text ?? '')
  return isPlain && end === to + 2 && speakerKind(body.at(-1)?.text ?? '') === 'body'
}

/** Whether a name is that of an office only: a proper name may stand behind it in commas. */
function isOffice(name: string): boolean {
  const head = headOf(name)
  return !isPluralNoun(head) && isPersonOrOffice(head)
}

/** Whether nothing that belongs to a statement follows the speaker: a mark, or the time, the place or the listener. */
function endsThere(words: Word[], at: number): boolean {
  const next = words[at]
  return next === undefined || next.isMark || goesOn.test(next.text)
}

const goesOn =
  /^(?:on|in|at|who|whose|during|after|before|via|to|as|late|early|from|by|this|last|yesterday|today|told|when|while|with|over|of|through|outside|near|earlier|later|again|\p{Ll}{3,}ly|\p{Lu}\p{Ll}{2,5}day)$/u
