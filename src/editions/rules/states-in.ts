import { deniesSomething } from './briefing/denials.ts'

/** What may become of an event, by the words that say so. */
const states: Record<string, RegExp> = {
  'in the dark':
    /\b(?:cut off|disconnected|blackouts?|los(?:e|es|t) (?:all |external )?power|(?:power|electricity) (?:is |goes |went )?(?:out|off)|without (?:power|electricity|water|heating)|in the dark|diesel generators?)\b/i,
  restored: /\b(?:restor(?:es?|ed)|reconnect(?:s|ed)?|reopen(?:s|ed)?|resum(?:es?|ed)|back online)\b/i,
  intact: /\b(?:intact|unharmed|extinguished|put out|under control|no (?:casualties|damage))\b/i,
  destroyed: /\b(?:destroy(?:s|ed)|collaps(?:es?|ed)|sank|sunk)\b/i,
  halted: /\b(?:suspend(?:s|ed)?|call(?:s|ed)? off|cancel(?:s|led)?|postpone[sd]?|cut short|ends? early)\b/i,
  agreed:
    /\b(?:ceasefire|truce|(?:peace|prisoner|swap|grain) (?:deal|agreement)|(?:agree[sd]?|sign(?:s|ed)|reach(?:es|ed)) [^.;]{0,60}(?:deal|agreement|accord|treaty|pact))\b/i,
  explained:
    /\b(?:(?:caused|fired|launched|carried out) by|claim(?:s|ed) responsibility|came from|stray (?:missile|rocket|drone)|by accident|accidental)\b/i,
  detained: /\b(?:arrest(?:s|ed)?|detain(?:s|ed)?|convict(?:s|ed)|sentenced)\b/i,
}

/** The states that a text tells. */
export function statesIn(text: string): Set<string> {
  const found = Object.keys(states).filter((name) => states[name]?.test(text))
  return new Set(deniesSomething(text) ? [...found, 'denied'] : found)
}
