import { type Lexeme, tokensOf } from '../tokens.ts'
import { type Piece, piecesOf } from './numbers.ts'

/**
 * What became of a statement in an edit. `carried`: it has the same facts in the same words, or nearly. `updated`: a
 * figure rose, or facts were added. `corrected`: a figure, a name or an outcome is another. `unlike`: it is another one.
 */
export type TextChange = 'carried' | 'updated' | 'corrected' | 'unlike'

/** A statement as it is compared: its figures, the words that mean something, and the days it names. */
export type Outline = {
  figures: number[]
  words: Map<string, Word>
  weekdays: Set<string>
  /** `august 12`. */
  dates: Set<string>
  hedges: string[]
}

/** `weighty`: a name, or an outcome such as killed or wounded. Another such word is another fact. */
type Word = { written: string; weighty: boolean }

/** Statements with a smaller share of common words are different ones. */
export const minAlike = 0.5
/** So many other words of little weight change a statement; fewer are style. */
const minOtherWords = 3
/** Longer statements are compared up to here, in characters. */
const maxLength = 2_000

/** Compares two wordings of a statement: the one that was read before, and the one of now. */
export function compareTexts(was: string, now: string): TextChange {
  return folded(was) === folded(now) ? 'carried' : compareOutlines(outlineOf(was), outlineOf(now))
}

/** Compares two statements by their figures, and by the words that only one of them has. */
export function compareOutlines(was: Outline, now: Outline): TextChange {
  const [removed, added] = differingWords(was, now)
  if (alike(was, now, removed.length, added.length) < minAlike || areOtherDays(was, now)) return 'unlike'
  const rose = figuresRose(was.figures, now.figures)
  const hasCorrection = added.some(({ written }) => correctionWords.test(written))
  const isOtherFact = removed.some(isWeighty) || String(was.hedges) !== String(now.hedges) || hasCorrection
  if (isOtherFact || rose === false) return 'corrected'
  if (rose || added.some(isWeighty) || added.length >= minOtherWords) return 'updated'
  return removed.length >= minOtherWords ? 'corrected' : 'carried'
}

/** What became of the figures of a title; undefined where they are the same, or the title is another one. */
export function compareTitles(was: string, now: string): 'updated' | 'corrected' | undefined {
  const [before, after] = [outlineOf(was), outlineOf(now)]
  const change = compareOutlines(before, after)
  if (change === 'carried' || change === 'unlike' || figuresRose(before.figures, after.figures) === undefined)
    return undefined
  return change
}

/** The share of words that two statements have in common, 0 to 1. */
export function likeness(was: Outline, now: Outline): number {
  const [removed, added] = differingWords(was, now)
  return alike(was, now, removed.length, added.length)
}

/** A text without typography: case, quotation marks, dashes and white space. */
export function folded(text: string): string {
  return withoutCounters(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’ʼ]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

export function outlineOf(text: string): Outline {
  const outline: Outline = { figures: [], words: new Map(), weekdays: new Set(), dates: new Set(), hedges: [] }
  const pieces = piecesOf(withoutCounters(text.slice(0, maxLength)).normalize('NFKC'))
  for (const [index, piece] of pieces.entries()) {
    if ('number' in piece) outline.figures.push(piece.number)
    else addWord(outline, piece.word, pieces[index - 1], pieces[index + 1])
  }
  outline.hedges.sort()
  return outline
}

function addWord(outline: Outline, written: string, before?: Piece, after?: Piece): void {
  const lower = written.toLowerCase().replaceAll('’', "'")
  const isCapital = /^\p{Lu}/u.test(written)
  if (isCapital) addDays(outline, lower, [before, after])
  const hedge = lower.endsWith("n't") ? 'not' : lower
  if (hedgeWords.has(hedge) && !isCapital) {
    outline.hedges.push(hedge)
    return
  }
  for (const { lexeme } of tokensOf(written)) {
    if (lexeme.common || harmless.has(lexeme.word)) continue
    outline.words.set(lexeme.stem, { written: lower, weighty: isCapital || isOutcome(lexeme) })
  }
}

function addDays(outline: Outline, word: string, besides: (Piece | undefined)[]): void {
  if (weekdays.has(word)) outline.weekdays.add(word)
  const month = months.get(word.slice(0, 3))
  if (!month?.startsWith(word)) return
  for (const beside of besides) if (beside && 'number' in beside) outline.dates.add(`${month} ${beside.number}`)
}

/** The words that only the first and only the second statement has; a word with a typo is the same word. */
function differingWords(was: Outline, now: Outline): [removed: Word[], added: Word[]] {
  const removed = [...was.words].filter(([stem]) => !now.words.has(stem))
  const added = [...now.words].filter(([stem]) => !was.words.has(stem))
  const taken = new Set<string>()
  const left = removed.filter(([stem]) => {
    const corrected = added.find(([other]) => !taken.has(other) && isTypo(stem, other))
    if (corrected) taken.add(corrected[0])
    return !corrected
  })
  return [left.map(([, word]) => word), added.filter(([stem]) => !taken.has(stem)).map(([, word]) => word)]
}

/** One letter more, less, changed or swapped, in words of five letters or more that begin alike. */
function isTypo(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1 || a[0] !== b[0]) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  const [restA, restB] = [a.slice(start), b.slice(start)]
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0]
}

