import type { Span } from '../passages/page.ts'
import { attributionOf } from './attribution.ts'
import { quotationsHidden } from './speakers/quotations.ts'

/** The marks that end a quotation, by the mark that begins it. */
const closing: Record<string, string> = { '“': '”', '„': '“”', '«': '»', '»': '«', '"': '"' }

/** Which sentences of a passage begin within a quotation that an earlier sentence began. */
export function spokenWithin(text: string, sentences: Span[]): boolean[] {
  const [first, last] = [sentences[0], sentences.at(-1)]
  if (!first || !last || !anyMark.test(text.slice(first.start, last.end))) return sentences.map(() => false)
  let opened = ''
  return sentences.map(({ start, end }) => {
    const isSpoken = opened !== ''
    for (const [mark] of text.slice(start, end).matchAll(marks)) {
      if (opened === '') opened = mark
      else if (closing[opened]?.includes(mark)) opened = ''
    }
    return isSpoken
  })
}

/** A straight mark behind a digit is an inch. */
const anyMark = /[“”„«»"]/
const marks = /[“”„«»]|(?<!\d)"/g

/**
 * Whether somebody speaks in a sentence that does not name him: it says `we` or `I` outside a quotation, or it is a
 * quotation of `he said`.
 */
export function lacksSpeaker(sentence: string): boolean {
  if (!mayLackSpeaker.test(sentence)) return false
  if (quotedByPronoun.test(sentence)) return attributionOf(sentence) === null
  if (!firstPerson.test(sentence)) return false
  const unquoted = quotationsHidden(sentence).replace(singleMarks, ' ')
  return firstPerson.test(unquoted) && attributionOf(sentence) === null
}

/** Most sentences have none of these. */
const mayLackSpeaker =
  /^["“«„]|\b(?:we|ours?|us|ourselves|my|me|i|nous|notre|nosotros|nuestr[oa]s?|wir|unsere?)\b|[\u0400-\u04ff]/i

/** A quotation as headlines mark it; an apostrophe within a word ends none. */
const singleMarks = /(?<![\p{L}\p{N}])[‘'][^‘\n]{3,160}?[’'](?![\p{L}\p{N}])/gu

/** `I` behind a name is a number: `World War I`. Bulletins in Ukrainian and Russian call their soldiers ours without speaking. */
const firstPerson =
  /(?<![\p{L}\p{N}’'-])(?:[Ww]e|[Oo]ur|[Oo]urs|us|[Oo]urselves|[Mm]y|me|(?<!\p{Lu}\p{L}{0,30} )I(?=['’ ]\p{Ll}))(?![\p{L}\p{N}-])|(?<!\p{L})(?:[Мм]и|[Мм]ы|[Nn]ous|[Nn]otre|[Nn]osotros|[Nn]uestr[oa]s?|[Ww]ir|[Uu]nsere?)(?!\p{L})/u
const quotedByPronoun =
  /^["“«„].{1,900}["”»“],? (?:(?:he|she|they|it|one of (?:them|those))(?!\p{L})|(?:said|says|added|told \p{L}+) (?:he|she|they)(?!\p{L}))/iu
