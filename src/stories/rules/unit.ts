import { primaryOfTag } from '../../reading/rules/languages/language.ts'
import { titleClaim } from '../../reading/rules/takeaways/title-claim.ts'
import { attackersIn } from './attackers.ts'
import { crisesIn } from './crises.ts'
import { tellsDeed } from './deeds.ts'
import { eventDaysIn } from './event-days.ts'
import { namesIn } from './names.ts'
import { recordsIn } from './records.ts'
import { dayTerm, isNumber, termsIn } from './terms.ts'
import type { ReportedStatement, Unit } from './types.ts'

/**
 * How a statement is compared: how much its parts count, how much more a name or a number counts than another word, how much
 * a record does, which is one event alone, the least number that counts, and whether what it states (a place, a day, an attacker) may keep it apart from others.
 */
export type UnitKind = {
  text: number
  context: number
  title: number
  names: number
  record: number
  leastNumber: number
  hasBrakes: boolean
}

/**
 * A claim with what is said around it. Names count as words do: they mislead where sentences are short. So do small
 * numbers, which are counts of a few and days of a month.
 */
export const claimKind: UnitKind = {
  ...{ text: 1, context: 0.4, title: 0.7, names: 0, record: 3 },
  ...{ leastNumber: 32, hasBrakes: true },
}
/** A whole text tells who and how many, so that names and numbers count twice; it names many places and days. */
export const textKind: UnitKind = {
  ...{ text: 1, context: 0.4, title: 0.7, names: 1, record: 0 },
  ...{ leastNumber: 0, hasBrakes: false },
}

/** What is compared of a statement: its words, those of its context, and those of a title that claims something. */
export function unitOf(statement: ReportedStatement, kind = claimKind): Unit {
  const { id, report, passage, published, text } = statement
  const context = statement.context.slice(0, maxContextLength)
  const title = titleClaim(statement.title, true) ?? ''
  const found = [text, context, title].map(namesIn)
  const names = union(found.map((one) => one.names))
  const places = union(found.map((one) => one.places))
  const days = eventDaysIn(text, published)
  const language = primaryOfTag(statement.language) ?? 'en'
  const termsOf = (part: string) => termsIn(part, language).filter((term) => isCounted(term, kind.leastNumber))
  const own = termsOf(text)
  const terms = weighed([
    [[...own, ...days.map(dayTerm)], kind.text],
    [recordsIn(text), kind.record],
    [termsOf(context), kind.context],
    [termsOf(title), kind.title],
    [own.filter((term) => names.has(term) || isNumber(term)), kind.names],
  ])
  const stated = kind.hasBrakes
    ? { places, days, attackers: attackersIn(text), crises: crisesIn(terms.keys()) }
    : nothingStated
  const topics = new Set(statement.topics)
  return { id, report, passage, published, language, terms, names, isSudden: tellsDeed(text), topics, ...stated }
}

const nothingStated = {
  places: new Set<string>(),
  days: [],
  attackers: new Set<string>(),
  crises: new Set<string>(),
}

const isCounted = (term: string, leastNumber: number): boolean =>
  !isNumber(term) || Number(term.slice(1)) >= leastNumber

const maxContextLength = 900

function weighed(parts: [terms: string[], weight: number][]): Map<string, number> {
  const sum = new Map<string, number>()
  for (const [terms, weight] of parts.filter((part) => part[1] > 0)) {
    for (const [term, count] of counted(terms)) sum.set(term, (sum.get(term) ?? 0) + weight * damped(count))
  }
  return sum
}

function counted(terms: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

const damped = (count: number): number => 1 + Math.log(count)

const union = (sets: Set<string>[]): Set<string> => sets.reduce((all, one) => all.union(one), new Set<string>())
