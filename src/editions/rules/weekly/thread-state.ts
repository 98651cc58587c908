import { tellsDeed } from '../../../stories/rules/deeds.ts'
import { saysContinuing } from '../briefing/status.ts'
import type { DayLine, ThreadState } from './week.ts'

/** What may end a thread, by the words that say so. */
const ends: [ThreadState['name'], RegExp][] = [
  ['restored', /\b(?:restored|reconnected|reopened|back online|connected [^.;,]{0,40}\bagain)\b/i],
  [
    'over',
    /\b(?:ends? early|cut short|called off|calls? off|(?:has|have) ended|(?:is|are) over|extinguished|lifted)\b/i,
  ],
  [
    'agreed',
    /\b(?:sign(?:s|ed)|agree[sd]?(?: on| to)?|reach(?:es|ed))(?: an?| the)?(?: \S+){0,2} (?:deal|agreement|ceasefire|truce|treaty|pact)\b/i,
  ],
]

/** Words by which an end is not one: what is to come, what is denied, what is only a part. */
const guarded =
  /\b(?:not|no|nor|never|if|will|would|could|may|might|should|until|unless|before|since|partly|partially|refus\p{L}*|reject\p{L}*|den(?:y|ies|ied)|urg\p{L}*|call(?:s|ed)? for|seek\p{L}*|sought|hop\p{L}*|plan\p{L}*)\b/iu

/** How a thread ended: its last day says so, and nothing of that day says that it goes on or strikes again. */
export function stateOf(lines: DayLine[]): ThreadState | null {
  const last = lines
    .map(({ date }) => date)
    .toSorted()
    .at(-1)
  const told = lines.filter(({ date }) => date === last).map(({ text }) => text)
  if (last === undefined || told.some((text) => saysContinuing(text) || tellsDeed(text))) return null
  const [name] = ends.find(([, words]) => told.some((text) => words.test(text) && !guarded.test(text))) ?? []
  return name ? { name, date: last } : null
}
