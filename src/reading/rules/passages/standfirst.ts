import { matchesOf } from '../../../platform/text/matches.ts'
import { stemsOf } from '../takeaways/lexicon.ts'
import { tokensOf } from '../tokens.ts'
import { isSeam } from './unstopped-seam.ts'

/**
 * The offsets at which a new line or sentence begins behind a standfirst, the line below a title that ends with no full stop,
 * and behind the headlines that a live page puts there: `Rail line closed for a week A landslide has …`.
 */
export function standfirstCuts(written: string): number[] {
  if (!invisible.test(written.slice(0, maxHead))) return cutsIn(written)
  const shown = [...written.matchAll(visible)].map(({ index }) => index)
  return cutsIn(shown.map((at) => written[at]).join('')).map((cut) => shown[cut] ?? written.length)
}

/** Characters without a width stand between the words of some feeds. */
const invisible = /[\u200B-\u200F\u2060\uFEFF]/
const visible = /[^\u200B-\u200F\u2060\uFEFF]/g
const maxHead = 1_200

function cutsIn(text: string): number[] {
  const cuts: number[] = []
  for (let from = 0; cuts.length < maxCuts; ) {
    const end = standfirstEnd(text.slice(from), text)
    if (end === 0) break
    from += end
    cuts.push(from)
  }
  return cuts
}

const maxCuts = 3

/** The offset at which something new begins behind a line that ends with no full stop; 0 where nothing does. */
export function standfirstEnd(text: string, page = text): number {
  const head = text.slice(0, maxLength)
  if (!mayFollow.test(head)) return 0
  const found = /[.!?…:;]["”’)]?\s/.exec(head)
  const line = found ? head.slice(0, found.index + 1) : head
  const [, start, rest] = beginning.exec(line) ?? []
  if (start === undefined || rest === undefined) return 0
  const ends = [
    openingEnd(line, start, rest),
    namedEnd(text, line, start, rest),
    seamEnd(text, line, start, rest, page),
  ]
  return Math.min(...ends.filter((end) => end > 0), text.length) % text.length
}

function openingEnd(line: string, { length }: string, rest: string): number {
  const opening = behind.exec(rest)
  return opening && !isName.test(line.slice(0, length + opening.index)) ? length + opening.index + 1 : 0
}

function namedEnd(text: string, line: string, { length }: string, rest: string): number {
  const named = matchesOf(rest, behindName).map(({ index }) => length + index)
  return named.find((at) => !goesOn.test(line.slice(0, at)) && isToldAgain(text, at)) ?? 0
}

function seamEnd(text: string, line: string, { length }: string, rest: string, page: string): number {
  const places = matchesOf(rest, mayBegin).map(({ index }) => length + index)
  const isAt = (at: number) => isSeam(line.slice(0, at).trimEnd(), line.slice(at), page, () => isToldAgain(text, at))
  return places.find(isAt) ?? 0
}

/** Whether what follows a name tells again what stands before it, as a first sentence tells its standfirst. */
function isToldAgain(text: string, at: number): boolean {
  const [before, behind] = [text.slice(0, at), text.slice(at, at + maxLength)].map((part) => stemsOf(tokensOf(part)))
  return before !== undefined && behind !== undefined && before.intersection(behind).size >= minRepeated
}

/** A standfirst and the first sentence share so many stems. */
const minRepeated = 3

/** A standfirst has at least so many characters, and ends within so many. */
const minLength = 25
const maxLength = 300

/** The least beginning and what follows it on its line: to look back over it at each word would be slow. */
const beginning = new RegExp(`^(.{${minLength}})(.*)`, 'u')

const openers =
  'An?|The|More than|At least|Nearly|Almost|About|Dozens|Hundreds|Thousands|Tens of|Two|Three|Four|Five|Six|Several|Some|Many|' +
  'Residents|Officials|Police|Authorities|Rescuers|Rescue|Emergency|Firefighters|It|He|She|They|There|These|This|After|When|While|Since|Earlier|In|On'

const namesWithArticle =
  '(?:Hague|Gambia|Bahamas|Netherlands|Guardian|Times|Economist|Telegraph|Independent|Associated|Washington|New|Wall|Kyiv)\\b'

/** A word that begins sentences, behind a word in small letters and before another one. */
const behind = new RegExp(
  `(?<=\\p{Ll}) (?=(?:${openers}) (?:\\p{Ll}|\\d)|(?:An?|The) (?!${namesWithArticle})\\p{Lu}\\p{L}+ \\p{Ll})`,
  'u',
)
/** A name and its verb, behind a word in small letters that is no part of it: `Dara has`, `Lorn’s mayor said`. */
const behindName =
  /(?<=(?<![\p{L}’'-])\p{Ll}[\p{Ll}’'-]* )\p{Lu}[\p{L}’']+(?: \p{Lu}[\p{L}’']+)?(?: \p{Ll}{3,12}){0,2} (?:has|have|had|is|are|was|were|will|says?|said)(?!\p{L})/gu
/** A capital or a quotation, behind a blank. */
const mayBegin = /(?<= )[\p{Lu}‘“]/gu
/** A small word that a name belongs to, or a comma: `Dara and Lorn have`, `is a mistake, top Vardanian says`. */
const goesOn =
  /,\s(?:\p{Ll}{2,12}\s){0,3}$|(?<!\p{L})(?:and|or|but|of|by|from|in|on|at|to|for|with|as|that|which|who|when|where|while|after|before|if|than|between|against|the|an?|said|says) $/iu
const mayFollow = /\p{Ll} \p{Lu}[\p{L}’']* (?:\p{L}|\d)/u

/** Words whose names go on with a letter or a number: `vitamin A`, `grade A`, `phase Two`. */
const isName =
  /\b(?:vitamin|hepatitis|influenza|grade|category|class|group|type|plan|list|section|schedule|annex|part|point|phase|option|line|block|wing|unit|zone|team|series|serie|stage|round|level|terminal|gate|hall|building|room|route|called|titled|named)$/i
