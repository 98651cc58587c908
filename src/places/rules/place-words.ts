import { placeKey } from './place-key.ts'

/** A word of a text with what stands behind it. */
export type TextWord = {
  raw: string
  /** What separates it from the next word. */
  gap: string
  /** It begins a sentence or the text. */
  begins: boolean
  isCapital: boolean
  isAllCapital: boolean
  isArabic: boolean
}

const wordOrAbbreviation = /(?:\p{Lu}\.){2,}|[\p{L}\p{M}\p{N}](?:['’ʼʹ`ʻʿʾ‘]?[\p{L}\p{M}\p{N}])*/gu

/** The words of a text. A possessive ending stays with its word. */
export function wordsOf(text: string): TextWord[] {
  const words: TextWord[] = []
  let last: TextWord | undefined
  let end = 0
  for (const { 0: raw, index } of text.matchAll(wordOrAbbreviation)) {
    const gap = text.slice(end, index)
    if (last) last.gap = gap
    const begins = last === undefined || endOfSentence.test(gap)
    const isCapital = capital.test(raw)
    const isAllCapital = isCapital && raw.length > 1 && raw === raw.toUpperCase()
    last = { raw, gap: '', begins, isCapital, isAllCapital, isArabic: arabic.test(raw) }
    words.push(last)
    end = index + raw.length
  }
  if (last) last.gap = text.slice(end)
  return words
}

const endOfSentence = /[.!?:;\n“"«‘]/
const capital = /^\p{Lu}/u
const arabic = /^[\u0600-\u06ff]/

/** The keys of words that were asked for lately: texts share most of their words. */
let keys = new Map<string, string>()
const maxKeys = 10_000

/** The key of a word without its possessive ending. */
export function keyOf({ raw }: TextWord): string {
  const known = keys.get(raw)
  if (known !== undefined) return known
  const key = placeKey(raw.replace(/['’][sS]$/, ''))
  if (keys.size >= maxKeys) keys = new Map()
  keys.set(raw, key)
  return key
}

/** Only a space or a hyphen stands behind it, so that the next word may belong to its name. */
export const joins = ({ gap }: TextWord): boolean => gap === ' ' || gap === '-' || /^[\u00a0‑–]$/.test(gap)

/** How much the capitals of a text say: nothing of names in a title with capitals, nothing of `US` in a shouted text. */
export function capitalsOf(words: TextWord[]): { isTitle: boolean; isShouted: boolean } {
  const long = words.filter(({ raw }) => raw.length > 3 && !/^\d/.test(raw))
  const share = (count: number): boolean => long.length > 4 && count > 0.7 * long.length
  return {
    isTitle: share(long.filter((word) => word.isCapital).length),
    isShouted: share(long.filter((word) => word.isAllCapital).length),
  }
}
