import { tokensOf } from '../tokens.ts'
import { namesSameEvent } from './other-event.ts'
import { shareCount } from './outcome-figures.ts'
import { familyOf } from './word-families.ts'
import { dependsOnPrevious } from './wording.ts'

/**
 * A test for sentences that tell the deed which a title claims, and not only of those who act in it: they share a word of its
 * main clause that is no name, or two words of the whole title, or they count the same dead. A sentence that begins with
 * somebody known before (`The Democrat said`), or that tells a habit where the title tells one event, is left out.
 */
export function sameDeedAs(claim: string): (sentence: string) => boolean {
  const [main = ''] = claim.split(subordinate)
  const ofMain = deedWords(main)
  const ofAll = deedWords(claim)
  return (sentence) => {
    if (leans(sentence) || beginsWithKnown(sentence, claim)) return false
    if (tellsHabit(sentence) && !tellsHabit(claim)) return false
    if (shareCount(claim, sentence) || namesSameEvent(main, sentence)) return true
    const told = stemsTold(sentence)
    const isTold = ({ stem, isName }: DeedWord) => (isName ? told.small : told.all).has(stem)
    return ofMain.some(isTold) || new Set(ofAll.filter(isTold).map(({ stem }) => stem)).size >= minShared
  }
}

const minShared = 2

const subordinate =
  /,? (?:when|as|after|amid|over|following|despite|in (?:the )?wake of|ahead of|citing|while|because|before|until|since)(?= )/

/** `The former minister` is no former of two. */
const leans = (sentence: string): boolean => dependsOnPrevious(sentence) && !/^The former \p{Ll}/u.test(sentence)

/** Whether the subject of a sentence is somebody whom neither it nor a claim names: `The Democrat said`. */
export function beginsWithKnown(sentence: string, claim = ''): boolean {
  const person = knownPerson.exec(sentence)?.[1]
  return person !== undefined && !claim.toLowerCase().includes(person.toLowerCase())
}

const knownPerson =
  /^The (?:\p{Ll}+ ){0,2}(Democrat|Republican|Conservative|senator|congressman|congresswoman|lawmaker|lawyer|politician|minister|diplomat|official|general|author|singer|actor|actress|striker|veteran|suspect|duo|pair|trio|leader)(?:,|(?= (?:said|says|also|told|has|had|is|was|who|added|called|wrote|denied)(?!\p{L})))/u

/** Whether a sentence tells what somebody does over a time, or has done before: `has stepped up its attacks this year`. */
function tellsHabit(sentence: string): boolean {
  return habits.some((habit) => habit.test(sentence))
}

const period =
  '(?:this (?:year|month|summer|winter|spring|autumn)|(?:in|over) (?:recent|the (?:past|last)(?: \\p{L}+)?) (?:days|weeks|months|years)|for (?:days|weeks|months|years|decades))'
const habits = [
  new RegExp(`^[^,;]{0,60} (?:has|have|had) (?!been (?:killed|hit|struck|arrested))[^.,;]{0,80}\\b${period}\\b`, 'iu'),
  /\b(?:regularly|routinely|often|repeatedly|increasingly|every (?:day|night|week))\b[^.;]{0,60}\b(?:attacks?|strikes?|targets?|hits?|uses?)\b/iu,
  /^[^,;]{3,60} (?:is|are) (?:\p{Ll}+ing)\b[^.;]{0,80} and (?:is|are) \p{Ll}+ing\b/u,
]

/** A word of a claim that may tell what is done; a name may be one where a sentence writes it with a small letter. */
type DeedWord = { stem: string; isName: boolean }

/** The words of a text without common ones, figures, and those for anybody who acts. */
function deedWords(text: string): DeedWord[] {
  const isTitleCase = capitals(text) > maxCapitals
  return tokensOf(text).flatMap(({ start, lexeme }) => {
    if (lexeme.common || /^\d/.test(lexeme.word) || noDeed.has(lexeme.stem) || endsName(text, start)) return []
    const isName = /^\p{Lu}/u.test(text.slice(start, start + 1))
    return isName && start > 0 && !isTitleCase ? [] : [{ stem: familyOf(lexeme.stem), isName }]
  })
}

/** Whether a word goes on a name behind a hyphen: `Kim Jong-un`. */
const endsName = (text: string, start: number): boolean =>
  text[start - 1] === '-' && /^\p{Lu}/u.test(text.slice(text.lastIndexOf(' ', start) + 1, start))

/** The share of the longer words of a title that have a capital. */
function capitals(text: string): number {
  const words = text.match(/(?<![\p{L}’'-])\p{L}{4,}/gu) ?? []
  return words.filter((word) => /^\p{Lu}/u.test(word)).length / Math.max(1, words.length)
}

const maxCapitals = 0.8

/** The stems of a sentence, and those that it writes with a small letter. */
function stemsTold(sentence: string): { small: Set<string>; all: Set<string> } {
  const [small, all] = [new Set<string>(), new Set<string>()]
  for (const { start, lexeme } of tokensOf(sentence)) {
    const stem = familyOf(lexeme.stem)
    all.add(stem)
    if (/^\p{Ll}/u.test(sentence.slice(start, start + 1))) small.add(stem)
  }
  return { small, all }
}

/** Stems for those who act, for saying and for time. */
const noDeed = new Set(
  (
    'president minist govern offici leader leadership armi militari forc troop soldier polic author peopl countri nation state citi region capit man men ' +
    'woman women children world report sai said tell told claim accus call announc year month week dai night overnight war crisi new first latest least ' +
    'us top senior former lawmak'
  ).split(' '),
)
