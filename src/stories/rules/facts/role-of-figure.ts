import { prepositionBefore, verbBefore, verbOfList } from './before-figure.ts'
import { besideFigure } from './beside-figure.ts'
import { predicateBehind } from './clause-predicate.ts'
import { countedEvents, eventVerb } from './event-verbs.ts'
import { type Event, roleOfEvent } from './events.ts'
import type { Role } from './fact.ts'
import { determiners, type FactWord, prepositions } from './fact-words.ts'
import type { Counted } from './noun-phrase.ts'
import type { Thing } from './things.ts'
import { tollEvent } from './tolls.ts'

/** A role, with what is counted. */
export type RoleFound = { role: Role; counted: Counted }

/**
 * The role of the quantity at `at`, which counts `counted`; null where no verb or noun beside it tells one. `known` is what the
 * sentence counted last: `51 of them`.
 */
export function roleOfFigure(words: FactWord[], at: number, counted: Counted, known: Thing | null): RoleFound | null {
  const before = beforeFigure(words, at)
  if (isPart(words, before, counted)) return null
  const { isShare, high } = words[at]!.quantity!
  if (isWhole(words, before)) return roleFor('launch', counted, known, isShare)
  for (const find of finders) {
    const event = find(words, before, counted, isShare)
    if (!event) continue
    if (isAnecdote(event, high)) return null
    const found = roleFor(event === 'arrive' ? (counted.inner ?? event) : event, counted, known, isShare)
    if (found) return found
  }
  return null
}

function roleFor(event: Event, counted: Counted, known: Thing | null, isShare: boolean): RoleFound | null {
  const thing = thingFor(event, counted, known)
  const role = thing !== undefined || isShare ? roleOfEvent(event, thing ?? null, isShare) : null
  return role && { role, counted: thing ? { ...counted, thing } : counted }
}

/** One who fled or came is somebody with a story, no figure of a crisis. */
function isAnecdote(event: Event, number: number): boolean {
  return number === 1 && stories.has(event)
}

const stories = new Set<Event>(['arrive', 'return', 'displace', 'move', 'evacuate', 'help'])

/** What is counted, where the phrase does not say it: `51 of them`, or a noun that is not known but may be killed. */
function thingFor(event: Event, counted: Counted, known: Thing | null): Thing | null | undefined {
  if (counted.thing === null) return counted.isOf || needsWeapon.has(event) ? known : null
  const isUnknownPerson = harms.has(event) && /[^s]s$/.test(counted.noun) && !notPersons.test(counted.noun)
  return counted.thing === undefined && isUnknownPerson ? null : counted.thing
}

const needsWeapon = new Set<Event>(['launch', 'attack', 'down', 'destroy', 'use', 'remain'])
const harms = new Set<Event>(['kill', 'wound', 'miss', 'detain'])
const notPersons =
  /(?:strikes|attacks|cases|incidents|times|places|locations|districts|regions|cities|areas|waves|explosions|events|operations|provinces|oblasts|charges|animals|horses|birds|counts|others)$/

/** The index of the word before a figure, its articles aside: `the`, `another`, `a total of`. */
function beforeFigure(words: FactWord[], at: number): number {
  let i = at - 1
  if (words[i]?.word === 'of' && words[i - 1]?.word === 'total') i -= 2
  while (i >= 0 && determiners.has(words[i]!.word)) i--
  return i
}

/** A part of a number that was given before: `including 23 children`, `three of them children`. */
function isPart(words: FactWord[], before: number, { end, noun }: Counted): boolean {
  const word = words[before]?.word ?? ''
  if (/^(?:including|includes?|included|comprising)$/.test(word)) return !/^(?:deaths|fatalities)$/.test(noun)
  if (/^(?:them|whom)$/.test(word) && /^(?:among|of)$/.test(words[before - 1]?.word ?? '')) return true
  return /^(?:of (?:them|whom|these)|among them)$/.test(`${words[end]?.word} ${words[end + 1]?.word}`)
}

/** The whole that a part was taken from: `25 of the 31 drones`. It is told for weapons: so many were launched. */
function isWhole(words: FactWord[], before: number): boolean {
  return words[before]?.word === 'of' && words[before - 1]?.quantity !== undefined
}

type Finder = (words: FactWord[], before: number, counted: Counted, isShare: boolean) => Event | null

/** From the surest sign of a role to the weakest. */
const finders: Finder[] = [
  (_, __, { noun }, isShare) => (isShare ? null : (countedEvents.get(noun) ?? null)),
  harmTogether,
  (words, before, { end }) => (isShotDown(words, before) ? 'down' : besideFigure(words, end)),
  tollEvent,
  verbBefore,
  prepositionBefore,
  (words, before, counted) => (isUnderPreposition(words, before) ? null : predicateBehind(words, counted.end)),
  (words, before, { isOf }) => (isOf ? null : verbOfList(words, before)),
  (_, __, { inner }) => (inner && tellsAlone.has(inner) ? inner : null),
]

/** Participles before a noun that tell what happened to all of them: `8,000 deported children`, not `two wounded men`. */
const tellsAlone = new Set<Event>(['move', 'evacuate', 'displace', 'return', 'abduct', 'detain', 'rescue', 'release'])

/** `Intercepted 20 missiles launched from the south`: the first verb tells what became of them. */
function isShotDown(words: FactWord[], before: number): boolean {
  return verbBefore(words, before) === 'down' || verbOfList(words, before) === 'down'
}

/** One number for dead and wounded: `300 killed and wounded`, `killing or wounding 150`. */
function harmTogether(words: FactWord[], before: number, { end }: Counted): Event | null {
  const behind = [0, 1, 2].map((i) => words[end + i]?.word)
  const left = [2, 1, 0].map((i) => words[before - i]?.word)
  return [behind, left].some(([first, joint, last]) => isHarm(first) && joints.test(joint ?? '') && isHarm(last))
    ? 'casualty'
    : null
}

const joints = /^(?:and|or|,)$/

function isHarm(word = ''): boolean {
  const event = eventVerb(word)?.event
  return event === 'kill' || event === 'wound' || word === 'missing'
}

/** A figure behind a preposition is not the subject of the clause: `in two villages ten houses were damaged`. */
function isUnderPreposition(words: FactWord[], before: number): boolean {
  const { word = '' } = words[before] ?? {}
  return prepositions.has(word) && !joins.has(word)
}

/** Words that also begin a clause. */
const joins = new Set(['as', 'than', 'after', 'before', 'since', 'because'])
