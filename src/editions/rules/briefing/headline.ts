import { cutAtGrapheme } from '../../../platform/text/graphemes.ts'
import { lettersOf } from '../../../platform/text/letters-of.ts'
import { generalNames } from '../../../reading/rules/general-names.ts'
import { stemsOf } from '../../../reading/rules/takeaways/lexicon.ts'
import { sentencesOf } from '../../../reading/rules/takeaways/sentences.ts'
import { storiesIn, titleClaim } from '../../../reading/rules/takeaways/title-claim.ts'
import { hasVerb } from '../../../reading/rules/takeaways/verbs.ts'
import { tokensOf } from '../../../reading/rules/tokens.ts'
import { tellsDeed } from '../../../stories/rules/deeds.ts'
import { areOthers } from '../../../stories/rules/likeness.ts'
import { struckPlacesIn } from '../../../stories/rules/struck-places.ts'
import { termsIn } from '../../../stories/rules/terms.ts'
import { saysContinuing } from './status.ts'

/** What a headline needs of a claim of its story. */
export type HeadlineClaim = {
  text: string
  isShort?: boolean
  item: {
    title: string
    language?: string | null
    publishedAt: Temporal.Instant | null
    editedAt?: Temporal.Instant | null
  }
}

/** A subject of this length is shown whole by most inboxes, in characters. */
export const goodHeadline = 78
/** A claim of so many characters is its own headline: one that is cut would stand above the same words. */
export const maxHeadline = 200
/** A shorter part of a claim says too little. */
const minHeadline = 24

/**
 * The headline of a story: the title of the newest report that says something, where one of its claims is the title or the
 * report is short; else the strongest claim that is short enough, the title above a longer one, or a part of it up to the end
 * of a phrase. All keep the publisher's words. `claims` are strongest first.
 */
export function headlineOf(claims: [HeadlineClaim, ...HeadlineClaim[]]): string {
  const titled = neutral(
    typicalOf(
      claims.flatMap((claim) => titleOf(claim) ?? []),
      claims,
    ),
    ({ title }) => title,
  )
  const newest = titled.reduce<Titled | undefined>((best, one) => (best && !isNewer(one, best) ? best : one), undefined)
  const [whole] = neutral(
    claims.filter(({ text }) => text.length <= maxHeadline),
    ({ text }) => text,
  )
  return shortHeadline(newest?.title ?? whole?.text ?? titleAbove(claims[0]) ?? claims[0].text)
}

/** Those that do not speak with the voice of a party, or all where each one does. */
function neutral<T>(all: T[], textOf: (one: T) => string): T[] {
  const others = all.filter((one) => !hasPartyVoice(textOf(one)))
  return others.length > 0 ? others : all
}

/** Whether a text calls the other side or its own as a party of a war does: `the enemy launched`, `our defenders`. */
export const hasPartyVoice = (text: string): boolean => partyVoice.test(text)

const partyVoice =
  /\b(?:(?:the|russian|israeli|zionist) (?:enemy|occupiers?|invaders?|aggressor)|our (?:(?:brave|heroic|air) )?(?:defenders|troops|forces|soldiers|fighters|defen[cs]es?)|(?:kyiv|kiev|zionist) regime|(?:the )?orcs)\b/iu

/** The titles that tell what the claims of a story tell: a title of several matters has few of their words. */
function typicalOf(titled: Titled[], claims: HeadlineClaim[]): Titled[] {
  if (titled.length < 2) return titled
  const stems = claims.map(({ text, item }) => ({ item, words: stemsOf(tokensOf(text)) }))
  const shares = titled.map(({ title, item }) => {
    const own = stemsOf(tokensOf(title))
    const others = stems.filter((each) => each.item !== item)
    return others.reduce((sum, { words }) => sum + own.intersection(words).size / Math.max(1, own.size), 0)
  })
  return titled.filter((_, i) => shares[i]! >= Math.max(...shares) * minOfBest)
}

const minOfBest = 0.6

/** What the title of a claim's report says, if it says one thing: better than a part of the claim. */
function titleAbove({ item }: HeadlineClaim): string | undefined {
  const title = titleClaim(item.title, false)
  return title !== null && storiesIn(title).length === 1 ? title : undefined
}

type Titled = { title: string; item: HeadlineClaim['item'] }

/**
 * What the title of a claim's report says, where it tells the claim; of a title with several stories, the one that does. One that
 * names other places than the claim tells something else.
 */
