import { beforeDescription } from './described-speaker.ts'
import { isAcronym } from './noun-phrase.ts'
import { isCapital, type Phrase, type Word } from './sentence-words.ts'
import { times } from './small-words.ts'
import type { NameTrust } from './speaker-name.ts'
import { clauseBefore } from './speaking-clause.ts'
import { subjectOf } from './subject-of-clause.ts'

/** The speaker whose name, or whose description between commas, ends at the word `end`. */
export function speakerBefore(sentence: string, words: Word[], end: number, trust: NameTrust): string | null {
  if (isDescribed(words, end)) return beforeDescription(sentence, words, end)
  const clause = clauseBefore(words, end)
  const speaker = subjectOf(sentence, words, clause, trust)
  return speaker && namesBefore(sentence, words, clause) + speaker
}

/** Whether a description stands between the name and the verb: it ends with a mark. */
export function isDescribed(words: Word[], end: number): boolean {
  const last = words[end - 1]
  return (
    last !== undefined &&
    /^[,–—)-]$/.test(last.text) &&
    !(last.text === ')' && words[end - 3]?.text === '(' && isAcronym(words[end - 2]))
  )
}

/** The first names of a list such as `France, Germany and Poland`, whose last two names are the clause. */
function namesBefore(sentence: string, words: Word[], { from, to }: Phrase): string {
  const [first, and] = words.slice(from, to)
  if (!first || and?.text !== 'and' || !isCapital(first)) return ''
  let start = from
  while (words[start - 1]?.text === ',' && isListName(words, start - 1)) start = nameStart(words, start - 1)
  const isWhole = start === 0 || /^[.;:”"]$/.test(words[start - 1]?.text ?? '')
  return start < from && isWhole ? sentence.slice(words[start]?.start, first.start) : ''
}

function isListName(words: Word[], comma: number): boolean {
  const last = words[comma - 1]
  return last !== undefined && isCapital(last) && !times.has(last.lower) && nameStart(words, comma) < comma
}

function nameStart(words: Word[], end: number): number {
  let start = end
  while (start > 0 && isCapital(words[start - 1] as Word) && !(words[start - 1] as Word).isMark) start--
  return start
}
