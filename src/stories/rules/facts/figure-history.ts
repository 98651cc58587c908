import { type Comparison, compareFigures } from './compare-figures.ts'
import type { Fact, Role } from './fact.ts'

/**
 * One value of a figure with everybody who gave it, the first source first. `change` says how it stands to the value
 * before it; the first value has none.
 */
export type ToldFigure<Source> = { fact: Fact; sources: [Source, ...Source[]]; change: Comparison | null }

/** The values of one kind of figure, in the order in which they were told. */
export type FigureHistory<Source> = { role: Role; values: ToldFigure<Source>[] }

/** How the figures of a story went on; `claims` are the oldest first. The figures of most sources come first. */
export function figureHistories<Source>(claims: { facts: Fact[]; source: Source }[]): FigureHistory<Source>[] {
  const told = claims.flatMap(({ facts, source }) => facts.map((fact) => ({ fact, source })))
  const histories = [...Map.groupBy(told, ({ fact }) => fact.role)].map(([role, same]) => ({
    role,
    values: valuesOf(same),
  }))
  const sourcesOf = ({ values }: FigureHistory<Source>) => values.reduce((sum, { sources }) => sum + sources.length, 0)
  return histories.toSorted((a, b) => sourcesOf(b) - sourcesOf(a))
}

function valuesOf<Source>(told: { fact: Fact; source: Source }[]): ToldFigure<Source>[] {
  const values: ToldFigure<Source>[] = []
  for (const { fact, source } of told) {
    const same = values.find((value) => compareFigures(value.fact, fact) === 'same')
    const before = values.at(-1)
    if (!same) values.push({ fact, sources: [source], change: before ? compareFigures(before.fact, fact) : null })
    else if (!same.sources.includes(source)) same.sources.push(source)
  }
  return values
}
