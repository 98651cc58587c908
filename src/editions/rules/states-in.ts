/** What may become of an event, by the words that say so. */
const states: Record<string, RegExp> = {
  denied: /\b(?:den(?:y|ies|ied)|reject(?:s|ed)? (?:the )?(?:claim|accusation|allegation)s?)\b/i,
  'in the dark':
    /\b(?:cut off|disconnected|blackouts?|los(?:e|es|t) (?:all |external )?power|in the dark|diesel generators?)\b/i,
  restored: /\b(?:restor(?:es?|ed)|reconnect(?:s|ed)?|reopen(?:s|ed)?|resum(?:es?|ed)|back online)\b/i,
  intact: /\b(?:intact|unharmed|extinguished|put out|under control|no (?:casualties|damage))\b/i,
  destroyed: /\b(?:destroy(?:s|ed)|collaps(?:es?|ed)|sank|sunk)\b/i,
  halted: /\b(?:suspend(?:s|ed)?|call(?:s|ed)? off|cancel(?:s|led)?|postpone[sd]?|cut short|ends? early)\b/i,
  agreed: /\b(?:ceasefire|truce|agree[sd]?|agreement|sign(?:s|ed))\b/i,
  detained: /\b(?:arrest(?:s|ed)?|detain(?:s|ed)?|convict(?:s|ed)|sentenced)\b/i,
}

/** The states that a text tells. */
export function statesIn(text: string): Set<string> {
  return new Set(Object.keys(states).filter((name) => states[name]?.test(text)))
}
