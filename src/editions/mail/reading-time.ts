import type { StoryLine, StoryView } from './mail-view.ts'

/**
 * How much a digest tells: the words of its stories, and how many of them are told in full, in a line, and as continuing at most.
 */
export type DigestLength = { words: number; full: number; others: number; continuing: number }

/** With its head and foot such a mail has about 400 words, which are read in less than two minutes. */
const short: DigestLength = { words: 300, full: 6, others: 10, continuing: 6 }
const long: DigestLength = { words: 1_000, full: 16, others: 20, continuing: 12 }
const all: DigestLength = { words: Number.POSITIVE_INFINITY, full: 60, others: 100, continuing: 100 }

/** The length for so many minutes of reading; null for all that a mail can hold. */
export function lengthFor(minutes: number | null = 2): DigestLength {
  if (minutes === null) return all
  return minutes < 5 ? short : long
}

/** A time counts as two words, `15:20`, also where its date stands beside it: nobody reads that in each line. */
const timeWords = 2

/** The words that a reader reads of a story in full, and of one in a line. */
export function wordsOfStory({ headline, labels, statements, further, figures, sources }: StoryView): number {
  const told = statements.flatMap(({ text, quote, by }) => [text, quote, by])
  const lines = further.flatMap(({ text, by }) => [text, by])
  const values = figures.flatMap((figure) => [figure.role, figure.values])
  const names = sources.map(({ name }) => name)
  return wordsIn([headline, ...labels, ...told, ...lines, ...values, ...names]) + timeWords * sources.length
}

export const wordsOfLine = ({ text, source }: StoryLine): number => wordsIn([text, source.name]) + timeWords

/** The words of some texts of a mail. */
export const wordsIn = (parts: (string | null)[]): number =>
  parts.reduce((sum, part) => sum + (part?.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0)
