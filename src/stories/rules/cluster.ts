import { backgroundOf } from './background.ts'
import { claimPolicy, storiesOf, textPolicy } from './join.ts'
import { linkOf } from './likeness.ts'
import type { Link, ReportedStatement, StatementId, StoryPolicy } from './types.ts'
import { claimKind, textKind, type UnitKind, unitOf } from './unit.ts'
import { rarestTerms, type WeighedUnit, weigh } from './weigh.ts'

export type Clustered = { stories: StatementId[][]; links: Link[] }

/** Joins statements among themselves: what they share is weighed by how often it stands in these statements. */
export function cluster(statements: ReportedStatement[]): Clustered {
  const { kind, policy } = settingsFor(statements)
  const units = statements.map((statement) => unitOf(statement, kind))
  const background = backgroundOf(units)
  const links = linksAmong(units.map((unit) => weigh(unit, background)))
  return {
    stories: storiesOf(
      statements.map(({ id }) => id),
      links,
      policy,
    ),
    links,
  }
}

/** Sentences are compared as claims, and longer texts as whole texts. */
function settingsFor(statements: ReportedStatement[]): { kind: UnitKind; policy: StoryPolicy } {
  const length = statements.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, statements.length)
  return length < minTextLength ? { kind: claimKind, policy: claimPolicy } : { kind: textKind, policy: textPolicy }
}

const minTextLength = 400

/** The links among units. Only those that share one of their rarest terms are compared. */
function linksAmong(units: WeighedUnit[]): Link[] {
  const index = new Map<string, WeighedUnit[]>()
  return units.flatMap((unit) => {
    const keys = rarestTerms(unit)
    const others = new Set(keys.flatMap((key) => index.get(key) ?? []))
    for (const key of keys) (index.get(key) ?? index.set(key, []).get(key)!).push(unit)
    return [...others].flatMap((other) => linkOf(unit, other) ?? [])
  })
}
