import { type Piece, piecesOf } from '../edits/numbers.ts'
import { oncePerText } from '../once-per-text.ts'

/** A number of a text with what it counts; it may stand for a greater one, for a smaller one, or for both. */
export type OutcomeFigure = { value: number; outcome: string | undefined; mayBeMore: boolean; mayBeLess: boolean }

/** What happens to people, and what flies: figures for one of these are the same only if they are equal. */
const outcomes: [outcome: string, words: RegExp][] = [
  [
    'killed',
    /^(?:kill(?:s|ed|ing)?|dead|deaths?|die[ds]?|dying|fatalit(?:y|ies)|toll|victims|загин\p{L}+|погиб\p{L}+|вбит\p{L}+|убит\p{L}+|morts?|tu[ée]e?s?|muert[oe]s?|tote|getötet)$/iu,
  ],
  [
    'hurt',
    /^(?:injur(?:e|es|ed|ing|ies)|wound(?:s|ed|ing)?|hurt|поранен\p{L}*|ранен\p{L}*|травмован\p{L}*|blessée?s?|herid[oa]s?|verletzt\p{L}?)$/iu,
  ],
  ['missing', /^(?:missing|зникл\p{L}+|пропал\p{L}+|disparus?|desaparecid[oa]s?|vermisst\p{L}?)$/iu],
  [
    'displaced',
    /^(?:displac(?:e|es|ed|ing|ements?)|evacuat(?:e|es|ed|ing)|fled|flee(?:s|ing)?|homeless|переселен\p{L}+|евакуйован\p{L}+|эвакуирован\p{L}+)$/iu,
  ],
  ['detained', /^(?:arrest(?:s|ed)?|detain(?:s|ed)?|jailed)$/iu],
  ['drones', /^(?:drones?|uavs?|shaheds?|безпілотник\p{L}*|беспилотник\p{L}*|дрон\p{L}*|бпла)$/iu],
  ['missiles', /^(?:missiles?|rockets?|ракет\p{L}*)$/iu],
]

const orMore =
  /^(?:least|than|over|about|around|some|approximately|roughly|понад|більше|більш|близько|около|более|plus|environ|más|über)$/iu
const orLess = /^(?:nearly|almost|under|to|about|around|some|approximately|roughly|близько|около|environ)$/iu
const isRough = (word: string) => orMore.test(word) || orLess.test(word)
const countsPeople = /^(?:people|persons?|others?|more|at|to|civilians|of|the|другие|людей|осіб|человек)$/iu

/** An age, a time or a length counts nobody. */
const measures =
  /^(?:years?|hours?|minutes?|days?|weeks?|months?|percent|per|km|kms|kilomet(?:re|er)s?|met(?:re|er)s?|miles?|point)$/i

/** How many words behind a number tell what it counts. */
const maxWordsBehind = 5

/** The figures of a text without its days, months and years. */
export const outcomeFigures = oncePerText((text: string): readonly OutcomeFigure[] => {
  const undated = digit.test(text) ? text.replace(dates, ' ') : text
  const pieces = piecesOf(undated.replace(partOfCount, ','))
  return pieces.flatMap((piece, at) => {
    if ('word' in piece) return []
    const before = wordOf(pieces[at - 1])
    const rounded = { mayBeMore: orMore.test(before), mayBeLess: orLess.test(before) }
    return [{ value: piece.number, outcome: outcomeAt(pieces, at), ...rounded }]
  })
})

/** Every date has one, and most sentences have none. */
const digit = /\d/

/** `four people, including two children, were killed`: a part of those that the figure before it counts. */
const partOfCount = /,? (?:including|among them) [^,.;]{1,60}[,.;]/gi

const wordOf = (piece: Piece | undefined): string => (piece && 'word' in piece ? piece.word : '')

/** `killed at least 6 people`, else `6 people were killed`. */
function outcomeAt(pieces: Piece[], at: number): string | undefined {
  if (measures.test(wordOf(pieces[at + 1]))) return undefined
  let before = at - 1
  while (isRough(wordOf(pieces[before])) || countsPeople.test(wordOf(pieces[before]))) before -= 1
  const told = outcomeOf(wordOf(pieces[before]))
  if (told && told !== 'drones' && told !== 'missiles') return told
  for (const piece of pieces.slice(at + 1, at + 1 + maxWordsBehind)) {
    if ('number' in piece) return undefined
    const outcome = outcomeOf(piece.word)
    if (outcome) return outcome
  }
  return undefined
}

