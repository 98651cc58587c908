import type { StoryLine, StoryView } from './mail-view.ts'

/** The words of the stories of a mail. With its head and foot it has about 400, which are read in less than two minutes. */
export const wordBudget = 300

/** The words that a reader reads of a story in full, and of one in a line. */
export function wordsOfStory({ headline, labels, statements, further, figures, sources }: StoryView): number {
  const told = statements.flatMap(({ text, quote, by }) => [text, quote, by])
  const lines = further.flatMap(({ text, by }) => [text, by])
  const values = figures.flatMap((figure) => [figure.role, figure.values])
  return wordsIn([
    headline,
    ...labels,
    ...told,
    ...lines,
    ...values,
    ...sources.flatMap(({ name, when }) => [name, when]),
  ])
}

export const wordsOfLine = ({ text, source }: StoryLine): number => wordsIn([text, source.name, source.when])

/** The words of some texts of a mail. */
export const wordsIn = (parts: (string | null)[]): number =>
  parts.reduce((sum, part) => sum + (part?.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0)
