/** How many of a text's words are odd. */
export type Spelling = { share: number; odd: number }

/**
 * The share of a text's words with letters beyond ASCII that no language spells so: 0 for text, near 1 for bytes that were
 * decoded in a wrong encoding. `odd` is their number. Looks at the first 300 of these words.
 */
export function spellingOf(text: string): Spelling {
  let words = 0
  let odd = 0
  for (const { 0: written, index } of text.matchAll(wordWithLetters)) {
    const before = text[index - 1] ?? ' '
    words++
    if (isOdd(/[A-Za-z]/.test(before) ? before + written : written)) odd++
    if (words === maxWords) break
  }
  return { share: words === 0 ? 0 : odd / words, odd }
}

const maxWords = 300

/** A word from its first letter or sign beyond ASCII on; white space, dashes and quotation marks end it. */
const wordWithLetters =
  /[^\x00-\x7F\s\u2010-\u2027\u2030-\u205E\u3000-\u303F«»]{1,100}(?:[A-Za-z]{1,20}[^\x00-\x7F\s\u2010-\u2027\u2030-\u205E\u3000-\u303F«»]{1,100}){0,10}[A-Za-z]?/g

const fromLetterToLetter = /[\p{L}\p{M}](?:.*[\p{L}\p{M}])?/su

function isOdd(written: string): boolean {
  if (/[\x80-\x9F\uFFFD]|\p{L}[\u2500-\u259F]|[\u2500-\u259F]\p{L}/u.test(written)) return true
  const word = fromLetterToLetter.exec(written)?.[0] ?? ''
  if (!/[^\x00-\x7F]/.test(word)) return false
  return (
    /[^\p{L}\p{M}\p{Cf}’ʼ·]/u.test(word) ||
    /\p{Ll}\p{Lu}/u.test(word) ||
    accents.test(word) ||
    scripts.filter((script) => script.test(word)).length > 1 ||
    (northern.test(word) && southern.test(word))
  )
}

/** Many accented Latin letters side by side, or two that are a whole word. */
const accents = /[\u00C0-\u00FF]{3}|[\u00C0-\u024F]{4}|^[\u00C0-\u024F]{2}$/
const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
]

/** Letters of Serbian and Macedonian, and letters that these languages lack. */
const southern = /[ђѓѕјљњћќџЂЃЅЈЉЊЋЌЏ]/
const northern = /[ёщъыьэюяЁЩЪЫЬЭЮЯ№]/

/**
 * Whether the letters of a text beyond ASCII are those that are frequent in Western Europe, or frequent small letters of
 * Cyrillic. Looks at the first 10,000 characters.
 */
export function hasFrequentLetters(text: string): boolean {
  const head = text.slice(0, 10_000)
  const count = (letters: RegExp) => head.match(letters)?.length ?? 0
  const all = count(/[^\x00-\x7F\s]/g)
  if (count(westernLetters) >= all * 0.9) return !telltale.test(head)
  return count(cyrillicLetters) * 2 > all
}

const westernLetters = /[éèàçôîâëïáíóúñüöäßåœÉÀÇÁÍÓÖÄÜÅÑ¿¡«»“”‘’–—…°€§·]/g
/** What windows-1252 has for frequent letters of Polish, Czech, Hungarian, Romanian and Turkish. */
const telltale = /[³¹õûðþãøìùò]/
const cyrillicLetters = /[оеаинтсірвл]/g
