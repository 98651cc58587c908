import { isAcronym, phraseEnd } from './noun-phrase.ts'
import { isCapital, type Phrase, textOf, type Word } from './sentence-words.ts'
import { determiners } from './small-words.ts'
import { isProperName, speakerOf } from './speaker-name.ts'
import { isSomebody } from './speaker-nouns.ts'
import { subjectOf } from './subject-of-clause.ts'

/** The speaker before a description that ends with a comma: `Koval, a leader of the party, said`. */
export function beforeDescription(sentence: string, words: Word[], end: number): string | null {
  const parts = partsBefore(words, end)
  let office: string | null = null
  for (let i = parts.length - 2; i >= Math.max(0, parts.length - 5); i--) {
    if (!parts.slice(i + 1).every((part) => isDescription(sentence, words, part))) break
    const [own, next] = parts.slice(i) as [Phrase, Phrase]
    const speaker = subjectOf(sentence, words, own, 'known')
    const name = speaker
      ? nameOf(sentence, words, speaker, next)
      : parts.length === 2 && isUnknownRole(words, own) && fullName(sentence, words, next)
    if (name) return name
    office ??= speaker
  }
  return (
    office ??
    (parts.length === 1 && words[end - 1]?.text === ')' ? subjectOf(sentence, words, parts[0] as Phrase) : null)
  )
}

/** The speaker of a subject and of the words between commas behind it: a proper name rather than an office. */
export function partsSubject(sentence: string, words: Word[], own: Phrase, next: Phrase): string | null {
  const speaker = subjectOf(sentence, words, own, 'known')
  return speaker && (nameOf(sentence, words, speaker, next) ?? speaker)
}

/** The parts between commas, dashes and brackets before `end`, back to a mark that ends a clause. The last is empty. */
function partsBefore(words: Word[], end: number): Phrase[] {
  const parts: Phrase[] = []
  let to = end - 1
  for (let at = end - 2; at >= -1 && parts.length < 6; at--) {
    const text = words[at]?.text ?? '.'
    const isEnd = at < 0 || (words[at]?.isMark && !/^[,–—()&’'-]$/.test(text))
    if (!isEnd && !isPartMark(words, at)) continue
    if (at + 1 < to) parts.unshift({ from: at + 1, to })
    to = at
    if (isEnd) break
  }
  return parts
}

function isPartMark(words: Word[], at: number): boolean {
  const text = words[at]?.text
  if (text === '(') return !(words[at + 2]?.text === ')' && isAcronym(words[at + 1]))
  if (text === ')') return !(words[at - 2]?.text === '(' && isAcronym(words[at - 1]))
  return /^[,–—-]$/.test(text ?? '')
}

/** The proper name of the two, if one is: a speaker and the words between the commas behind it. */
function nameOf(sentence: string, words: Word[], speaker: string, next: Phrase): string | null {
  const isCommon = /^(?:\P{Lu}|The |An? )/u.test(speaker)
  const isOneOf = /^(?:an?|one) /i.test(speaker) && next.to - next.from !== 2
  const full = isOneOf ? null : fullName(sentence, words, next)
  if (words[next.from - 1]?.text === '(') return isCommon ? null : speaker
  if (isCommon || isOneOf) return full
  const head = headOf(speaker)
  const isOffice = isSomebody(head) || isSomebody(speaker.split(' ').at(-1) ?? '')
  return isOffice ? full : speaker
}

/** A proper name in commas, with a title before it at most: `Dr. Mirna Vuković`. */
export function fullName(sentence: string, words: Word[], part: Phrase): string | null {
  const name = words.slice(part.from, part.to)
  if (isProperName(name)) return textOf(sentence, words, part)
  const [first, last] = name.slice(-2)
  const isBegun = determiners.has(name[0]?.lower ?? '') || isSomebody(name[0]?.text ?? '')
  const isFull = isBegun && first && last && name.length > 2 && isCapital(first) && isCapital(last)
  return isFull && phraseEnd(words, part.from, part.to) === part.to ? speakerOf(sentence, words, part) : null
}

/** A role whose noun is not known, before a name in commas: `The team's kit man, Ivan Sych, said`. */
function isUnknownRole(words: Word[], { from, to }: Phrase): boolean {
  const first = words[from]
  return to - from <= 9 && first !== undefined && (determiners.has(first.lower) || /['’]s$/.test(first.text))
}

const descriptionWords = /^(?:an?|the|aged?|\d{1,3}|\p{L}+['’]s)$/iu

/** A description begins with a common word, such as `once` or `deputy`; a pronoun begins a clause. */
function isLowerCase(word?: Word): boolean {
  return (
    word !== undefined &&
    /^\p{Ll}/u.test(word.text) &&
    !/^(?:he|she|it|they|we|you|as|if|because|while|so)$/.test(word.text)
  )
}

function isDescription(sentence: string, words: Word[], part: Phrase): boolean {
  return (
    descriptionWords.test(words[part.from]?.text ?? '') ||
    isLowerCase(words[part.from]) ||
    subjectOf(sentence, words, part) !== null ||
    words.slice(part.from, part.to).every(isCapital)
  )
}

/** The noun of a name, without what it is of: `head` of `head of the harbour`. */
export function headOf(name: string): string {
  return (
    name
      .split(/ (?:of|for|in|at|to|on) /)[0]
      ?.split(' ')
      .at(-1) ?? ''
  )
}
