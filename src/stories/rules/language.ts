/** The language of a text by its script and its commonest words; `en` where nothing speaks for another one. */
export function languageOf(text: string): string {
  const count = (letters: RegExp): number => text.match(letters)?.length ?? 0
  const all = count(/\p{L}/gu)
  if (2 * count(/\p{Script=Cyrillic}/gu) > all) return /[іїєґ]/i.test(text) ? 'uk' : 'ru'
  if (2 * count(/\p{Script=Latin}/gu) < all) return 'other'
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const counts = [...commonWords].map(([language, common]) => ({
    language,
    count: words.filter((word) => common.has(word)).length,
  }))
  const likeliest = counts.reduce((best, one) => (one.count > best.count ? one : best))
  return likeliest.count < minCommonWords ? 'en' : likeliest.language
}

/** One common word may be another language's: `die`, `no`, `as`. */
const minCommonWords = 2

const commonWords = new Map(
  Object.entries({
    en: 'the of and to in a is was for on that by with as at from has have are were after its it',
    de: 'der die das und ist von den mit dem im ein eine auf für nicht nach wurde wurden bei sich hat haben zu',
    fr: 'le la les des du et est une un dans sur par pour au aux qui que ont été après avec en',
    es: 'el la los las del y es una un en por para con que ha han fue tras al su se',
    it: 'il lo gli della dei delle e è una un nel per con che ha hanno dopo di sono al da',
    pl: 'w i na z do nie się że jest po od przez oraz za o które został zostały',
    pt: 'o os as do da dos das e é uma um em por para com que foi após no na ao',
    tr: 've bir bu için ile da de olarak sonra daha',
  }).map(([language, words]) => [language, new Set(words.split(' '))] as const),
)
