import { eventVerb } from './event-verbs.ts'
import type { Event } from './events.ts'
import { auxiliaries, type FactWord, prepositions, times } from './fact-words.ts'
import { stateAt } from './states.ts'

/** The state or participle right behind: `two dead`, `33 wounded in Kyiv`, `seven million homes without power`. */
export function besideFigure(words: FactWord[], end: number): Event | null {
  const at = afterAdverbs(words, end)
  const state = stateAt(words, at)
  if (state) return state
  const verb = eventVerb(words[at]?.word ?? '')
  if (verb?.form === 'own') return verb.event
  return verb?.form === 'past' && !hasObject(words, at + 1) ? verb.event : null
}

function afterAdverbs(words: FactWord[], from: number): number {
  let at = from
  while (at < from + 2 && adverbs.test(words[at]?.word ?? '')) at++
  return at
}

const adverbs = /^(?:more|others|have|also|reportedly|newly|were|was|who|that)$/

/** Whether a past form has an object behind it, so that it is no participle: `two drones hit the plant`. */
export function hasObject(words: FactWord[], at: number): boolean {
  const next = words[at]
  if (!next || /^[^\p{L}#]|ly$/u.test(next.word)) return false
  if (prepositions.has(next.word) || times.has(next.word) || auxiliaries.has(next.word)) return false
  return eventVerb(next.word)?.form !== 'own'
}
