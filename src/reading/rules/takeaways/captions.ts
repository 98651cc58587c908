import type { Span } from '../passages/page.ts'
import { actorsIn } from './actors.ts'
import { hasVerb } from './verbs.ts'

const agencies =
  'Getty(?: Images)?|AP(?: Photo| Images)?|AFP|Reuters|EPA(?:-EFE)?|Anadolu(?: Agency)?|Bloomberg|Shutterstock|SOPA Images|Xinhua|PA Wire'

/** The credit of a picture: `—Name/Agency—Getty Images`, `Photo by Name / AFP via Getty Images.` */
const credit = new RegExp(
  `(?:^|\\s)(?:[—–]\\s?[^—–\\n]{2,60}[—–]|(?:Photo(?:graph)?|Image|Picture)(?: by|:) [^.\\n]{2,80}?)(?:[\\p{L} ]{2,20}/){0,3}(?:${agencies})` +
    `(?:(?:/| via )(?:${agencies}))?\\.?(?=\\s|$)`,
  'u',
)
const anyAgency = new RegExp(`\\b(?:${agencies})\\b`)
const mayHaveCredit = /[—–]|(?:Photo|Image|Picture)/

/**
 * The sentences of a passage without the credits of pictures, and without the captions before these. A caption that tells
 * of an attack stays where the passage says nothing else.
 */
export function withoutCaptions(text: string, sentences: Span[]): Span[] {
  const [first, last] = [sentences[0], sentences.at(-1)]
  const passage = first && last ? text.slice(first.start, last.end) : ''
  if (!mayHaveCredit.test(passage) || !anyAgency.test(passage)) return sentences
  const kept: Span[] = []
  const captions: Span[] = []
  for (const span of sentences) {
    const cut = creditIn(text, span)
    if (!cut) {
      kept.push(span)
      continue
    }
    const caption = cut.start > span.start ? { start: span.start, end: cut.start } : kept.pop()
    if (caption) captions.push(caption)
    if (cut.end < span.end) kept.push({ start: cut.end, end: span.end })
  }
  return kept.length > 0 ? kept : captions.filter(({ start, end }) => tellsAttack(text.slice(start, end)))
}

/** Where a credit stands in a sentence, with the blanks around it. */
function creditIn(text: string, { start, end }: Span): Span | null {
  const sentence = text.slice(start, Math.min(end, start + maxLength))
  const found = mayHaveCredit.test(sentence) ? credit.exec(sentence) : null
  if (!found) return null
  const from = start + found.index
  const to = from + found[0].length
  return { start: from, end: to + (/^\s*/.exec(text.slice(to, end))?.[0].length ?? 0) }
}

const tellsAttack = (sentence: string): boolean => actorsIn(sentence).size > 0

/** So much of a sentence is looked at, in characters. */
const maxLength = 600

/**
 * Whether a sentence describes a picture: it begins with the agency that sells it, or says what is seen in its foreground,
 * or is in the present, ends with a full date, and tells of no attack.
 */
export function isUncreditedCaption(sentence: string): boolean {
  if (ofPicture.test(sentence) || (isScene(sentence) && !hasVerb(sentence) && !tellsAttack(sentence))) return true
  if (!mayBeDated.test(sentence) && !agencyFirst.test(sentence)) return false
  if (!shown.test(sentence)) return false
  return agencyFirst.test(sentence) || (datedEnd.test(sentence.slice(-maxEnd)) && !tellsAttack(sentence))
}

const ofPicture =
  /\bseen in the (?:foreground|background)\b[^.]{0,60}\.?$|(?:^|\/ ?(?:Getty|AFP|AP|Reuters) )This (?:photo|picture|image|photograph)(?: from [^.]{3,40},)? shows\b/
/** A sentence that ends with a time is looked at from its beginning. */
const isScene = (sentence: string): boolean => endsWithTime.test(sentence.slice(-8)) && scene.test(sentence)
const endsWithTime = /(?:year|month|spring|summer|autumn|fall|winter|\d{4})\.$/
/** `The old mill in Dara last year.`: what is seen, where and when. */
const scene =
  /^(?:The |An? )?(?:(?:\p{Lu}[\p{L}.’'-]{0,25}|\p{Ll}[\p{Ll}-]{1,15}) ){1,7}(?:in|at|near|outside) \p{Lu}[\p{L}.’'-]{1,25}(?:,? \p{Lu}[\p{L}.’'-]{1,25}){0,3},? (?:(?:last|earlier this) (?:year|month|spring|summer|autumn|fall|winter)|in (?:\p{Lu}\p{Ll}{2,9},? )?\d{4})\.$/u
const agencyFirst = new RegExp(`^(?:${agencies}) \\p{Lu}\\p{Ll}`, 'u')

const maxEnd = 120
const mayBeDated = /\d, \d{4}/
const datedEnd =
  /,? (?:on )?(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)) \d{1,2}, \d{4}(?:,? (?:in|near|at) [^.\d]{3,60})?\.?$/
/** Words for what people and smoke do in pictures. */
const shown =
  /^(?:[\p{Lu}\d][^.,]{1,60}) (?:walks?|stands?|runs?|sits?|looks?|carr(?:y|ies)|listens?|spends?|views?|rises?|billows?|holds?|attends?|gathers?|speaks?|poses?|reacts?|mourns?|inspects?|pass(?:es)?|works?|search(?:es)?|clears?|waves?|fights?|battles?|prays?|waits?|burns?|visits?|greets?|shakes?|hugs?|cheers?|watch(?:es)?|flies|fly|is seen|are seen|seen)\b/u
