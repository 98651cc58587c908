/** A word or a mark of a sentence. `start` and `end` are its place in the sentence, in characters. */
export type Word = { text: string; lower: string; start: number; end: number; isMark: boolean }

/** Some words of a sentence: from the word at `from` to the one before `to`. */
export type Phrase = { from: number; to: number }

/** The words and marks of one sentence. A hidden quotation is one mark. */
export function wordsOf(sentence: string): Word[] {
  let at = 0
  return (sentence.match(pieces) ?? []).map((text) => {
    let start = at
    // Only white space stands between two pieces.
    while (sentence.charCodeAt(start) !== text.charCodeAt(0)) start++
    at = start + text.length
    return { text, lower: lowerOf(text), start, end: at, isMark: !beginsWithLetter(text) }
  })
}

function lowerOf(text: string): string {
  const lower = text.toLowerCase()
  return lower.includes('’') ? lower.replace('’', "'") : lower
}

/** Whether a piece is a word or a number. Most begin with a small letter from a to z. */
function beginsWithLetter(text: string): boolean {
  const code = text.charCodeAt(0)
  return (code > 96 && code < 123) || /^[\p{L}\p{N}]/u.test(text)
}

/** Words with their hyphens, apostrophes and the full stops of abbreviations; other characters are marks. */
const pieces =
  /\uE000+|(?:\p{L}\.){2,}|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:[’'.&/‑-]|,(?=\d{3}))[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*(?:(?<=[sSzZ])[’'](?= ))?(?:\.(?=\)|,? [^\s,]))?|\S/gu

export function textOf(sentence: string, words: Word[], { from, to }: Phrase): string {
  return from < to ? sentence.slice(words[from]?.start, words[to - 1]?.end) : ''
}

/** Whether a word begins with a capital, as names do; `al-Dulaimi` and `d'Ivoire` do so behind their particle. */
export function isCapital({ text }: Word): boolean {
  return /^(?:\p{Ll}{1,5}[-’'])?\p{Lu}/u.test(text)
}

/** The place of the first mark at `from` or behind it, else that behind the last word. */
export function nextMark(words: Word[], from: number): number {
  const mark = words.findIndex(({ isMark }, i) => i >= from && isMark)
  return mark < 0 ? words.length : mark
}
