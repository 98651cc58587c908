import { mayBeAdjective } from './adjective-prefixes.ts'
import { formOf, type WordForm } from './word-forms.ts'

/** The words of a text in their order. */
export type TextWords = {
  text: string
  /** The offsets where each word starts and ends. */
  starts: number[]
  ends: number[]
  /** Their forms; of a plain word it is made when it is asked for. */
  forms: (WordForm | undefined)[]
  /** The numbers of the words that a name may begin with. */
  beginnings: number[]
  /** How many words are longer than three letters, and how many of these have a capital, or capitals only. */
  long: { all: number; capital: number; allCapital: number }
}

/** The words of a text. A possessive ending stays with its word. */
export function wordsOf(text: string): TextWords {
  const words: TextWords = {
    text,
    starts: [],
    ends: [],
    forms: [],
    beginnings: [],
    long: { all: 0, capital: 0, allCapital: 0 },
  }
  for (let start = 0; start < text.length; ) {
    const end = endOfWord(text, start)
    if (end > start) addWord(words, start, end)
    start = Math.max(end, start + 1)
  }
  return words
}

function addWord({ text, starts, ends, forms, beginnings, long }: TextWords, start: number, end: number): void {
  const form = isPlain(text, start, end) ? undefined : formOf(text, start, end)
  if (form?.mayBeginName) beginnings.push(forms.length)
  starts.push(start)
  ends.push(end)
  forms.push(form)
  if (end - start <= 3 || kindOf(text.charCodeAt(start)) === digit) return
  long.all++
  if (form?.isCapital) long.capital++
  if (form?.isAllCapital) long.allCapital++
}

/** The form of a word, or undefined before the first word and behind the last. */
export function formAt({ text, starts, ends, forms }: TextWords, at: number): WordForm | undefined {
  if (at < 0 || at >= forms.length) return undefined
  forms[at] ??= formOf(text, starts[at]!, ends[at]!)
  return forms[at]
}

/** A word without a capital that is told by its first characters to be no adjective: most words of English. */
function isPlain(text: string, start: number, end: number): boolean {
  const kind = kindOf(text.charCodeAt(start))
  return kind === digit || (kind === smallLatin && !mayBeAdjective(text, start, end))
}

/** The United States in Spanish, whose letters are doubled. */
const doubled = 'EE. UU.'

const wordOrAbbreviation = /(?:\p{Lu}\.){2,}|[\p{L}\p{M}\p{N}](?:['’ʼʹ`ʻʿʾ‘]?[\p{L}\p{M}\p{N}])*/uy

/** Where the word that begins at an offset ends; the offset itself where none begins. Only rare characters need the expression. */
function endOfWord(text: string, start: number): number {
  const first = kindOf(text.charCodeAt(start))
  if (first === noWord || first === apostrophe) return start
  if (first === capital && text.charCodeAt(start + 1) === fullStop) return endByExpression(text, start)
  if (text.startsWith(doubled, start)) return start + doubled.length
  for (let end = start; end < text.length; end++) {
    const kind = kindOf(text.charCodeAt(end))
    if (kind >= smallLatin) continue
    if (kind === rare) return endByExpression(text, start)
    if (kind === noWord || !mayGoOn(text, end + 1)) return end
  }
  return text.length
}

/** A word goes on behind an apostrophe with a letter, or with a rare character that the expression decides about. */
function mayGoOn(text: string, at: number): boolean {
  const kind = at < text.length ? kindOf(text.charCodeAt(at)) : noWord
  return kind !== noWord && kind !== apostrophe
}

function endByExpression(text: string, start: number): number {
  wordOrAbbreviation.lastIndex = start
  return wordOrAbbreviation.test(text) ? wordOrAbbreviation.lastIndex : start
}

const [fullStop, comma] = [0x2e, 0x2c]

/** What a UTF-16 unit is to a word: no part of it, one that the next one decides about, or (from `smallLatin` on) a part. */
const [noWord, apostrophe, rare, smallLatin, digit, capital, otherLetter] = [1, 2, 3, 4, 5, 6, 7]

/** The kind of each UTF-16 unit; 0 where it was not asked for yet. */
const kinds = new Uint8Array(0x10000)

function kindOf(code: number): number {
  const known = kinds[code]
  if (known) return known
  const kind = findKind(code)
  kinds[code] = kind
  return kind
}

function findKind(code: number): number {
  if (code >= 0xd800 && code <= 0xdbff) return rare
  const unit = String.fromCharCode(code)
  if (/[a-z]/.test(unit)) return smallLatin
  if (/\d/.test(unit)) return digit
  if (/\p{Lu}/u.test(unit)) return capital
  if (/[\p{L}\p{M}\p{N}]/u.test(unit)) return otherLetter
  return /['’`‘]/.test(unit) ? apostrophe : noWord
}

/** What stands between a word and the next one, or the end of the text. */
const gapBehind = ({ text, starts, ends }: TextWords, at: number): string => text.slice(ends[at], starts[at + 1])

/** Only a space or a hyphen stands behind a word, so that the next word may belong to its name. */
export function joins({ text, starts, ends }: TextWords, at: number): boolean {
  const end = ends[at]!
  return (starts[at + 1] ?? text.length) === end + 1 && isJoint(text.charCodeAt(end))
}

/** The word before a name that begins at a word, if it may belong to it. */
export const formBefore = (words: TextWords, at: number): WordForm | undefined =>
  at > 0 && joins(words, at - 1) ? formAt(words, at - 1) : undefined

/** The word behind a name, at `behind`, if it may belong to it. */
export const formBehind = (words: TextWords, behind: number): WordForm | undefined =>
  joins(words, behind - 1) ? formAt(words, behind) : undefined

/** A space, a no-break space, a hyphen, a no-break hyphen or a dash. */
const isJoint = (code: number): boolean =>
  code === 0x20 || code === 0x2d || code === 0xa0 || code === 0x2011 || code === 0x2013

/** A comma and a space stand behind a word. */
export const hasCommaBehind = (words: TextWords, at: number): boolean =>
  words.text.charCodeAt(words.ends[at]!) === comma && gapBehind(words, at) === ', '

/** A word begins a sentence or the text. */
export const beginsSentence = (words: TextWords, at: number): boolean =>
  at === 0 || endOfSentence.test(gapBehind(words, at - 1))

const endOfSentence = /[.!?:;\n“"«‘]/

/** How much the capitals of a text say: nothing of names in a title with capitals, nothing of `US` in a shouted text. */
export function capitalsOf({ long }: TextWords): { isTitle: boolean; isShouted: boolean } {
  const share = (count: number): boolean => long.all > 4 && count > 0.7 * long.all
  return { isTitle: share(long.capital), isShouted: share(long.allCapital) }
}