function alike(was: Outline, now: Outline, removed: number, added: number): number {
  const [before, after] = [was.words.size, now.words.size]
  if (before + after === 0) return 1
  return (before - removed + after - added) / (before + after)
}

/** Both name days, and no day is the same: they tell of two events. */
function areOtherDays(was: Outline, now: Outline): boolean {
  const differ = (a: Set<string>, b: Set<string>) => a.size > 0 && b.size > 0 && a.isDisjointFrom(b)
  return differ(was.weekdays, now.weekdays) || differ(was.dates, now.dates)
}

/** Whether figures only rose, or some were added; undefined where they are the same. */
function figuresRose(was: number[], now: number[]): boolean | undefined {
  const sorted = (figures: number[]) => String(figures.toSorted((a, b) => a - b))
  if (sorted(was) === sorted(now)) return undefined
  if (was.length === now.length) return was.every((figure, index) => figure <= now[index]!)
  const left = [...now]
  return was.every((figure) => {
    const at = left.indexOf(figure)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

const isWeighty = ({ weighty }: Word): boolean => weighty

/** Counters that sites add to titles: `(12 comments)`. */
function withoutCounters(text: string): string {
  return text.replace(/[([]\s?\d[\d.,]{0,8}k?\s(?:comments?|views?|replies|reply|likes?|shares?|reads?)\s?[)\]]/gi, ' ')
}

const setOf = (words: string): Set<string> => new Set(words.split(' '))

/** Words that turn a statement around, or say how sure it is. */
const hedgeWords = setOf(
  'not no never neither nor without cannot may might could likely unlikely probably possibly allegedly reportedly не ні нет без',
)

/** Words that a report may change without changing what it says. */
const harmless = setOf(
  'said says say saying told tells tell added adds according reported reports stated states noted notes announced ' +
    'announces officials official authorities percent cent',
)

/** Words for what happened to whom, and where: another of them is another fact. */
const outcomes = new Set(
  tokensOf(
    'killed dead death deaths died dies wounded injured injuries hurt missing captured seized destroyed damaged hit missed ' +
      'intercepted repelled denied confirmed rejected accepted approved signed suspended resumed ceased ' +
      'north south east west northern southern eastern western',
  ).map(({ lexeme }) => lexeme.stem),
)

const isOutcome = ({ word, stem }: Lexeme): boolean =>
  outcomes.has(stem) || /^(?:загин|погиб|поран|ранен|[ву]бит)/.test(word)

const correctionWords = /^(?:correct|erroneous|mistaken|clarif|retract)/

const weekdays = setOf('monday tuesday wednesday thursday friday saturday sunday')
const months = new Map(
  'january february march april may june july august september october november december'
    .split(' ')
    .map((month) => [month.slice(0, 3), month]),
)
