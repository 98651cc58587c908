/** A number with the words that mean it, divided by blanks. */
export type NumberLine = readonly [value: number, words: string]

/** Each word of such lines with its number. */
export const wordsWithValues = (lines: readonly NumberLine[]): [word: string, value: number][] =>
  lines.flatMap(([value, words]) => words.split(' ').map((word): [string, number] => [word, value]))
