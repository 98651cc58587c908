import { isCapital, type Phrase, type Word } from './sentence-words.ts'
import { adverbs, joiningWords, nounsInLy, prepositions, times } from './small-words.ts'

/** Where a clause begins behind its joining words, adverbs and times: `But late on Monday the mayor`. */
export function afterOpening(words: Word[], { from, to }: Phrase): number {
  let at = from
  while (at < to - 1) {
    const next = afterOpeningWord(words, at, to)
    if (next === at) break
    at = next
  }
  return at
}

function afterOpeningWord(words: Word[], at: number, to: number): number {
  const { lower } = words[at] as Word
  if (joiningWords.has(lower) || isOpeningAdverb(lower)) return at + 1
  const time = afterTime(words, at)
  if (time > at || !prepositions.has(lower)) return time
  let end = at + 1
  while (end < to && isTimeWord(words[end] as Word)) end++
  return end > at + 1 && words.slice(at + 1, end).some((word) => times.has(word.lower)) ? end : at
}

function isOpeningAdverb(word: string): boolean {
  return (
    (adverbs.has(word) && !/^(?:all|both|first)$/.test(word)) ||
    (/^(?:late|early|\p{Ll}{4,}ly)$/u.test(word) && !nounsInLy.has(word))
  )
}

/** Where a time without a preposition ends: `last week`, `the same evening`. */
function afterTime(words: Word[], at: number): number {
  const [first, second, third] = words.slice(at, at + 3).map(({ lower }) => lower)
  if (/^(?:the|that)$/.test(first ?? '') && /^(?:same|next|following)$/.test(second ?? '') && times.has(third ?? ''))
    return at + 3
  if (/^(?:last|this|that)$/.test(first ?? '') && times.has(second ?? '')) return at + 2
  return times.has(first ?? '') && !isCapital(words[at + 1] as Word) ? at + 1 : at
}

function isTimeWord({ text, lower }: Word): boolean {
  return times.has(lower) || /^\d/.test(text)
}
