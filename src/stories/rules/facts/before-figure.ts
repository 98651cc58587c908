import { eventBeforeOf, eventVerb } from './event-verbs.ts'
import type { Event } from './events.ts'
import { clauseEnds, type FactWord, passingVerbs } from './fact-words.ts'
import type { Counted } from './noun-phrase.ts'
import { otherVerb } from './other-verbs.ts'

/** The verb right before: `killed two`, `shot down 70`, `forced 40 residents onto a bus`. */
export function verbBefore(words: FactWord[], before: number, counted?: Counted): Event | null {
  const { word = '' } = words[before] ?? {}
  if (word === 'down' || word === 'out') return partedVerb(words, before)
  if (counted && /^forc(?:ed|ing|e)$/.test(word)) return forcedTo(words, counted.end)
  const verb = eventVerb(word)
  if (!verb || verb.form === 'own') return mayHaveObject.has(word) ? 'return' : null
  if (isWish(words, before)) return null
  return verb.form === 'past' && isPassive(words, before) ? null : verb.event
}

/** What is only planned, needed or possible: `needs to mobilise 300`, `could launch 50`. */
function isWish(words: FactWord[], verb: number): boolean {
  const { word = '' } = words[verb - 1] ?? {}
  if (word === 'to')
    return !/^(?:continu|began|begun|begin|managed|forced|helped|used)/.test(words[verb - 2]?.word ?? '')
  return /^(?:can|could|might|would|should|must|may|cannot)$/.test(word)
}

const mayHaveObject = new Set(['returned', 'returning'])

/** `Shot down 70`, `took out 20 children`; `down` alone is a verb too: `forces down 70% of drones`. */
function partedVerb(words: FactWord[], at: number): Event | null {
  const verb = words[at - 1]?.word ?? ''
  if (words[at]!.word === 'out') return moving.test(verb) && !isPassive(words, at - 1) ? 'move' : null
  return isPassive(words, at - 1) || otherDown.test(verb) ? null : 'down'
}

const moving = /^(?:moved|moving|took|taken|brought|driven)$/
const otherDown = /^(?:is|was|were|are|be|been|came|come|went|go|goes|fell|fall|sit|track|slowed|\d)$/

function forcedTo(words: FactWord[], end: number): Event | null {
  const next = `${words[end]?.word} ${words[end + 1]?.word}`
  if (/^(?:onto|into|aboard) /.test(next)) return 'move'
  return /^(?:from|out of|to (?:flee|leave|evacuate))/.test(next) ? 'displace' : null
}

function isPassive(words: FactWord[], at: number): boolean {
  let i = at - 1
  while (i > at - 4 && isAdverb(words[i]?.word ?? '')) i--
  return /^(?:was|were|is|are|be|been|being|people|those|number)$/.test(words[i]?.word ?? '')
}

const isAdverb = (word: string) => /ly$/.test(word) || passingVerbs.has(word) || word === 'not'

/** The noun or verb that a preposition before the figure belongs to: `deaths of five`, `attacked with ten drones`. */
export function prepositionBefore(words: FactWord[], before: number, { thing }: Counted): Event | null {
  const word = words[before]?.word ?? ''
  if (word === 'of') {
    const noun = words[before - 1]?.word ?? ''
    if (noun === 'out') return 'launch'
    return isDemanded(words, before - 1) ? null : (eventBeforeOf.get(noun) ?? null)
  }
  if (word === 'to' && words[before - 1]?.word === 'host') return 'help'
  const isWeapon = thing?.kind === 'drone' || thing?.kind === 'missile'
  return isWeapon && /^(?:with|by|using|involving)$/.test(word) ? attackBefore(words, before) : null
}

/** `Demands the return of 50 children`: it has not happened. */
function isDemanded(words: FactWord[], noun: number): boolean {
  return words
    .slice(Math.max(0, noun - 5), noun)
    .some(({ word }) => /^(?:demand|call|seek|sought|urge|await)/.test(word))
}

const maxDistance = 16

function attackBefore(words: FactWord[], before: number): Event | null {
  for (let i = before - 1; i >= Math.max(0, before - maxDistance); i--) {
    const { word } = words[i]!
    if (clauseEnds.has(word)) return null
    if (/^(?:target|attack|bombard|pound|assault)/.test(word)) return 'launch'
    if (/^(?:hit|struck|strikes?)$/.test(word)) return words[before]!.word === 'by' ? 'hit' : 'launch'
    if (eventVerb(word) || otherVerb(word)) return null
  }
  return null
}

/** The verb of a list whose later part the figure is: `launched 90 missiles and 11 drones`. */
export function verbOfList(words: FactWord[], before: number): Event | null {
  if (!/^(?:and|or|,|&|plus)$/.test(words[before]?.word ?? '')) return null
  for (let i = before - 1; i >= Math.max(0, before - maxDistance); i--) {
    const { word } = words[i]!
    if (clauseEnds.has(word) || listEnds.has(word)) return null
    const event = verbBefore(words, i)
    if (event) return event
    if (eventVerb(word) || otherVerb(word)) return null
  }
  return null
}

const listEnds = new Set([
  'that',
  'who',
  'which',
  'while',
  'after',
  'when',
  'as',
  'including',
  'is',
  'are',
  'was',
  'were',
])
