import { type Lexeme, tokensOf } from '../tokens.ts'
import { type Piece, piecesOf } from './numbers.ts'

/**
 * What became of a statement in an edit. `carried`: it has the same facts, perhaps in other words. `updated`: a figure
 * rose, or facts were added. `corrected`: a figure, a name or an outcome is another. `unlike`: it is another statement.
 */
export type TextChange = 'carried' | 'updated' | 'corrected' | 'unlike'

/** A statement as it is compared: its figures, the words that mean something, and the days it names. */
export type TextOutline = {
  figures: Figure[]
  words: Map<string, Word>
  weekdays: Set<string>
  /** `august 12`. */
  dates: Set<string>
  hedges: string[]
}

/** `isLeast`: the figure is `more than` or `over` this one. */
type Figure = { value: number; isLeast: boolean }

/** An outcome is a word such as killed or wounded. */
type Word = { written: string; kind: 'name' | 'outcome' | 'other' }

/** Statements with a smaller share of common words are different ones. */
export const minAlike = 0.5
/** Statements with other figures must be more alike, or they tell of two events. */
const minAlikeWithOtherFigures = 0.6
/** So many added words are a fact, where none went. */
const minAddedWords = 3
/** A fact is another one where so few words were exchanged; where more were, the statement was rewritten. */
const maxExchangedWords = 2
/** Longer statements are compared up to here, in characters. */
const maxLength = 2_000

/** Compares two wordings of a statement: the one that was read before, and the one of now. */
export function compareTexts(was: string, now: string): TextChange {
  return folded(was) === folded(now) ? 'carried' : compareOutlines(outlineOf(was), outlineOf(now))
}

/**
 * Compares the first and the last wording of a statement that several edits changed. They may have few words in common: then
 * only a figure that is another one, and not a higher one, says that the first was wrong.
 */
export function compareOverEdits(was: string, now: string): Exclude<TextChange, 'unlike'> {
  const change = compareTexts(was, now)
  if (change !== 'unlike') return change
  return figuresOf(outlineOf(was).figures, outlineOf(now).figures) === 'other' ? 'corrected' : 'updated'
}

/** Compares two statements by their figures, and by the words that only one of them has. */
export function compareOutlines(was: TextOutline, now: TextOutline): TextChange {
  const [removed, added] = differingWords(was, now)
  const share = alike(was, now, removed.length, added.length)
  if (share < minAlike || areOtherDays(was, now)) return 'unlike'
  const figures = figuresOf(was.figures, now.figures)
  if (figures === 'higher' || figures === 'other') {
    if (share < minAlikeWithOtherFigures) return 'unlike'
    return figures === 'other' || added.some(({ written }) => correctionWords.test(written)) ? 'corrected' : 'updated'
  }
  if (figures === 'fewer' && removed.length + added.length === 0) return 'corrected'
  if (isOtherFact(was, now, removed, added)) return 'corrected'
  return removed.length === 0 && added.length >= minAddedWords ? 'updated' : 'carried'
}

/** A few words were exchanged, and with them a fact. */
function isOtherFact(was: TextOutline, now: TextOutline, removed: Word[], added: Word[]): boolean {
  if (Math.max(removed.length, added.length) > maxExchangedWords) return false
  return String(was.hedges) !== String(now.hedges) || areExchanged(removed, added)
}

/** One outcome for another, or names for as many names. */
function areExchanged(removed: Word[], added: Word[]): boolean {
  const isOutcome = ({ kind }: Word) => kind === 'outcome'
  const isName = ({ kind }: Word) => kind === 'name'
  if (removed.some(isOutcome) && added.some(isOutcome)) return true
  return removed.length > 0 && removed.length === added.length && [...removed, ...added].every(isName)
}

/** What became of the figures of a title; undefined where they are the same, or the title is another one. */
export function compareTitles(was: string, now: string): 'updated' | 'corrected' | undefined {
  const [before, after] = [outlineOf(was), outlineOf(now)]
  const change = compareOutlines(before, after)
  const figures = figuresOf(before.figures, after.figures)
  if (change === 'carried' || change === 'unlike' || figures === 'same' || figures === 'fewer') return undefined
  return change
}

