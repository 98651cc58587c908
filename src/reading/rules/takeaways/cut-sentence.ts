/**
 * Whether a text ends in the middle of a sentence, as a summary does whose rest stands on the page: with "[…]", or with
 * an ellipsis or a "Read more" behind a word that needs another one.
 */
export function endsInCut(text: string): boolean {
  const end = withoutReadMore(text)
  return marked.test(end) || ellipsis.test(end) || danglingWord.test(end)
}

/** Whether a text ends with the mark of a cut, "[…]", or with a "Read more" behind it. */
export const isMarkedAsCut = (text: string): boolean =>
  (text.includes('…') || text.includes('..')) && marked.test(withoutReadMore(text))

/** Whether one of the last blocks of a text, a line each, ends in the middle of a sentence; furniture may follow it. */
export function isCutSummary(lines: string): boolean {
  const blocks = lines.split(/\n+/).filter((block) => block.trim() !== '')
  return endsInCut(blocks.at(-1)?.trim() ?? '') || blocks.slice(-4).some((block) => isMarkedAsCut(block.trim()))
}

/** Whether a text says only that there is more to read: "Continue reading →". */
export const isReadMore = (text: string): boolean => text.length <= maxReadMore && readMoreAlone.test(text)

/** How much of the end is looked at, in characters. */
const maxEnd = 240
const maxReadMore = 160

const withoutReadMore = (text: string) => text.slice(-maxEnd).trimEnd().replace(readMoreBehind, '').trimEnd()

/** "Continue reading" in several languages. */
const readMore =
  '(?:continue reading|keep reading|read (?:the )?(?:more|full|rest)|more\\s?[»→>]|lire (?:la suite|plus)|en savoir plus|weiterlesen|mehr lesen|leer más|seguir leyendo|ler mais|leggi (?:tutto|di più)|czytaj (?:więcej|dalej)|читати (?:далі|більше)|детальніше|читать (?:далее|дальше)|подробнее|devamını oku|اقرأ المزيد)(?![\\p{L}\\p{N}])'
const readMoreBehind = new RegExp(`(?<=(?:…|\\.{3}|[\\]\\p{L}\\p{N}»”"])\\s?)[[(]?${readMore}[^.!?…]{0,160}$`, 'iu')
const readMoreAlone = new RegExp(`^[[(→»\\s]{0,4}${readMore}[^.!?…]{0,160}$`, 'iu')

/** Brackets around an ellipsis. */
const marked = /[[(]\s?(?:…|\.{2,4}|&hellip;)\s?[\])]\s?[»→>]?$/

/** An ellipsis behind a word, which closes no quotation. */
const ellipsis = /[\p{L}\p{N},;:]\s?(?:…|\.{3})\s?[»→>]?$/u

/** A word that cannot end a sentence. */
const danglingWord =
  /(?<=\s)(?:the|an?|and|or|but|of|from|with|which|whose|their|its|les|des|une|et|der|den|dem|und|los|las|una|та|і|й|або|що|який|яка|які|в|у|з|зі|и|или|что|который|которые|с|к)$/u