function outcomeOf(word: string): string | undefined {
  return word === '' ? undefined : outcomes.find(([, words]) => words.test(word))?.[0]
}

/** A rough figure stands for figures up to this many times its size; a dozen and more is less than two dozens. */
const maxRounded = 1.25
const maxOfDozen = 2

/** Whether two figures may be the same: `103` is `more than 100`, and `98` is `nearly 100`. */
function areSame(a: OutcomeFigure, b: OutcomeFigure): boolean {
  if (a.value === b.value) return true
  const [less, more] = a.value < b.value ? [a, b] : [b, a]
  const most = less.value * (less.value === 12 ? maxOfDozen : maxRounded)
  return (less.mayBeMore || more.mayBeLess) && more.value <= most
}

/** A test for texts that have figures and none of a claim, or count the same otherwise: they tell of different things. */
export function figuresOtherThan(claim: string): (quotation: string) => boolean {
  const isSeveral = ({ value }: OutcomeFigure) => value > 1
  const own = outcomeFigures(claim)
  if (own.length === 0) return () => false
  return (quotation) => {
    const quoted = outcomeFigures(quotation)
    return areOthers(own.filter(isSeveral), quoted.filter(isSeveral)) || areCountedOtherwise(own, quoted)
  }
}

/** Whether two texts give one number of several dead, hurt or the like. */
export function shareCount(one: string, other: string): boolean {
  const counts = outcomeFigures(one).filter(({ value, outcome }) => value > 1 && outcome !== undefined)
  if (counts.length === 0) return false
  const others = outcomeFigures(other)
  return counts.some(({ value, outcome }) => others.some((each) => each.value === value && each.outcome === outcome))
}

/** Whether both texts count the dead, the hurt or the like, and give other numbers for them. */
export function countOtherwise(one: string, other: string): boolean {
  const figures = outcomeFigures(one)
  return haveOutcome(figures) && areCountedOtherwise(figures, outcomeFigures(other))
}

/** Whether figures of two texts count the dead, the hurt or the like, and give other numbers for them. */
export function areCountedOtherwise(some: readonly OutcomeFigure[], others: readonly OutcomeFigure[]): boolean {
  return outcomes.some(([outcome]) => {
    const isOfOutcome = (figure: OutcomeFigure) => figure.outcome === outcome
    return areOthers(some.filter(isOfOutcome), others.filter(isOfOutcome))
  })
}

/** Whether some of these figures count the dead, the hurt or the like. */
export function haveOutcome(figures: readonly OutcomeFigure[]): boolean {
  return figures.some(({ outcome }) => outcome !== undefined)
}

/** A test for sentences that have all counts of a claim as it gives them; null for a claim that counts nobody. */
export function countsOf(claim: string): ((sentence: string) => boolean) | null {
  const counts = outcomeFigures(claim).filter(({ outcome }) => outcome !== undefined)
  if (counts.length === 0) return null
  return (sentence) => {
    const found = outcomeFigures(sentence)
    return counts.every(({ value, outcome }) =>
      found.some((other) => other.value === value && other.outcome === outcome),
    )
  }
}

/** Whether there are figures on both sides, and none is the same. */
function areOthers(own: readonly OutcomeFigure[], quoted: readonly OutcomeFigure[]): boolean {
  const isQuoted = (figure: OutcomeFigure) => quoted.some((other) => areSame(figure, other))
  return own.length > 0 && quoted.length > 0 && !own.some(isQuoted)
}

/** The numbers of a text as they are written, but not its days, months and years. */
export function figuresIn(text: string): string[] {
  if (!digit.test(text)) return []
  return text.replace(dates, ' ').match(/\d+(?:[.,]\d+)*/g) ?? []
}

const months =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.|Apr\\.?|Jun\\.|Jul\\.|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)'
const dates = new RegExp(
  `\\b${months} \\d{1,2}(?:(?:-|–| and | to )\\d{1,2})?\\b|\\b\\d{1,2} ${months}(?!\\p{L})|\\b(?:19|20)\\d{2}\\b`,
  'gu',
)
