import type { Tx } from '../platform/db/db.ts'
import type { ComparedClaim } from './compare-claims.ts'
import { factsIn } from './rules/facts/facts-in.ts'
import { storedUnit } from './rules/stored-unit.ts'
import type { Link } from './rules/types.ts'
import { addClaims } from './store/claims.ts'
import { saveFacts } from './store/facts.ts'
import { saveLinks } from './store/stories.ts'

/** A claim with its story, and the claim that it follows there if it is on no topic. */
export type Placed = ComparedClaim & { story: number; follows: number | null }

/** Saves claims in their stories with their links and figures. */
export async function savePlaced(tx: Tx, placed: Placed[], links: Link[]): Promise<void> {
  const claims = placed.map(({ claim: { wording, at }, unit, focus, story, follows }) => ({
    ...{ wording, at, unit: storedUnit(unit), focus, story_id: story, follows },
  }))
  await addClaims(tx, claims)
  await saveLinks(tx, links)
  const figures = placed.map(({ claim: { wording, text, attribution } }) => ({
    ...{ wording, facts: factsIn(text, attribution) },
  }))
  await saveFacts(tx, figures)
}
