import type { Fact } from './facts/fact.ts'
import { sharedFacts } from './facts/shared-facts.ts'
import { termWords } from './term-words.ts'
import type { LinkReason } from './types.ts'

/**
 * Why a claim stands in its story: the claim that it is likest to, the words, places and numbers that both have, as this one
 * writes them, and the figures that both give.
 */
export type Join = { claim: number; to: number; likeness: number; facts: Fact[] } & LinkReason

/** `says`: all words of a claim that may be shown. */
type JoinedClaim = { wording: number; facts: Fact[]; says: string }
type Reasoned = { a: number; b: number; likeness: number; why: LinkReason }

/**
 * For each claim its likest link with an earlier claim of the story, or with a later one where it has none before. `claims`
 * are the oldest first, and `links` the likest first. The first claim joined nothing.
 */
export function joinsOf(claims: JoinedClaim[], links: Reasoned[]): Join[] {
  const byWording = new Map(claims.map((claim, order) => [claim.wording, { ...claim, order }]))
  return claims.slice(1).flatMap(({ wording, facts, says }, i) => {
    const own = links.filter(({ a, b, likeness }) => likeness > 0 && (a === wording || b === wording))
    const otherOf = ({ a, b }: Reasoned) => byWording.get(a === wording ? b : a)
    const best = own.find((link) => (otherOf(link)?.order ?? Number.POSITIVE_INFINITY) <= i) ?? own[0]
    const other = best && otherOf(best)
    if (!best || !other) return []
    const shared = sharedFacts(facts, other.facts)
    return [{ claim: wording, to: other.wording, likeness: best.likeness, facts: shared, ...inWords(best.why, says) }]
  })
}

const inWords = ({ terms, places, figures, brakes }: LinkReason, says: string): LinkReason => ({
  terms: termWords(terms, says),
  places: termWords(places, says),
  figures: termWords(figures, ''),
  brakes,
})
