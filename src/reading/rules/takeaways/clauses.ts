import { tokensOf } from '../tokens.ts'
import { stemsOf } from './lexicon.ts'

/**
 * The stems of each fact that a takeaway joins to others: `forces fortify their positions and integrate the economy` tells
 * two. A part with few words belongs to the one beside it.
 */
export function clausesOf(claim: string): Set<string>[] {
  const clauses: Set<string>[] = []
  for (const part of claim.split(joint)) {
    const stems = stemsOf(tokensOf(part))
    const last = clauses.at(-1)
    if (last && Math.min(stems.size, last.size) < minStems) clauses[clauses.length - 1] = last.union(stems)
    else clauses.push(stems)
  }
  return clauses
}

const minStems = 4
const joint =
  /[.;—]\s+|,\s(?:\p{Ll}{3,15}ing\s)|,?\s(?:and|but|while|although|though|as|however|because|in order to|in an? (?:likely )?(?:attempt|effort) to|indicating that|in hopes of)\s/u
