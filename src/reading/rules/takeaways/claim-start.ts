import type { Span } from '../passages/page.ts'
import { withoutArabicJoining } from './arabic-wording.ts'
import { withoutSlavicJoining } from './slavic-wording.ts'
import { hasVerb } from './verbs.ts'

/** The span without the dateline, time or label that it begins with: `KYIV, Nov 15 (Agency) - `, `14:32 `. */
export function withoutDateline<S extends Span>(text: string, span: S): S {
  const beginning = text.slice(span.start, Math.min(span.end, span.start + maxLength))
  if (!mayBegin.test(beginning)) return span
  const length = datelines.reduce(
    (longest, dateline) => Math.max(longest, dateline.exec(beginning)?.[0].length ?? 0),
    0,
  )
  return length > 0 && span.end - span.start > length + minRest ? { ...span, start: span.start + length } : span
}

/** The span without a lead-in that only names the event before (`The assault came as`), where a whole clause follows it. */
export const withoutLeadIn = <S extends Span>(text: string, span: S): S => ({
  ...span,
  start: span.start + leadInLength(text.slice(span.start, span.end)),
})

/**
 * A claim without the word that joins it to what stood before: `Meanwhile, the council met`, `The council also said`. Its
 * quotation keeps the word.
 */
export function withoutJoiningWord(claim: string): string {
  const started = withoutArabicJoining(claim).replace(joiningFirst, (_, letter: string) => letter.toUpperCase())
  const whole = withoutSlavicJoining(started)
  const [, subject = '', verb = ''] = joining.exec(whole) ?? []
  return hasVerb(verb) && !/\b(?:and|but|not|or)\b/.test(subject) ? whole.replace(joining, '$1 $2') : whole
}

const joiningFirst = /^(?:(?:Meanwhile|Additionally),?|(?:Also|Plus)[,:]) (\p{L})/u
const joining =
  /^(\p{Lu}[^.,;:“"]{0,80}?)(?: (?:also|additionally|meanwhile) |, (?:also|additionally|meanwhile), )(\p{Ll}+(?= ))/u

/** The length of such a lead-in of a sentence, else 0. */
export function leadInLength(sentence: string): number {
  const length = leadIn.exec(sentence)?.[0].length ?? 0
  return length > 0 && hasVerb(sentence.slice(length)) ? length : 0
}

const leadIn =
  /^(?:The|This|That) (?:\p{Ll}[\p{L}-]{1,15} ){0,2}(?:attacks?|assaults?|strikes?|raids?|barrage|bombardment|blasts?|explosions?|incident|announcement|decision|visit|news|warning|move|statement|talks|vote|summit) (?:comes?|came|happened|occurred|took place) (?:just )?(?:as|while) (?=\p{Lu})/u

const maxLength = 120
/** A claim has at least so many characters. */
const minRest = 20

/** Most claims have neither a dash nor a number with a colon near their beginning. */
const mayBegin =
  /^(?:\P{L}{0,4}(?:LIVE|Live|BREAKING|Breaking|WATCH|Watch|VIDEO|Video)|\d{1,2}[:.]\d{2}|\d{1,3} ?[dhm]|[\p{Lu}\d\u0620-\u064a][^\n]{0,110}?(?:[-–—|]| \d{1,2}[:.])\s?)/u

const month =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?'
const date = `(?:${month} \\d{1,2}|\\d{1,2} ${month})(?:,? \\d{4})?`
const place = "\\p{Lu}[\\p{L}\\p{M}'’.-]{1,30}(?:[ /]\\p{L}[\\p{L}\\p{M}'’.-]{0,30}){0,3}"
const capitals = "\\p{Lu}[\\p{Lu}\\p{M}'’.-]{2,30}(?:[ /]\\p{Lu}[\\p{Lu}\\p{M}'’.-]{1,30}){0,3}"
const dash = '\\s?(?:--|[-–—])\\s'
const agency = '(?:\\([\\p{L} ./]{2,40}\\))'

const arabicPlace = '[\\u0620-\\u064a]{2,20}(?: [\\u0620-\\u064a]{2,20}){0,2}'

const datelines = [
  new RegExp(`^${arabicPlace}(?:، ${arabicPlace}| ?/ ?${arabicPlace})? ${agency}:?(?:${dash}|(?<=:)\\s)`, 'u'),
  /^(?:عاجل|مباشر|حصري|فيديو|بالفيديو|بالصور)\s?[|:–—-]\s/u,
  new RegExp(`^${place}(?:, ${place})?, ${date}(?: ${agency})?${dash}`, 'u'),
  new RegExp(`^${place}(?:, ${place})? ${agency}${dash}`, 'u'),
  new RegExp(`^${capitals}(?:, ${place})?${dash}`, 'u'),
  new RegExp(`^${date}(?: ${agency})?${dash}`, 'u'),
  /^(?:UPDATE|WRAPUP|CORRECTED|EXCLUSIVE|BREAKING)(?: \d{1,2})?\s?[-–—:|]\s?/u,
  /^\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)?(?: ?[A-Z]{2,5})?(?:\s?[-–—|:])?\s(?=["“‘]?\p{Lu})/u,
  /^\d{1,3} ?(?:min(?:ute)?s?|m|h|hrs?|hours?|d|days?) ago\s(?=["“‘]?\p{Lu})/u,
  /^\P{L}{0,4}(?:LIVE|Live|BREAKING|Breaking|WATCH|Watch|VIDEO|Video)(?: (?:updates?|blog|news))?\s?[:|–—-]\s/u,
  /^(?:COA|Step|Option|Scenario|Phase) \d{1,2}[:.]\s/u,
]
