import { beginsOccasion, isAcronym, isPreposition } from './noun-phrase.ts'
import type { Phrase, Word } from './sentence-words.ts'
import { adverbs, determiners, joiningWords, nounsInLy, occasions, relativeWords, times } from './small-words.ts'
import { isSomebody } from './speaker-nouns.ts'
import { isSaidForm } from './verbs-of-saying.ts'

/** Where the subject of a verb ends: before auxiliaries, adverbs, times and occasions that stand before the verb. */
export function subjectEnd(words: Word[], verb: number): number {
  let end = verb
  for (let next = skipBack(words, end); next < end; next = skipBack(words, end)) end = next
  return end
}

function skipBack(words: Word[], end: number): number {
  const last = words[end - 1]
  if (!last) return end
  if (last.text === ',') return insertStart(words, end)
  const way = waysBefore(words, end)
  if (way > 0) return end - way
  if (/^(?:have|has|had|each|himself|herself|itself|themselves)$/.test(last.text)) return end - 1
  if (isLoneAdverb(last)) return words[end - 2]?.text === 'at' ? end - 2 : end - 1
  return circumstanceStart(words, end)
}

/** How many words before a verb are a way of saying, such as `went on to`, `was at pains to` or `would only`. */
function waysBefore(words: Word[], end: number): number {
  if (!/^(?:to|only|did)$/.test(words[end - 1]?.text ?? '')) return 0
  const before = words
    .slice(Math.max(0, end - 7), end)
    .map(({ text }) => text)
    .join(' ')
  return ways.exec(before)?.[0].trim().split(' ').length ?? 0
}

const ways =
  /(?:^| )(?:(?:has|have|had)(?: had)? to|(?:is|are|was|were|has been|have been|had been) (?:forced|obliged|compelled|quick|keen|careful|eager|anxious|happy|glad|pleased|able|at pains|the first|the last|moved|led) to|(?:hastened|sought|chose|proceeded|continued?|continues|went on|goes on|took pains|rushed|felt obliged|stopped short of asking) to|(?:would|could|can|will) only|did)$/

function isLoneAdverb({ text }: Word): boolean {
  return adverbs.has(text) || (text.endsWith('ly') && /^\p{Ll}{5,}$/u.test(text) && !nounsInLy.has(text))
}

/** `Koval, however, said`: the small words between commas. The description of a speaker is no such insert. */
function insertStart(words: Word[], end: number): number {
  const open = words.findLastIndex(({ text }, i) => i < end - 1 && text === ',')
  const inner = words.slice(open + 1, end - 1)
  if (open < 1 || inner.length === 0 || inner.length > 8) return end
  const isSmall =
    inner.every(isLoneAdverb) ||
    (inner[0]?.text === 'for' && /^(?:his|her|its|their|example|instance|one)$/.test(inner[1]?.text ?? ''))
  return isSmall || isCircumstance(words, open + 1, end - 1) ? open : end
}

/** Where a time or an occasion begins that ends at `end`: `late on Thursday`, `in a post on Telegram`. */
function circumstanceStart(words: Word[], end: number): number {
  if (!endsCircumstance(words[end - 1] as Word)) return end
  for (let start = end - 1; start >= Math.max(0, end - 9); start--) {
    const word = words[start] as Word
    if (word.isMark && word.text !== ',') break
    if (isCircumstance(words, start, end)) return earliest(words, start)
  }
  return end
}

/** Whether a time or an occasion may end with a word: most nouns end none. */
function endsCircumstance({ text, lower }: Word): boolean {
  return times.has(lower) || occasions.has(lower) || !/^[a-z]/.test(text)
}

/** `Late`, `early` and `earlier` belong to the time behind them. */
function earliest(words: Word[], start: number): number {
  return /^(?:late|early|earlier|later|shortly)$/i.test(words[start - 1]?.text ?? '') ? start - 1 : start
}

/** Whether the words are one time or occasion: a preposition, or `last`, and nothing but words of time behind it. */
function isCircumstance(words: Word[], from: number, to: number): boolean {
  const [first, ...rest] = words.slice(from, to)
  if (!first) return false
  if (rest.length === 0) return /^\p{Lu}\p{Ll}+day$/u.test(first.text) && !isPreposition(words[from - 1] ?? first)
  if (/^(?:last|this|next|that|earlier)$/.test(first.lower)) return rest.length < 3 && rest.every(isTime)
  if (!/^(?:on|in|at|during|after|by|since|via|through|from)$/.test(first.lower)) return false
  const isOnlyTime = rest.some(({ lower }) => times.has(lower)) && rest.every(isTime)
  return isOnlyTime || (beginsOccasion(words, from) && rest.every((word) => !word.isMark) && isOneOccasion(rest))
}

function isTime({ lower, text }: Word): boolean {
  return (
    times.has(lower) ||
    /^\d/.test(text) ||
    determiners.has(lower) ||
    /^(?:of|,|early|late|last|same|next|following)$/.test(lower)
  )
}

/** Whether no subject hides behind an occasion: `In a statement the ministry` holds another determiner. */
function isOneOccasion(words: Word[]): boolean {
  return (
    words.every(({ lower }, i) => i === 0 || !determiners.has(lower) || isPreposition(words[i - 1] as Word)) &&
    words.length < 9 &&
    !isSomebody(words.at(-1)?.text ?? '')
  )
}

/**
 * The clause that ends at `end`: the words behind the last mark, or behind a word that joins clauses. `that` after
 * somebody goes on about the one: `the company that runs the railway`.
 */
export function clauseBefore(words: Word[], end: number): Phrase {
  let from = end
  while (from > 0 && !endsClause(words, from - 1)) from--
  if (words[from - 1]?.text === 'as') return { from: beforeRelative(words, from - 1), to: end }
  return { from, to: end }
}

/** `A man who gave his name as Rustam` is one clause. */
function beforeRelative(words: Word[], as: number): number {
  let from = as
  while (from > 0 && !endsClause(words, from - 1)) from--
  return words.slice(from + 1, as).some(({ text }) => text === 'who') ? from : as + 1
}

function endsClause(words: Word[], at: number): boolean {
  const word = words[at] as Word
  if (word.text === ')') return !(words[at - 2]?.text === '(' && isAcronym(words[at - 1]))
  if (word.text === '(') return !(words[at + 2]?.text === ')' && isAcronym(words[at + 1]))
  if (word.isMark) return word.text !== '&'
  if (!joiningWords.has(word.text) || word.text === 'and') return false
  const before = words[at - 1]
  return !(word.text === 'that' && before && !before.isMark && isSomebody(before.text) && !isSaidForm(before.lower))
}

/** Whether a word begins a description of the noun before it, as `who` does. */
export function describes(words: Word[], at: number): boolean {
  const { text } = words[at] as Word
  if (text === 'with')
    return /^(?:direct|knowledge|first-hand|firsthand|access|detailed|close|\d.*)$/.test(words[at + 1]?.text ?? '')
  return (
    relativeWords.has(text) ||
    /^(?:reached|interviewed|contacted|based|living|loyal|responsible|seen|led|\p{Ll}{2,}(?:ed|ing))$/u.test(text)
  )
}
