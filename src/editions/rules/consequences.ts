import { tellsDeed } from '../../stories/rules/deeds.ts'
import { factsIn } from '../../stories/rules/facts/facts-in.ts'
import { struckPlacesIn } from '../../stories/rules/struck-places.ts'
import { isOutcome } from './briefing/highest-figure.ts'
import { statesIn } from './states-in.ts'

/** Whether a text tells what a series of attacks has led to: `strikes raise fears`, `attacks leave farmers with debts`. */
export function tellsConsequence(text: string): boolean {
  if (!consequence.test(text) || tellsOutcome(text) || struckPlacesIn(text).size > 0) return false
  return !tellsDeed(text.replace(consequence, ''))
}

const consequence =
  /\b(?:attacks|strikes|raids|bombardments?|shelling|campaign)\b(?: [\p{L}’'-]+){0,4}? (?:(?:have |has )?(?:raised?|fuel(?:l?ed)?|threaten(?:s|ed)?|deepen(?:s|ed)?|worsen(?:s|ed)?|stok(?:es?|ed)|strain(?:s|ed)?|spark(?:s|ed)? (?:fears?|concerns?|outrage|debate|alarm))|(?:have |has )?(?:leaves?|left) [^.;]{0,60}?(?:\b(?:with|facing|struggling|scrambling|short of)))\b/iu

/** Whether a text tells a state, or a figure that tells how many died or how large something is. */
export const tellsOutcome = (text: string): boolean => statesIn(text).size > 0 || factsIn(text, null).some(isOutcome)
