import { generalNames } from '../../../reading/rules/general-names.ts'
import type { Fact } from '../../../stories/rules/facts/fact.ts'

/** A figure with the text that tells it. */
type Told = { fact: Fact; claim: { text: string } }

/**
 * Whether two figures of one kind count the same: neither counts a part of the other, and they are not of different countries, as
 * `19 killed in Lorn and Orsk` and `six killed in Lorn` are.
 */
export function areComparable(a: Told, b: Told): boolean {
  const [less, more] = a.fact.high <= b.fact.high ? [a.fact, b.fact] : [b.fact, a.fact]
  if (more.low > less.high * maxRatio) return false
  const [one, other] = [a, b].map(countriesAround) as [Set<string>, Set<string>]
  return one.size === 0 || other.size === 0 || one.symmetricDifference(other).size === 0
}

/** A total and what a part of it counts lie further apart than two counts of one thing. */
const maxRatio = 4

/** The countries in or on which a figure is said to count, in its clause. */
function countriesAround({ fact, claim: { text } }: Told): Set<string> {
  const from = Math.max(0, ...[...text.slice(0, fact.start).matchAll(clauseEnd)].map(({ index }) => index))
  const rest = text.slice(fact.end).search(clauseEnd)
  const clause = text.slice(from, rest < 0 ? text.length : fact.end + rest)
  const listed = [...clause.matchAll(where)].flatMap(([, names = '']) => names.toLowerCase().split(/, | and /))
  return new Set(listed.filter((name) => generalNames.has(name) && !isPart.test(name)))
}

const clauseEnd = /[;:.]\s|\b(?:while|as|whereas) /gu
const where = /\b(?:in|across|on|over) (\p{Lu}\p{L}+(?:(?:, | and )\p{Lu}\p{L}+)*)/gu
/** Words of names that are no country. */
const isPart =
  /^(?:.*(?:north|south|east|west).*|central|black|sea|.*day|january|february|march|april|may|june|july|august|september|october|november|december)$/
