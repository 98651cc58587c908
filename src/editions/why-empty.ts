import type { Tx } from '../platform/db/db.ts'
import { plural } from '../platform/text/plural.ts'
import type { ComposingMemory } from './composing-memory.ts'
import { countTakeawaysIn, hasWithheldIn } from './store/matched-takeaways.ts'
import type { Group } from './store/windows.ts'

/**
 * Why a digest has no mail, as its window keeps it and readers are told. Only where nothing matched it is the choice alone: what
 * matched may have been told before (`hadMatches`), or an admin withholds it.
 */
export async function whyEmpty(tx: Tx, group: Group, hadMatches: boolean, memory: ComposingMemory): Promise<string> {
  const window = { from: group.from_position, to: group.to_position }
  const all = await memory.once('takeaways', window, () => countTakeawaysIn(tx, window))
  const withheld = (await hasWithheldIn(tx, window, group)) ? ', apart from what was withheld' : ''
  if (hadMatches) return `what these choices match was told before${withheld}`
  if (all === 0 && !withheld) return 'no report had a new takeaway'
  return `nothing for these choices in ${plural(all, 'takeaway')}${withheld}`
}
