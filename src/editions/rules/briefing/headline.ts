import { titleClaim } from '../../../reading/rules/takeaways/title-claim.ts'
import { hasVerb } from '../../../reading/rules/takeaways/verbs.ts'

/** What a headline needs of a claim of its story. */
export type HeadlineClaim = {
  text: string
  isShort?: boolean
  item: { title: string; publishedAt: Temporal.Instant | null }
}

/** A subject of this length is shown whole by most inboxes, in characters. */
export const maxHeadline = 78
/** A shorter part of a claim says too little. */
const minHeadline = 24

/**
 * The headline of a story: the title of the newest report that says something, where one of its claims is the title or the
 * report is short; else the strongest claim. Both are cut at the end of a phrase, and keep the publisher's words. `claims`
 * are strongest first.
 */
export function headlineOf(claims: [HeadlineClaim, ...HeadlineClaim[]]): string {
  const titled = claims.flatMap((claim) => titleOf(claim) ?? [])
  const newest = titled.reduce<Titled | undefined>((best, one) => (best && !isNewer(one, best) ? best : one), undefined)
  return shortHeadline(newest?.title ?? claims[0].text)
}

type Titled = { title: string; item: HeadlineClaim['item'] }

/** What the title of a claim's report says, where it tells the claim. */
function titleOf({ text, item, isShort }: HeadlineClaim): Titled | undefined {
  const title = titleClaim(item.title, true)
  if (title === null) return undefined
  return isShort || lettersOf(title) === lettersOf(text) ? { title, item } : undefined
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

function isNewer({ item: a }: Titled, { item: b }: Titled): boolean {
  if (!a.publishedAt || !b.publishedAt) return a.publishedAt !== null
  return Temporal.Instant.compare(a.publishedAt, b.publishedAt) > 0
}

/** The longest part of a text of at most `maxHeadline` characters that ends with a phrase and has a verb. */
export function shortHeadline(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<!\b\p{Lu})\.$/u, '')
  if (line.length <= maxHeadline) return line
  const ends = boundaries.flatMap((boundary) => endsIn(line, boundary))
  const told = ends.find((part) => hasVerb(part.replace(relativeClause, '')))
  return told ?? (hasVerb(atWord(line)) ? atWord(line) : (ends[0] ?? atWord(line)))
}

/** The verb of `the governor, who leads` is not that of the sentence. */
const relativeClause = /,? (?:who|which|whose|where)\b.*$/iu

/** The ends of phrases, the better kind first: of a clause, of a part behind a comma, before a preposition. */
const boundaries = [
  /(?:[,;:]? (?:which|while|whereas|as|after|amid|because|although|following|where|when|who|but| and (?=the |its |their |a ))|;|:| [–—-]|, (?:likely|including|and|says?|said|according)) /giu,
  /, /gu,
  / (?:in|on|at|against|before|during|since|with|for|from|by|near|over|under|into|across|through|toward|towards|and|or) /giu,
]

/** The parts of a line up to these boundaries, the longest first. */
function endsIn(line: string, boundary: RegExp): string[] {
  const parts = [...line.slice(0, maxHeadline + 2).matchAll(boundary)].map(({ index }) => line.slice(0, index))
  return parts.filter((part) => part.length >= minHeadline && part.length <= maxHeadline && isWhole(part)).reverse()
}

/** No quotation or bracket is open at the end, and the last word wants no other. */
function isWhole(part: string): boolean {
  const count = (mark: string) => part.split(mark).length - 1
  if (count('“') !== count('”') || count('(') !== count(')') || count('"') % 2 === 1) return false
  return !/\b(?:report(?:s|ed)?|stat(?:es|ed)|sa(?:ys|id)|claim(?:s|ed)?|assess(?:es|ed)?|not(?:es|ed)|announce[sd]?|(?:report|announc|not|stat)ed on|warn(?:s|ed)?|suggests?|show(?:s|ed)?|considers?|may|also|the|an?|of|its|their|his|her|about|over|more than|at least|nearly|some|and|or|to|\d[\d.,]*)$/iu.test(
    part,
  )
}

function atWord(line: string): string {
  const words = line
    .slice(0, maxHeadline + 1)
    .split(' ')
    .slice(0, -1)
  while (words.length > minWords && !isWhole(words.join(' '))) words.pop()
  return words.length > 0 ? words.join(' ') : line.slice(0, maxHeadline).toWellFormed()
}

const minWords = 4