/** Whether a text tells the same as before with other figures. Figures that were only added or left out are no change. */
export function replacesFigures(was: string, now: string): boolean {
  if (was === now) return false
  const [before, after] = [outlineOf(was), outlineOf(now)]
  const change = compareOutlines(before, after)
  if (change === 'carried' || change === 'unlike') return false
  return minus(before.figures, after.figures).length > 0 && minus(after.figures, before.figures).length > 0
}

/** The share of words that two statements have in common, 0 to 1. */
export function likeness(was: TextOutline, now: TextOutline): number {
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

export function outlineOf(text: string): TextOutline {
  const outline: TextOutline = { figures: [], words: new Map(), weekdays: new Set(), dates: new Set(), hedges: [] }
  const pieces = piecesOf(withoutCounters(text.slice(0, maxLength)).normalize('NFKC'))
  for (const [index, piece] of pieces.entries()) {
    if ('number' in piece) outline.figures.push({ value: piece.number, isLeast: isLeast(pieces, index) })
    else addWord(outline, piece.word, pieces[index - 1], pieces[index + 1])
  }
  outline.hedges.sort()
  withoutTitleCase(outline)
  return outline
}

/** In A Headline Like This, capital letters make no names. */
function withoutTitleCase({ words }: TextOutline): void {
  const names = [...words.values()].filter(({ kind }) => kind === 'name')
  if (words.size < 4 || names.length * 3 < words.size * 2) return
  for (const name of names) name.kind = 'other'
}

function addWord(outline: TextOutline, written: string, before?: Piece, after?: Piece): void {
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
    outline.words.set(lexeme.stem, {
      written: lower,
      kind: isOutcome(lexeme) ? 'outcome' : isCapital ? 'name' : 'other',
    })
  }
}

function addDays(outline: TextOutline, word: string, besides: (Piece | undefined)[]): void {
  if (weekdays.has(word)) outline.weekdays.add(word)
  const month = months.get(word.slice(0, 3))
  if (!month?.startsWith(word)) return
  for (const beside of besides) if (beside && 'number' in beside) outline.dates.add(`${month} ${beside.number}`)
}

/** The words that only the first and only the second statement has; a word with a typo is the same word. */
function differingWords(was: TextOutline, now: TextOutline): [removed: Word[], added: Word[]] {
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

function alike(was: TextOutline, now: TextOutline, removed: number, added: number): number {
  const [before, after] = [was.words.size, now.words.size]
  if (before + after === 0) return 1
  return (before - removed + after - added) / (before + after)
}

/** Both name days, and no day is the same: they tell of two events. */
function areOtherDays(was: TextOutline, now: TextOutline): boolean {
  const differ = (a: Set<string>, b: Set<string>) => a.size > 0 && b.size > 0 && a.isDisjointFrom(b)
  return differ(was.weekdays, now.weekdays) || differ(was.dates, now.dates)
}

function isLeast(pieces: Piece[], at: number): boolean {
  const wordBefore = (back: number) => {
    const piece = pieces[at - back]
    return piece && 'word' in piece ? piece.word.toLowerCase() : ''
  }
  return wordBefore(1) === 'over' || (wordBefore(1) === 'than' && wordBefore(2) === 'more')
}

/** `higher`: each is the same or rose, or some were added. `fewer`: some are left out. */
function figuresOf(was: Figure[], now: Figure[]): 'same' | 'higher' | 'fewer' | 'other' {
  const [before, after] = [minus(was, now), minus(now, was)]
  if (before.length + after.length === 0) return 'same'
  if (after.length === 0) return 'fewer'
  if (before.length === 0) return 'higher'
  const rose = before.length === after.length && before.every(({ value }, index) => value < after[index]!.value)
  return rose ? 'higher' : 'other'
}

/** The figures of the first list that the second does not have, in their order. */
function minus(some: Figure[], others: Figure[]): Figure[] {
  const left = [...others]
  return some.filter((figure) => {
    const at = left.findIndex((other) => areSame(figure, other))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** `103` is `over 100`, and `14` is `more than a dozen`. */
function areSame(a: Figure, b: Figure): boolean {
  if (a.value === b.value) return true
  const [less, more] = a.value < b.value ? [a, b] : [b, a]
  return less.isLeast && !more.isLeast && more.value <= less.value * maxRounded
}

/** A round figure stands for figures up to this many times its size. */
const maxRounded = 1.25

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
