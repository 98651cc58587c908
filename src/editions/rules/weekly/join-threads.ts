import { attackersIn } from '../../../stories/rules/attackers.ts'
import { crisesIn } from '../../../stories/rules/crises.ts'
import { areOthers } from '../../../stories/rules/likeness.ts'
import { termsIn } from '../../../stories/rules/terms.ts'
import { normalised } from '../../../stories/rules/weigh.ts'
import type { StoryClaim } from '../briefing/story.ts'
import { wordsOf } from '../shared-words.ts'

type Claims = [StoryClaim, ...StoryClaim[]]

/** Threads whose words are so much alike are told together: the waves of one campaign, or one deportation after another. */
const minLikeness = 0.18
/** What so many publishers tell is a story of its own. */
const widelyTold = 3

/**
 * Joins each thread to the heavier one that it is likest to, if topics, crises and attackers do not part them. `threads` are the
 * heaviest first; `stream` are the claims by which words are known to be rare. Threads follow what goes on from one event, and
 * keep attacks apart; for a week, attacks of one kind are one thing that goes on.
 */
export function joinThreads(threads: Claims[], stream: StoryClaim[]): Claims[] {
  const rarity = rarityOf(stream)
  const leads: { claims: Claims; signs: Signs }[] = []
  for (const claims of threads) {
    const signs = signsOf(claims, rarity)
    const best = leads
      .map((lead) => ({ lead, likeness: isApart(lead.signs, signs) ? 0 : cosine(lead.signs.words, signs.words) }))
      .toSorted((a, b) => b.likeness - a.likeness)[0]
    if (best && best.likeness >= minLikeness) best.lead.claims.push(...claims)
    else leads.push({ claims: [...claims], signs })
  }
  return leads.map(({ claims }) => claims)
}

type Signs = {
  words: Map<string, number>
  topics: Set<string>
  crises: Set<string>
  attackers: Set<string>
  publishers: number
}

function signsOf(claims: Claims, rarity: (word: string) => number): Signs {
  const said = claims.map(saidBy)
  const counts = Map.groupBy(
    said.flatMap((text) => [...wordsOf(text)]),
    (word) => word,
  )
  return {
    words: normalised(new Map([...counts].map(([word, all]) => [word, Math.log1p(all.length * rarity(word))]))),
    topics: new Set(claims.flatMap(({ matches }) => matches.map(({ topic }) => topic))),
    crises: crisesIn(said.flatMap((text) => termsIn(text))),
    attackers: new Set(said.flatMap((text) => [...attackersIn(text)])),
    publishers: new Set(claims.map(({ publisher }) => publisher)).size,
  }
}

/** The title of a long report is not about the claim. */
const saidBy = ({ text, item, isShort }: StoryClaim): string => (isShort ? `${item.title}. ${text}` : text)

function rarityOf(stream: StoryClaim[]): (word: string) => number {
  const counts = Map.groupBy(
    stream.flatMap((claim) => [...wordsOf(saidBy(claim))]),
    (word) => word,
  )
  return (word) => Math.log(stream.length / (counts.get(word)?.length ?? 1))
}

const isApart = (a: Signs, b: Signs): boolean =>
  areOthers(a.topics, b.topics) ||
  areOthers(a.crises, b.crises) ||
  areOthers(a.attackers, b.attackers) ||
  Math.min(a.publishers, b.publishers) >= widelyTold

const cosine = (a: Map<string, number>, b: Map<string, number>): number =>
  [...a].reduce((sum, [word, weight]) => sum + weight * (b.get(word) ?? 0), 0)
