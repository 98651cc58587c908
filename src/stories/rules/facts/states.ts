import { states } from './event-verbs.ts'
import type { Event } from './events.ts'
import type { FactWord } from './fact-words.ts'

/** The state that the words from `at` on tell of the figure before them: `without power`, `in hospital`. */
export function stateAt(words: FactWord[], at: number): Event | null {
  const { word = '' } = words[at] ?? {}
  const single = states.get(word)
  if (single) return single
  if (!opens.has(word)) return null
  const phrase = words
    .slice(at, at + 6)
    .map((each) => each.word)
    .join(' ')
  return phrases.find(([pattern]) => pattern.test(phrase))?.[1] ?? null
}

const opens = new Set(
  'without lost lose losing in cut out left leave leaving forced shot brought moved taken sent receive received receiving need needs face faces facing disconnected still unable back driven had have has disabled knocked put rushed'.split(
    ' ',
  ),
)

const power = '(?:power|electricity|light|lights|lighting|energy)\\b'

const phrases: [RegExp, Event][] = [
  [new RegExp(`^without (?:[a-z]+ ){0,2}${power}`), 'darken'],
  [new RegExp(`^without (?:[a-z]+ , )?(?:[a-z]+ (?:and|or) )?${power}`), 'darken'],
  [new RegExp(`^(?:lost|lose|losing) (?:their )?${power}`), 'darken'],
  [/^(?:left )?in (?:the dark|darkness)\b/, 'darken'],
  [/^(?:cut off|disconnected) from (?:the )?(?:grid|power|electricity|energy)/, 'darken'],
  [new RegExp(`^(?:had|have|has) (?:their )?${power} (?:cut|lost)`), 'darken'],
  [new RegExp(`^(?:had|have|has) (?:their )?${power} (?:restored|back)`), 'reconnect'],
  [/^without (?:[a-z]+ ){0,2}water\b/, 'dry'],
  [/^(?:put )?out of (?:action|service|operation|order)\b/, 'fail'],
  [/^(?:disabled|knocked out)\b/, 'fail'],
  [/^in (?:a )?(?:hospital|hospitals|intensive)\b/, 'wound'],
  [/^in (?:[a-z]+ )?need\b/, 'help'],
  [/^needs? (?:[a-z]+ ){0,2}(?:aid|assistance|help|food|shelter|treatment)\b/, 'help'],
  [/^fac(?:es?|ing) (?:[a-z]+ ){0,3}(?:hunger|famine|starvation|insecurity|malnutrition)\b/, 'help'],
  [/^taken (?:hostage|captive)\b/, 'abduct'],
  [/^taken prisoner\b/, 'detain'],
  [/^(?:shot|brought) down\b/, 'down'],
  [/^(?:taken|rushed|brought) to (?:[a-z]+ )?hospitals?\b/, 'wound'],
  [/^(?:moved|taken|driven|brought|sent) (?:out\b|to\b|away\b|from\b)/, 'move'],
  [/^receiv(?:e|ed|ing) (?:[a-z]+ ){0,2}(?:assistance|aid|help|support|treatment|food)\b/, 'help'],
  [/^(?:forced|driven) (?:to (?:flee|leave)|from|out of)\b/, 'displace'],
  [/^(?:to )?(?:leave|left|leaving) (?:their (?:homes?|houses)|the country|ukraine)\b/, 'displace'],
  [/^(?:lost|lose|losing) their lives\b/, 'kill'],
  [/^(?:lost|lose|losing) their homes\b/, 'displace'],
  [/^left(?: (?:in|for|[a-z]+ly)\b| [.,;]|$)/, 'remain'],
]
