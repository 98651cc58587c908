/**
 * One key for the spellings of a word in a name: small letters without marks or apostrophes. In Latin `y` is `i`,
 * double letters are single and a last `h` behind a vowel goes; in Cyrillic the endings of cases go; in Arabic the article and the variants of letters go.
 */
export function placeKey(word: string): string {
  if (/^[a-z]+$/.test(word)) return latinKey(word)
  const plain = word.toLowerCase().replace(/їв$/, 'єв').normalize('NFD').replaceAll(marks, '')
  if (/[\u0400-\u04ff]/.test(plain)) return cyrillicKey(plain)
  if (/[\u0600-\u06ff]/.test(plain)) return arabicKey(plain)
  return latinKey(plain.replaceAll(/[^\p{ASCII}]/gu, (letter) => latinLetters[letter] ?? letter))
}

/** The keys of the words of a name, with one space between. */
export function nameKey(name: string): string {
  return (name.match(wordOfName) ?? []).map(placeKey).join(' ')
}

const marks = /[\p{M}'’ʼʹ`ʻʿʾ‘ـ]/gu
const wordOfName = /[\p{L}\p{M}\p{N}](?:['’ʼʹ`ʻʿʾ‘]?[\p{L}\p{M}\p{N}])*/gu

const latinLetters: Record<string, string> = Object.fromEntries(
  'ø=o ł=l ß=ss đ=d ı=i æ=ae œ=oe þ=th ð=d ə=a ħ=h'.split(' ').map((pair) => pair.split('=')),
)

/** `El` and `Al` are one article of Arabic names. */
function latinKey(word: string): string {
  const even = word
    .replaceAll('y', 'i')
    .replaceAll(/(.)\1+/g, '$1')
    .replace(/([aei])h$/, '$1')
  return even === 'el' ? 'al' : even
}

/** The languages and the cases of a name come together: `Харків`, `Харкові`, `Харьков` and `Харькове` are `харков`. */
function cyrillicKey(word: string): string {
  const even = word
    .replaceAll(/[іы]/g, 'и')
    .replaceAll(/[єэ]/g, 'е')
    .replaceAll('ґ', 'г')
    .replaceAll(/[ьъ](?=.)/g, '')
  const bare = even.replace(endings, '')
  return (bare.length >= minStem ? bare : even).replace(/ив$/, 'ов')
}

const minStem = 2

/** Endings of cases, behind which `й`, `ї`, `і` and `ы` are `и`. */
const endings =
  /(?:иями|иеи|иею|иям|иях|ами|ями|ого|его|ому|ему|ими|ои|еи|ии|ию|ия|ие|ою|ею|ом|ем|ам|ям|ах|ях|ая|яя|ое|ее|ую|юю|их|[аеиоуюяьъ])$/

/** The article goes where three letters or more are left. */
function arabicKey(word: string): string {
  const even = word
    .replaceAll(/[أإآٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
  return /^(?:ال|لل)..../.test(even) && !floods.test(even) ? even.slice(2) : even
}

/** `السيول` are floods, `سيول` is Seoul. */
const floods = /^(?:ال|لل)سيول$/

/** An Arabic key without conjunctions and prepositions in front: `وبالسودان` is `سودان`. Undefined where there are none. */
export function withoutArabicPrefix(key: string): string | undefined {
  const [, rest] = /^(?:[وف]?[بكل](?:ال)?|[وف](?:ال)?)([\u0600-\u06ff]{3,})$/.exec(key) ?? []
  return rest === 'سيول' && key.endsWith('السيول') ? undefined : rest
}
