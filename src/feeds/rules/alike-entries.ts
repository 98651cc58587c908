import { htmlToText } from '../../platform/text/html-to-text.ts'
import { tokensOf } from '../../reading/rules/tokens.ts'

/** The words of an entry: its title, and its HTML or the beginning of it. */
export type EntryWords = { title: string; html: string }

/** Whether two wordings are one report that was edited: half the words of the shorter title or text are in the other one. */
export function areAlike(a: EntryWords, b: EntryWords): boolean {
  return sharedTitle(a, b) >= likelySame || areTextsAlike(a, b)
}

/** Whether half the words of the shorter text are in the other one; false where there is no text. */
export const areTextsAlike = (a: EntryWords, b: EntryWords): boolean => (sharedText(a, b) ?? 0) >= likelySame

/** Whether two wordings plainly tell of two matters: few words of the shorter title and of the shorter text are common. */
export function areUnlike(a: EntryWords, b: EntryWords): boolean {
  return sharedTitle(a, b) < maxUnlike.title && (sharedText(a, b) ?? 0) < maxUnlike.text
}

/** A title without case, punctuation and white space. */
export const foldedTitle = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '')

/** The number of words in the title and the text of an entry. */
export const wordCount = ({ title, html }: EntryWords): number => tokensOf(`${title} ${textOf(html)}`).length

const likelySame = 0.5
/** Between these and `likelySame` nobody can tell: the key then decides. */
const maxUnlike = { title: 0.34, text: 0.3 }

const sharedTitle = (a: EntryWords, b: EntryWords) => shared(a.title, b.title) ?? 0
const sharedText = (a: EntryWords, b: EntryWords) => shared(textOf(a.html), textOf(b.html))

/** In UTF-16 units. */
export const maxComparedText = 4000
const textOf = (html: string) =>
  htmlToText(
    html
      .slice(0, maxComparedText)
      .replace(/<[^<>]*$/, '')
      .replaceAll('<', ' <'),
  )

/** The share of the smaller set of stems that is in the other set; null where a text has none. */
function shared(a: string, b: string): number | null {
  const [some, others] = [stemsOf(a), stemsOf(b)]
  const [less, more] = some.size < others.size ? [some, others] : [others, some]
  return less.size === 0 ? null : less.intersection(more).size / less.size
}

const stemsOf = (text: string) => new Set(tokensOf(text).flatMap(({ lexeme }) => (lexeme.common ? [] : [lexeme.stem])))
