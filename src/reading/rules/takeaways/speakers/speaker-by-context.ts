import { mainSubject } from './main-subject.ts'
import { isCapital, type Word } from './sentence-words.ts'
import { speakerAt } from './speaker-behind.ts'
import { isSomebody, speakerKind } from './speaker-nouns.ts'
import { speakerBetweenCommas } from './speaker-of-passive.ts'

/**
 * The speaker of a sentence without a verb of saying, in which words of somebody stand: `Izmailov pronounced the sentence
 * “short by local standards”`, `In its bulletin the agency counts 40 raids`. Null where nobody is named for certain.
 */
export function speakerByContext(sentence: string, words: Word[]): string | null {
  return (
    inWhoseView(sentence, words) ??
    quotedSubject(sentence, words) ??
    authorOf(sentence, words) ??
    speakerBetweenCommas(sentence, words)
  )
}

/** A fragment of speech has so many characters; shorter ones are names or words kept at a distance. */
const minFragment = 12

function hasFragment(words: Word[]): boolean {
  return words.some(({ text }, i) => i > 2 && text.startsWith('\uE000') && text.length >= minFragment)
}

/** The one who acts in a sentence that quotes a part of a statement. */
function quotedSubject(sentence: string, words: Word[]): string | null {
  if (!hasFragment(words) || /^[“”"«»\uE000]/.test(words[0]?.text ?? '')) return null
  const found = mainSubject(sentence, words, words.length)
  return found && isPerson(found.speaker) && !isAuxiliary(words[found.verb]) ? found.speaker : null
}

function isAuxiliary(word?: Word): boolean {
  return /^(?:is|are|was|were|will|would|can|could|may|might|should|must|does|do|did)$/.test(word?.text ?? '')
}

/**
 * Whether a name is that of a person or an office: bodies and places do things with names that stand in quotes, and so do
 * things that are only told apart by a place (`drills with South Korea`).
 */
function isPerson(name: string): boolean {
  const words = name.split(' ')
  const ownPart = name.split(/ (?:with|in|to|for|from|at|by|on|against|near) /)[0] ?? ''
  if (!/\p{Lu}/u.test(ownPart)) return false
  const isFullName = words.filter((word) => /^\p{Lu}\p{Ll}/u.test(word)).length > 1
  return (
    (isFullName && words.some((word) => /^(?:office|person)$/.test(speakerKind(word) ?? ''))) ||
    (isFullName && words.length < 5 && !isSomebody(words.at(-1) ?? ''))
  )
}

/** `For Carlos Tukano, the new road is “a vein”`. */
function inWhoseView(sentence: string, words: Word[]): string | null {
  if (words[0]?.text !== 'For' || !hasFragment(words)) return null
  const found = speakerAt(sentence, words, 1, 'known')
  return found && words[found.to]?.text === ',' && isPerson(found.name) ? found.name : null
}

/** `Speaking to reporters, Rud described nine days without light`. */
const opensSpeech = /^(?:Speaking|Writing|Talking|Addressing|Posting|Testifying|Interviewed|Asked)$/

function speakerBehindOpening(sentence: string, words: Word[]): string | null {
  const comma = words.findIndex(({ text }) => text === ',')
  const found = comma > 0 ? mainSubject(sentence, words.slice(comma + 1), words.length - comma - 1) : null
  return found && isCapitalName(found.speaker) ? found.speaker : null
}

/** The one who acts behind `In its report`, `In a letter to the bank,`. */
function authorOf(sentence: string, words: Word[]): string | null {
  if (opensSpeech.test(words[0]?.text ?? '')) return speakerBehindOpening(sentence, words)
  if (!/^(?:In|According)$/.test(words[0]?.text ?? '') || !/^(?:its|his|her|their|an?)$/.test(words[1]?.text ?? ''))
    return null
  const at = words.findIndex(({ text }, i) => i > 1 && i < 9 && isPaper(text))
  const comma = words.findIndex(({ text }, i) => i > 1 && text === ',')
  if (at < 0 || (comma >= 0 && comma < at)) return null
  const found = mainSubject(sentence, words, words.length)
  return found && !isAuxiliary(words[found.verb]) && isCapitalName(found.speaker) ? found.speaker : null
}

function isPaper(text: string): boolean {
  return (
    /^\p{Ll}/u.test(text) &&
    (speakerKind(text) === 'document' || /^(?:interview|speech|address|article|tweet|statement|reading)$/.test(text))
  )
}

function isCapitalName(name: string): boolean {
  return name.split(' ').some((text) => isCapital({ text } as Word)) || isSomebody(name.split(' ').at(-1) ?? '')
}
