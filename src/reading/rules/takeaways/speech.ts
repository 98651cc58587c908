import { matchesOf } from '../../../platform/text/matches.ts'
import type { Span } from '../passages/page.ts'
import { attributionOf } from './attribution.ts'
import { quotationsHidden } from './speakers/quotations.ts'

/** The marks that end a quotation, by the mark that begins it. */
const closing: Record<string, string> = { '“': '”', '„': '“”', '«': '»', '»': '«', '"': '"' }

/**
 * Which sentences of a passage begin within words of somebody whom an earlier sentence names: within its quotation marks, or
 * behind a colon without marks.
 */
export function spokenWithin(text: string, sentences: Span[]): boolean[] {
  const quoted = quotedWithin(text, sentences)
  const unmarked = unmarkedSpeech(text, sentences)
  return quoted.map((isQuoted, i) => isQuoted || (unmarked[i] ?? false))
}

/**
 * Which sentences go on with a speech that has no quotation marks. It begins behind `wrote on X:` or `His concern is that`, or before a
 * sentence in which somebody says `I`, behind the last speaker; it ends where somebody else speaks.
 */
function unmarkedSpeech(text: string, sentences: Span[]): boolean[] {
  const [first, last] = [sentences[0], sentences.at(-1)]
  if (!first || !last || !mayBeUnmarked.test(text.slice(first.start, last.end))) return []
  const words = sentences.map(({ start, end }) => text.slice(start, end))
  // To look for speakers costs most, and few passages have such a sentence.
  if (!words.some((sentence) => beginsSpeech.test(sentence) || saysI.test(sentence))) return []
  const isNamed = words.map((sentence) => attributionOf(sentence) !== null)
  const speaks = words.map(() => false)
  for (const [i, sentence] of words.entries()) {
    const from = beginsSpeech.test(sentence) ? i + 1 : speechBefore(words, i, isNamed)
    for (let at = from; at < words.length && !isNamed[at]; at++) speaks[at] = true
  }
  return speaks
}

/** Where the speech begins that a sentence with `I` goes on; behind all sentences where nobody speaks right before it. */
function speechBefore(words: string[], at: number, isNamed: boolean[]): number {
  const sentence = words[at] ?? ''
  const isI = !isNamed[at] && saysI.test(sentence) && !anyMark.test(sentence)
  const speaker = isI ? isNamed.lastIndexOf(true, at) : -1
  const isNear = speaker >= 0 && at - speaker <= maxBeforeI && statesThat.test(words[speaker] ?? '')
  return isNear ? speaker + 1 : isNamed.length
}

/** What a speaker states goes on in his own words. */
const statesThat = /\b(?:stating|saying|adding|declaring|warning|insisting|arguing) (?:that|:)/

/** A speaker is named at most so many sentences before `I`. */
const maxBeforeI = 3
const mayBeUnmarked = /: \p{Lu}|\bI\b|(?:His|Her|Their) [^.]{3,40} is that /u
const beginsSpeech =
  /(?:(?:wrote|writes|posted|posts|tweeted|added|said|says|stated)(?: (?:on|in|to) [^:.]{1,40})?|\b(?:post|message|statement|letter) on [^:.]{2,30}): \p{Lu}|^(?:His|Her|Their) (?:\p{Ll}+ )?(?:concern|view|message|argument|point|warning|hope|fear|advice) is that /u
const saysI = /(?<![\p{L}’'-])I(?=['’ ]\p{Ll})(?<!\p{Lu}\p{L}{0,30} I)/u

function quotedWithin(text: string, sentences: Span[]): boolean[] {
  const [first, last] = [sentences[0], sentences.at(-1)]
  if (!first || !last || !anyMark.test(text.slice(first.start, last.end))) return sentences.map(() => false)
  let opened = ''
  return sentences.map(({ start, end }) => {
    const isSpoken = opened !== ''
    for (const [mark] of matchesOf(text.slice(start, end), marks)) {
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
