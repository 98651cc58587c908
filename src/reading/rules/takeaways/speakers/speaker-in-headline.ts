import { matchesOf } from '../../../../platform/text/matches.ts'
import { phraseEnd } from './noun-phrase.ts'
import { isCapital, type Word, wordsOf } from './sentence-words.ts'
import { isProperName, speakerIn, speakerOf } from './speaker-name.ts'
import { headlineNames, isPersonOrOffice, speakerKind } from './speaker-nouns.ts'
import { isSaidForm } from './verbs-of-saying.ts'

/**
 * The speaker of a headline: `Mayor Koval: the bridge is open`, or `The bridge is open – minister`. A place or a label
 * before the colon is no speaker, so the name must hold an office, a body or a well-known name.
 */
export function headlineSpeaker(text: string): string | null {
  if (!/[:–—]| - /.test(text)) return null
  return (
    speakerInFront(text) ??
    speakerAtEnd(text) ??
    quotedAtColon(text) ??
    (/[.?!]$/.test(text.trim()) ? null : actorBehind(text))
  )
}

/** `Mayor Koval: the bridge is open`. Before a quotation, any full name will do; so will `Kenya’s Odhiambo` before `we`. */
function speakerInFront(text: string): string | null {
  const front = /^(?:EXCLUSIVE: |WATCH: |Exclusive: )?([^:,.;“”"«»?!–—]{2,60}?)(?:: | [–—-] (?=[“"«]))(.{8,})/su.exec(
    text,
  )
  if (!front?.[1] || !front[2]) return null
  const isQuotation = /^["“«]/.test(front[2])
  const label = front[1].replace(isQuotation ? / (?:on|in|to|after|at) .*$/ : / on .*$/, '')
  const speaker =
    labelSpeaker(label) ??
    (isQuotation || (/^[^ ]+['’]s /.test(label) && firstPerson.test(front[2])) ? quotedName(label) : null)
  return /^(?:what|how|why|who|when|where)\b/i.test(front[2]) ? null : speaker
}

/** `The bridge is open – minister`, and `“We stay” – Mayor Koval`. */
function speakerAtEnd(text: string): string | null {
  const back = /^(.{16,240}?)(?::| [–—-]) ([^:.;,“”"«»?!–—]{2,60})$/su.exec(text.trim())
  const isStatement = back?.[1] && /\s\S+\s|\uE000[”"»]$/.test(back[1])
  return isStatement && back[2] ? labelSpeaker(back[2].replace(/ (?:after|in|on) .*$/, '')) : null
}

/** Who says `we` behind a colon is the one before it. */
const firstPerson = /(?:^|[ ,;])(?:[Ww]e|[Oo]ur|[Mm]y)[ '’]/

/** The speaker that a label names, where nothing else can be meant. */
function labelSpeaker(label: string): string | null {
  const words = label.trim().split(/\s+/)
  const isKnown =
    words.length <= 3 && words.some((word) => headlineNames.has(word.toLowerCase()) && /^\p{Lu}/u.test(word))
  const last = (words.at(-1) ?? '').toLowerCase()
  const holdsOffice = words.some((word) => speakerKind(word) === 'office' || institutions.has(word.toLowerCase()))
  const isUnit =
    words.length > 1 &&
    speakerKind(last) === 'body' &&
    !/^(?:daily|weekly|news|magazine|newspaper|radio|press)$/.test(last)
  const isOne = words.length <= 6 && (isKnown || isUnit || institutions.has(last) || holdsOffice)
  return isOne && !/^\d/.test(label) && words.every((word) => !verb.test(word)) ? speakerIn(label.trim()) : null
}

/** A label with a verb is a sentence: `The ministry warns parents: stay at home`. */
const verb =
  /^(?:says?|said|warns?|tells?|told|urges?|asks?|calls?|wants?|names?|is|are|was|were|has|have|had|will|to)$/i

function quotedName(label: string): string | null {
  const words = wordsOf(label)
  return isProperName(words) && words.length > 1 && words.length <= 4 ? speakerIn(label) : null
}

/** Who speaks at a colon before a quotation, behind another part: `Court bans party; ousted leader Anan Rung: “Same people”`. */
function quotedAtColon(text: string): string | null {
  const label = /[;,–—] ([^:;,–—“”"«»]{3,60}): [“"«]/u.exec(text)?.[1]
  const words = label ? wordsOf(label) : []
  const isSure =
    words.length > 1 &&
    words.slice(-2).every(isCapital) &&
    words.some(({ text: word }) => speakerKind(word) === 'office')
  return label && isSure ? speakerIn(label) : null
}

/** A headline has one or two such marks. */
const colonOrDash = /: | [–—] /g
const maxMarks = 4

/** Who acts behind the colon or the dash of a headline: `“We stay”: General Anke Reuter on the end of the mission`. */
function actorBehind(text: string): string | null {
  const marks = matchesOf(text, colonOrDash).slice(0, maxMarks)
  for (const { index, 0: mark } of marks) {
    const actor = index > 7 ? actorAtStart(text.slice(index + mark.length).replace(/^how /, '')) : null
    if (actor) return actor
  }
  return null
}

function actorAtStart(rest: string): string | null {
  const words = wordsOf(rest)
  const to = actorEnd(words)
  const core = words.slice(0, to)
  const isSure = core.some(({ text: word }) => isPersonOrOffice(word)) || isBody(core)
  return to > 0 && to < words.length && isSure && core.every(isNamePart)
    ? speakerOf(rest, words, { from: 0, to })
    : null
}

/** Where the name before `on` or a verb in -s ends; 0 if no such word follows a name. */
function actorEnd(words: Word[]): number {
  const whole = phraseEnd(words, 0)
  const verbAt = words.findIndex(
    ({ text }, i) => i > 1 && i <= whole && (text === 'on' || isSaidForm(text) || /^\p{Ll}{2,}[^s]s$/u.test(text)),
  )
  const last = words[verbAt - 1]
  const isOffice = words[verbAt]?.text === 'on' && isPersonOrOffice(last?.text ?? '')
  return verbAt > 0 && last && (isCapital(last) || isOffice) ? verbAt : 0
}

function isBody(core: Word[]): boolean {
  return speakerKind(core.at(-1)?.text ?? '') === 'body' && core.length > 1
}

function isNamePart(word: Word): boolean {
  return (
    isCapital(word) ||
    speakerKind(word.text) !== undefined ||
    /['’]s?$|^(?:of|the|for|and|de|al)$/.test(word.text) ||
    /^\p{Ll}+(?:al|ic|ary|ive)$/u.test(word.text)
  )
}

/** Words of bodies and people that a headline names before a colon; the others may be labels of subjects. */
const institutions = new Set(
  'ministry council police army navy officials authorities prosecutors residents witnesses rescuers analysts experts watchdog agency operator parliament court union ombudsman kremlin staff presidency ngo ngos monitors diplomats lawyers doctors medics aides activists lawmakers scientists researchers economists'.split(
    ' ',
  ),
)
