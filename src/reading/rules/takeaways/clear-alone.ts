import { hasUnnamedNoun } from './definite-nouns.ts'
import { addsToOthers, dependsOnPrevious } from './wording.ts'

/**
 * Whether a sentence below a title tells without it who does what: it names somebody or a place, its subject is nothing
 * that only the title names (`The politician said`), and it speaks of no event as known (`made the offer`).
 */
export function isClearAlone(sentence: string): boolean {
  if (!namesOne.test(sentence) || dependsOnPrevious(sentence) || addsToOthers(sentence)) return false
  if (unnamedSubject.test(sentence) || knownThing.test(sentence) || hasUnnamedNoun(sentence)) return false
  return !noNews.test(sentence)
}

/** `Kyiv’s aim`, `Kyiv asks`, or a capital behind the first word, which is not that of a day or a month. */
const namesOne =
  /^\p{Lu}\p{L}+(?:['’]s |[^s\s] (?:\p{Ll}{2,20}s|has|is|was|said)(?!\p{L}))|[\s(“"‘'’-](?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|I\b)\p{Lu}\p{L}/u

/** `The military said`, `The worst-affected region`: an article, and no name before the verb or the comma. */
const unnamedSubject =
  /^(?:The|An?) (?:[\p{Ll}-]+['’]?s? ){0,6}?(?:is|are|was|were|has|have|had|will|would|can|could|may|might|says?|said|[\p{Ll}-]+(?:ed|ing|s)|who|whose|which|that|,)(?!\p{L})(?<!(?:of|in|on|at|from|between|by) \p{Ll}+)/u

/** An event or a thing that is named as known, and by nothing else. */
const knownThing =
  /\b(?:the|those|these) (?:\p{Ll}{3,12} )?(?:attacks?|strikes?|blasts?|explosions?|fire|incidents?|accident|crash|moves?|decision|deal|agreement|talks|offer|proposal|plan|vote|visit|bill|ruling|arrests?|case|project|suspects?|victims?|countries|region|chain|islands?|waterway|phenomenon|party|agency|group|company|politician)(?= (?:is|are|was|were|has|have|had|will|would|came|comes?|showed|shows)\b|[,.;]|$)|\bsuch (?!as\b)|\b(?:in|across|around|from) the (?:region|country|area|city|town)\b(?! of\b)|\bbefore that\b/iu

/** That somebody has said nothing, or something. */
const noNews = /\b(?:has|have|had|did) (?:yet to|not(?: immediately| yet)?) (?:respond|repl(?:y|ied)|comment)/i
