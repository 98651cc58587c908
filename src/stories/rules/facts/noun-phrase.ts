import { eventVerb } from './event-verbs.ts'
import type { Event } from './events.ts'
import { auxiliaries, clauseEnds, type FactWord, prepositions } from './fact-words.ts'
import { type Thing, thingOf, weaponNamed } from './things.ts'

/**
 * What a quantity counts: the words from `from` (exclusive) to `end` (exclusive). `thing` is null where no noun stands
 * there, and undefined for a noun that is not known. `inner` is an event that a participle tells: `50 wounded soldiers`.
 */
export type Counted = {
  thing: Thing | null | undefined
  noun: string
  end: number
  inner?: Event | undefined
  isOf: boolean
}

const maxWords = 9

/** The noun phrase behind the quantity at `at`. */
export function countedAt(words: FactWord[], at: number): Counted {
  const isOf = words[at + 1]?.word === 'of'
  if (isOf && pronouns.has(words[at + 2]?.word ?? '')) return { thing: null, noun: '', end: at + 3, isOf }
  if (words[at + 1]?.word === 'out' && words[at + 2]?.word === 'of' && words[at + 3]?.quantity)
    return { ...countedAt(words, at + 3), end: at + 1, isOf: false }
  const phrase: Phrase = { start: isOf ? afterDeterminers(words, at + 2) : at + 1, high: words[at]!.quantity!.high }
  const limit = Math.min(words.length, at + maxWords)
  let i = phrase.start
  for (; i < limit; i++) {
    if (endsPhrase(words, i, phrase.start)) break
    const head = headAt(words, i, phrase)
    if (head === 'end') break
    if (head) return { ...head, inner: phrase.inner, isOf }
  }
  return { ...withoutHead(words, i, phrase), inner: phrase.inner, isOf }
}

/** What was read of a phrase: a participle, and a weapon that its name alone may stand for. */
type Phrase = { start: number; high: number; inner?: Event; named?: { thing: Thing; end: number } }
type Head = { thing: Thing; noun: string; end: number }

/** The head of the phrase, if the word at `i` is it; `end` where a verb shows that the phrase is over. */
function headAt(words: FactWord[], i: number, phrase: Phrase): Head | 'end' | undefined {
  const { word, written } = words[i]!
  const compound = compoundAt(words, i)
  if (compound) return { thing: compound, noun: words[i + 1]!.word, end: i + 2 }
  const thing = thingOf(word, written)
  const verb = thing ? undefined : eventVerb(word)
  if (verb && (verb.form === 'active' || !leadsToNoun(words, i + 1))) return 'end'
  if (verb) phrase.inner = verb.event
  if (!thing) return undefined
  if (weaponNamed(written)) phrase.named = { thing, end: i + 1 }
  else if (isHead(words, i, phrase.high)) return { thing, noun: word, end: i + 1 }
  return undefined
}

/** A plural, or the singular of one, is the head where no other noun follows. */
function isHead(words: FactWord[], i: number, number: number): boolean {
  const next = words[i + 1]
  if (!isPlural(words[i]!.word))
    return number === 1 && (!next || auxiliaries.has(next.word) || !/^\p{Ll}+s$/u.test(next.written))
  return !next || !isPlural(next.word) || !thingOf(next.word, next.written)
}

const pronouns = new Set(['them', 'which', 'whom', 'these', 'those'])

function afterDeterminers(words: FactWord[], from: number): number {
  let at = from
  while (['the', 'these', 'those', 'its', 'their', 'his', 'all'].includes(words[at]?.word ?? '')) at++
  return words[at]?.quantity ? at + 1 : at
}

/** The phrase that ends before `end` and has no noun that is known. */
function withoutHead(words: FactWord[], end: number, { start, named }: Phrase): Omit<Counted, 'isOf'> {
  if (named) return { ...named, noun: '' }
  const rest = words.slice(start, end).filter(({ word }) => !extras.has(word))
  return { thing: rest.length === 0 ? null : undefined, noun: rest.at(-1)?.word ?? '', end }
}

/** Words that add nothing to the number: `three more`, `40 others`. */
const extras = new Set('more others other additional further people’s so far also newly and or'.split(' '))

function endsPhrase(words: FactWord[], at: number, start: number): boolean {
  const { word, quantity } = words[at]!
  if (quantity) return true
  if (word === 'and' || word === 'or') return !joinsAdjectives(words, at, start)
  return (
    endWords.has(word) || prepositions.has(word) || auxiliaries.has(word) || clauseEnds.has(word) || marks.test(word)
  )
}

const endWords = new Set(
  'who that which where when whose while but if the a an its their his her it he she they this these overnight today yesterday tonight monday tuesday wednesday thursday friday saturday sunday early late dead missing homeless lost left out not'.split(
    ' ',
  ),
)
const marks = /^[^\p{L}\p{N}]/u

/** `Kalibr and Iskander cruise missiles`, `missile and drone strikes`: the noun comes behind both. */
function joinsAdjectives(words: FactWord[], at: number, start: number): boolean {
  const before = words[at - 1]
  const after = words[at + 1]
  if (!before || !after || at === start || after.quantity) return false
  const isOpen = !isPlural(before.word) || weaponNamed(before.written) !== undefined
  return isOpen && eventVerb(after.word) === undefined && leadsToNoun(words, at + 1)
}

/** Whether a noun that is counted stands within the next words of the phrase. */
function leadsToNoun(words: FactWord[], from: number): boolean {
  for (let i = from; i < Math.min(words.length, from + 4); i++) {
    const { word, written, quantity } = words[i]!
    if (quantity || prepositions.has(word) || auxiliaries.has(word) || marks.test(word) || endWords.has(word))
      return false
    if (thingOf(word, written) && isPlural(word)) return true
    if (eventVerb(word)) return false
  }
  return false
}

/** `25 missile strikes`, `three drone attacks`, `five unmanned aerial vehicles`. */
function compoundAt(words: FactWord[], at: number): Thing | undefined {
  const [first, second] = [words[at]!, words[at + 1]?.word ?? '']
  if (first.word === 'aerial' && second === 'vehicles') return { kind: 'drone', unit: 'drones' }
  if (!/^(?:strikes|attacks|launches)$/.test(second)) return undefined
  const weapon = thingOf(first.word, first.written)
  if (weapon?.kind !== 'missile' && weapon?.kind !== 'drone') return undefined
  return { kind: weapon.kind, unit: `${weapon.kind} strikes` }
}

function isPlural(word: string): boolean {
  return /(?:[^s]s|men|people|children|police|personnel|aircraft|staff|crew|-\d+|ese|iraqi|rohingya)$/.test(word)
}
