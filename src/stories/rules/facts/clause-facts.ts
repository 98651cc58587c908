import { type NumberAt, numbersIn } from '../../../reading/rules/edits/numbers.ts'
import { datesIn } from './dates.ts'
import { type Event, roleOfEvent } from './events.ts'
import type { Bound, Fact } from './fact.ts'
import { isNoFigure } from './no-figures.ts'
import type { Thing } from './things.ts'

/** What a language has for figures: the words of events and things, and patterns for what stands around a figure. */
export type FactVocabulary = {
  eventIn(clause: string): Event | undefined
  thingAt(nouns: string[]): Thing | undefined
  /** Marks and words that join two clauses. */
  joints: RegExp
  /** Words that end the nouns behind a figure. */
  stops: RegExp
  /** Nouns of which no person is told. */
  notPersons: RegExp
  /** Before a part of a number that was given before. */
  part: RegExp
  /** Behind a number that counts no people and no things. */
  unit: RegExp
  /** Words before a figure that say how exact it is. */
  hedges: RegExp
  boundOf(hedge: string): Bound
}

/** The figures of a sentence whose role is certain; offsets count in the sentence. */
export function clauseFactsIn(sentence: string, speaker: string | null, vocabulary: FactVocabulary): Fact[] {
  const dates = datesIn(sentence)
  const facts: Fact[] = []
  let known: Event | undefined
  for (const { start, end } of clausesOf(sentence, vocabulary)) {
    const clause = sentence.slice(start, end)
    const numbers = numbersIn(clause)
    if (numbers.length === 0) continue
    const event = vocabulary.eventIn(clause) ?? known
    for (const number of numbers) {
      const at = { start: start + number.start, end: start + number.end }
      const fact = event && factAt({ sentence, clause, number, at, event, dates }, vocabulary)
      if (fact) facts.push({ ...fact, speaker })
      if (fact) known = event
    }
  }
  return facts
}

type At = { start: number; end: number }
type Figure = { sentence: string; clause: string; number: NumberAt; at: At; event: Event; dates: At[] }

function factAt(figure: Figure, words: FactVocabulary): Fact | undefined {
  const { sentence, clause, number, at, event, dates } = figure
  if (words.part.test(clause.slice(0, number.start)) || words.unit.test(clause.slice(number.end))) return undefined
  if (isNoFigure(sentence, { ...at, isShare: false }, dates)) return undefined
  const nouns = nounsBehind(clause, number.end, words)
  const thing = words.thingAt(nouns)
  if (!thing && nouns.length > 0 && !persons.has(event)) return undefined
  if (!thing && nouns[0] && words.notPersons.test(nouns[0])) return undefined
  const role = roleOfEvent(event, thing ?? null, false)
  if (!role || (number.number === 1 && role === 'moved')) return undefined
  const hedge = words.hedges.exec(sentence.slice(Math.max(0, at.start - 30), at.start))?.[0] ?? ''
  const start = at.start - hedge.length
  return {
    role,
    value: sentence.slice(start, at.end),
    low: number.number,
    high: number.number,
    bound: words.boundOf(hedge),
    unit: thing?.unit ?? null,
    speaker: null,
    start,
    end: at.end,
  }
}

/** A clause for each verb: sentences are divided at commas and at `and` before words that tell another event. */
function clausesOf(sentence: string, { joints, eventIn }: FactVocabulary): At[] {
  const starts = [...sentence.matchAll(joints)].flatMap(({ 0: joint, index }) => {
    const behind = sentence.slice(index + joint.length)
    const next = /^[^,;:—–(]*/u.exec(behind)?.[0] ?? ''
    return /\d|\p{L}/u.test(next) && eventIn(next) !== undefined ? [index + joint.length] : []
  })
  const all = [0, ...starts]
  return all.map((start, i) => ({ start, end: all[i + 1] ?? sentence.length }))
}

/** Up to three words behind a figure, before a mark or a preposition. */
function nounsBehind(clause: string, end: number, { stops, eventIn }: FactVocabulary): string[] {
  const phrase = /^\.?((?: [\p{L}'’-]+){1,3})/u.exec(clause.slice(end))?.[1] ?? ''
  const words = phrase
    .trim()
    .split(' ')
    .filter((word) => word !== '')
  const stop = words.findIndex((word) => stops.test(word) || eventIn(word) !== undefined)
  return stop < 0 ? words : words.slice(0, stop)
}

/** Events that are told of persons where no noun says of what. */
const persons = new Set<Event>(['kill', 'wound', 'evacuate', 'miss', 'detain', 'rescue'])
