import { hasObject } from './beside-figure.ts'
import { type EventVerb, eventVerb } from './event-verbs.ts'
import type { Event } from './events.ts'
import { auxiliaries, clauseEnds, type FactWord, passingVerbs } from './fact-words.ts'
import { otherVerb } from './other-verbs.ts'
import { stateAt } from './states.ts'

const maxDistance = 16

/** The event of the clause whose subject the figure is: `75 missiles and ten drones were destroyed`. */
export function predicateBehind(words: FactWord[], end: number): Event | null {
  let isPassive = false
  for (let i = end; i < Math.min(words.length, end + maxDistance); i++) {
    const { word } = words[i]!
    if (word in closings) {
      i = afterAside(words, i)
      continue
    }
    if (
      clauseEnds.has(word) ||
      word === 'not' ||
      word === 'never' ||
      (i > end && relatives.has(word) && words[i + 1]?.word !== 'having')
    )
      return null
    isPassive ||= isBe.test(word)
    const told = eventTold(words, i, end, isPassive)
    if (told !== undefined) return told
  }
  return null
}

const relatives = new Set(['that', 'which', 'where', 'when', 'while', 'who', 'after', 'as'])
const isBe = /^(?:was|were|is|are|be|been|being|got|remains?|remained)$/

/** What one word of the clause tells: an event, null if the clause tells none, undefined if the words go on. */
function eventTold(words: FactWord[], i: number, end: number, isPassive: boolean): Event | null | undefined {
  const { word } = words[i]!
  const state = stateAt(words, i)
  if (state) return state
  if (auxiliaries.has(word)) return undefined
  const verb = eventVerb(word)
  if (verb) return eventOfVerb(verb, isPassive && !word.endsWith('ing'), hasObject(words, i + 1))
  if (passingVerbs.has(word) && (isPassive || i === end)) return undefined
  return otherVerb(word) || (isPassive && word.endsWith('ed')) ? null : undefined
}

/** What a verb tells of its subject: `were destroyed`, `have fled`, `hit the plant`; null where it tells of its object. */
function eventOfVerb({ event, form }: EventVerb, isPassive: boolean, isBeforeObject: boolean): Event | null {
  if (form === 'own') return isPassive && event === 'attack' ? null : event
  if (form === 'past' && isPassive) return event
  return event === 'hit' && isBeforeObject ? event : null
}

const maxAside = 14
/** Marks that open an aside, and those that close it. */
const closings: Readonly<Record<string, string>> = { ',': ',', '(': ')', '–': '–', '—': '—' }

/** Behind a comma or a bracket: the index after which the clause goes on, or the end of the words where it does not. */
function afterAside(words: FactWord[], mark: number): number {
  const { word = '', quantity } = words[mark + 1] ?? {}
  const opening = words[mark]!.word
  if (opening === ',' && (quantity || word === 'and' || word === 'or')) return mark
  if (opening !== '(' && !asides.test(word)) return words.length
  const closing = closings[opening]
  const close = words.slice(mark + 1, mark + maxAside).findIndex((each) => each.word === closing)
  return close < 0 ? words.length : mark + 1 + close
}

const asides = /^(?:including|among|mostly|most|some|all|many|aged|who|which)$/
