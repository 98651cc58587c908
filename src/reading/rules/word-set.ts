/**
 * A set of words that quickly tells of most other words that it does not hold them. A word that was just cut out of a
 * text has no hash yet, and a `Set` computes one for each question. Here only a few letters are looked at first (a filter
 * after Bloom 1970).
 */
export class WordSet {
  #words: Set<string>
  #marks: Uint8Array

  constructor(words: Iterable<string>) {
    this.#words = new Set(words)
    this.#marks = new Uint8Array(2 ** Math.ceil(Math.log2(16 * this.#words.size + 1)))
    for (const word of this.#words) this.#marks[this.#placeOf(word)] = 1
  }

  has(word: string): boolean {
    return this.#marks[this.#placeOf(word)] === 1 && this.#words.has(word)
  }

  #placeOf(word: string): number {
    const { length } = word
    if (length === 0) return 0
    const ends = word.charCodeAt(0) * 31 + word.charCodeAt(length - 1)
    return ((ends * 31 + word.charCodeAt(length >> 1)) * 31 + length) & (this.#marks.length - 1)
  }
}