function titleOf({ text, item, isShort }: HeadlineClaim): Titled | undefined {
  const title = titleClaim(item.title, true)
  if (title === null) return undefined
  const stories = storiesIn(title)
  if (stories.length > 1) {
    const own = stories.find((story) => tellsClaim(story, text))
    return own === undefined ? undefined : { title: own, item }
  }
  if (lettersOf(title) === lettersOf(text)) return { title, item }
  if (areOthers(struckPlacesIn(title), struckPlacesIn(text))) return undefined
  const isOfReport = isShort && isOfOneMatter(title, text) && saysTheSame(title, text, item.language)
  return tellsClaim(title, text) || isOfReport ? { title, item } : undefined
}

/** Verbs are known in English alone: another title says something if it has words of the claim. */
function saysTheSame(title: string, claim: string, language: string | null | undefined): boolean {
  if (!language || /^en/i.test(language)) return true
  const [own, told] = [title, claim].map((text) => new Set(termsIn(text, language))) as [Set<string>, Set<string>]
  return own.intersection(told).size >= minSharedTerms
}

const minSharedTerms = 2

/**
 * Whether the title of a short report tells the matter of its claim. What somebody thinks of a war stands above the news of a
 * night, too: `Cruelty is a strategy, a retired colonel says`.
 */
function isOfOneMatter(title: string, claim: string): boolean {
  if (!opinion.test(title) || tellsDeed(title) || !tellsDeed(claim) || saysContinuing(claim)) return true
  const [own, told] = [title, claim].map(tellingStems) as [Set<string>, Set<string>]
  return !own.isDisjointFrom(told)
}

const opinion =
  /, [^,]{3,60} (?:says?|said|warns?|argues?|writes?)$|\b(?:experts?|analysts?|historians?|professors?|columnists?|ex-\p{L}+) (?:says?|warns?|fears?|argues?)\b/iu

/** The stems of a text without those of countries and of saying. */
function tellingStems(text: string): Set<string> {
  const telling = tokensOf(text).filter(({ lexeme }) => !generalNames.has(lexeme.word) && !sayingWords.has(lexeme.word))
  return stemsOf(telling)
}

const sayingWords = new Set('say says said saying tell tells told warn warns warned'.split(' '))

/** Whether a claim has most of the words of a title. */
function tellsClaim(title: string, claim: string): boolean {
  const [wanted, found] = [title, claim].map((text) => stemsOf(tokensOf(text))) as [Set<string>, Set<string>]
  return wanted.size >= minTitleStems && wanted.intersection(found).size >= wanted.size * minShared
}

const minTitleStems = 4
const minShared = 0.6

function isNewer({ item: a }: Titled, { item: b }: Titled): boolean {
  const [one, other] = [a, b].map(({ editedAt, publishedAt }) => editedAt ?? publishedAt)
  return one && other ? Temporal.Instant.compare(one, other) > 0 : Boolean(one)
}

/**
 * A text that is no longer than `maxHeadline`, else its first sentence if that is not, else its longest part of about
 * `goodHeadline` that ends with a phrase and has a verb.
 */
export function shortHeadline(text: string): string {
  const line = withoutStop(text.replace(/\s+/g, ' ').trim())
  if (line.length <= maxHeadline) return line
  const [first] = sentencesOf(line)
  const sentence = first ? withoutStop(line.slice(first.start, first.end).trim()) : line
  if (sentence.length >= minHeadline && sentence.length <= maxHeadline && tells(sentence)) return sentence
  const ends = endsOfPhrases(line)
  const telling = ends.filter(tells)
  return (
    telling.find(isGood) ?? shortest(telling.length > 0 ? telling : ends.filter((end) => !isGood(end))) ?? atWord(line)
  )
}

/** A line without its full stop, if that ends no abbreviation. */
export const withoutStop = (line: string): string => line.replace(/(?<!\b\p{Lu})\.$/u, '')

/** A headline as a subject: what an inbox shows whole, cut at the end of a phrase if there is one, to at most `max` characters. */
export function subjectHeadline(headline: string, max = goodHeadline): string {
  if (headline.length <= max) return headline
  const ends = endsOfPhrases(headline).filter((end) => end.length <= max)
  return ends.find(tells) ?? atWord(headline, max)
}

const endsOfPhrases = (line: string): string[] => boundaries.flatMap((boundary) => endsIn(line, boundary))

