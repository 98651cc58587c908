import { eventVerb, states } from './event-verbs.ts'
import type { Event } from './events.ts'
import { clauseEnds, type FactWord } from './fact-words.ts'

const maxDistance = 9

/** The event whose number a figure is: `the death toll rose to 16`, `power was restored to 20,000 homes`. */
export function tollEvent(words: FactWord[], before: number): Event | null {
  if (!reaching.test(words[before]?.word ?? '')) return null
  for (let i = before - 1; i >= Math.max(0, before - maxDistance); i--) {
    if (clauseEnds.has(words[i]!.word)) return null
    const event = eventAt(words, i, before)
    if (event) return event
  }
  return null
}

const reaching =
  /^(?:to|at|for|reach(?:e[ds])?|hits?|passe[ds]|tops?|topped|exceed(?:s|ed)|surpasse[ds]|is|was|stands|stood|of)$/

function eventAt(words: FactWord[], i: number, before: number): Event | null {
  const { word } = words[i]!
  const reached = words[before]!.word
  if (word === 'toll') return /^(?:injury|injured|wounded)$/.test(words[i - 1]?.word ?? '') ? 'wound' : 'kill'
  if (word === 'number' && words[i + 1]?.word === 'of') return numbered(words.slice(i + 2, before))
  if (/^(?:outages?|blackouts?)$/.test(word)) return reached === 'for' ? 'darken' : null
  if (!/^(?:power|electricity)$/.test(word) || !/^(?:to|for)$/.test(reached)) return null
  return powerFor(words.slice(Math.max(0, i - 3), before))
}

/** What is numbered: `the number of wounded`, `the number of people killed`. */
function numbered(words: FactWord[]): Event | null {
  for (const { word } of words) {
    const event = eventVerb(word)?.event ?? states.get(word) ?? (word === 'deaths' ? 'kill' : undefined)
    if (event) return event
  }
  return null
}

function powerFor(words: FactWord[]): Event | null {
  const phrase = words.map(({ word }) => word).join(' ')
  if (/\b(?:restor|reconnect|return|back)/.test(phrase)) return 'reconnect'
  return /\b(?:cut|cuts|knock(?:s|ed|ing)?|without|lost|off)\b/.test(phrase) ? 'darken' : null
}