const isGood = (part: string): boolean => part.length <= goodHeadline

const tells = (part: string): boolean => hasVerb(part.replace(relativeClause, ''))

const shortest = (parts: string[]): string | undefined => parts.toSorted((a, b) => a.length - b.length)[0]

/** The verb of `the governor, who leads` is not that of the sentence. */
const relativeClause = /,? (?:who|which|whose|where)\b.*$/iu

/** The ends of phrases, the better kind first: of a clause, of a part behind a comma, before a preposition, before what else was done. */
const boundaries = [
  /(?:[,;:]? (?:which|while|whereas|as|after|amid|despite|because|although|though|until|following|where|when|who|but)|;|:| [–—-]|, (?:likely|including|and|says?|said|according)) /giu,
  /, (?!\d)/gu,
  /,? (?:in|on|at|against|before|during|since|with|for|from|by|near|over|under|into|across|through|toward|towards) /giu,
  / and (?=\p{Ll})/gu,
]

/** The parts of a line up to these boundaries, the longest first. */
function endsIn(line: string, boundary: RegExp): string[] {
  const parts = [...line.slice(0, maxHeadline + 2).matchAll(boundary)].map(({ index }) => line.slice(0, index))
  return parts.filter((part) => part.length >= minHeadline && part.length <= maxHeadline && isWhole(part)).reverse()
}

/** No quotation or bracket is open at the end, the clause that `that` opens has its verb, and the last word wants no other, also before an aside. */
function isWhole(part: string): boolean {
  const count = (mark: string) => part.split(mark).length - 1
  if (count('“') !== count('”') || count('(') !== count(')') || count('"') % 2 === 1) return false
  const clause = part.split(/ that /).at(-1)
  if (clause !== undefined && clause !== part && !hasVerb(clause)) return false
  const beforeAside = part.slice(0, Math.max(0, part.lastIndexOf(', ')))
  return [part, beforeAside].every((words) => !wantsMore.test(words) || /\bMay$/.test(words))
}

/** Words after which a sentence goes on: verbs that open a clause or an infinitive, prepositions, auxiliaries, articles, numbers. */
const wantsMore = wordsAtEnd([
  'report(?:s|ed)?|stat(?:es|ed)|sa(?:ys|id)|claim(?:s|ed)?|assess(?:es|ed)?|not(?:es|ed)|announce[sd]?|warn(?:s|ed)?',
  "\\p{L}+['’]s|including|especially|particularly|potentially|reportedly|allegedly|apparently|probably|possibly|increasingly|newly|largely|extremely|severely",
  '(?:report|announc|not|stat)ed on|suggests?|show(?:s|ed)?|considers?|told|asked|urge[sd]?|order(?:s|ed)|declared|forced|allow(?:s|ed)',
  'agree[sd]?|decide[sd]?|wants?|wanted|plans?|planned|vow(?:s|ed)?|promise[sd]?|tries|tried|refuse[sd]?|aim(?:s|ed)?|intends?',
  'result(?:s|ed)|leads?|led|statement(?: on \\p{L}+ \\d+)?|continue[sd]?|expect(?:s|ed)|likely|able|followed|caused|according|due|ahead|because|such',
  'by|in|on|at|with|from|for|into|against|through|during|since|near|under|between|among|without',
  'is|are|was|were|be|been|being|has|have|had|will|would|can|could|must|should|may|might|do|does|did|not|also|to|that',
  'the|an?|of|its|their|his|her|this|these|those|about|over|more than|at least|nearly|some|almost|and|or|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|\\d[\\d.,]*',
])

function wordsAtEnd(words: string[]): RegExp {
  return new RegExp(`\\b(?:${words.join('|')})$`, 'iu')
}

/** A line up to a word after which it may end; where that would take its verb, the aside before is left standing. */
function atWord(line: string, max = goodHeadline): string {
  const words = line
    .slice(0, max + 1)
    .split(' ')
    .slice(0, -1)
  const upTo = (count: number) =>
    words
      .slice(0, count)
      .join(' ')
      .replace(/ ?[,;:–—-]$/, '')
  const parts = words.map((_, left) => upTo(words.length - left))
  const ends = parts.filter((part) => !wantsMore.test(part))
  const whole = ends.find(isWhole)
  const telling = whole && tells(whole) ? whole : ends.find(tells)
  return telling ?? whole ?? parts.find((part) => part !== '') ?? cutAtGrapheme(line, max)
}
