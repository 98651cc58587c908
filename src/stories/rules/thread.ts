import { areOthers, compareIds } from './likeness.ts'
import type { Background, StatementId, Unit } from './types.ts'
import { type WeighedUnit, weigh } from './weigh.ts'

/** A story as one unit. `first` and `last` are when its statements were published; `sudden` is the share that tells a deed. */
export type StorySummary = { id: StatementId; first: number; last: number; sudden: number; unit: Unit }

/** A story that goes on from an earlier one, with what both name. */
export type ThreadLink = {
  story: StatementId
  earlier: StatementId
  likeness: number
  places: string[]
  terms: string[]
}

/** What the statements of a story say together. */
export function summaryOf(id: StatementId, units: [Unit, ...Unit[]]): StorySummary {
  const times = units.map(({ published }) => published)
  const last = Math.max(...times)
  const all = <T>(of: (unit: Unit) => Iterable<T>) => new Set(units.flatMap((one) => [...of(one)]))
  const unit: Unit = {
    ...{ id, report: id, passage: null, published: last, language: units[0].language, terms: summed(units) },
    ...{ names: all((one) => one.names), places: all((one) => one.places), attackers: all((one) => one.attackers) },
    ...{ days: [...all((one) => one.days)], isSudden: units.some(({ isSudden }) => isSudden) },
  }
  const sudden = units.filter(({ isSudden }) => isSudden).length / units.length
  return { id, first: Math.min(...times), last, sudden, unit }
}

function summed(units: Unit[]): Map<string, number> {
  const terms = new Map<string, number>()
  for (const [term, weight] of units.flatMap((unit) => [...unit.terms]))
    terms.set(term, (terms.get(term) ?? 0) + weight)
  return terms
}

/** How long a thread waits for its next story, in milliseconds. */
export const maxThreadGap = 10 * 86_400_000
const minLikeness = 0.2
/** What lasts for days is told in rare words again and again; usual ones are shared by all stories. */
const emphasis = 1.5

/**
 * The earlier story that a story goes on from, or null where it is new. The bar is lower than for one event, and higher
 * for a story of a deed: an attack is new, however alike the last one was. No thread leads across different days.
 */
export function threadOf(story: StorySummary, earlier: StorySummary[], background: Background): ThreadLink | null {
  const own = weigh(story.unit, background, emphasis)
  const links = earlier
    .filter(({ id, first, last }) => id !== story.id && first < story.first && story.first - last <= maxThreadGap)
    .map((one) => threadLink(story, own, weigh(one.unit, background, emphasis)))
  const [best] = links.sort((x, y) => y.likeness - x.likeness || compareIds(x.earlier, y.earlier))
  return best && best.likeness >= minLikeness ? best : null
}

function threadLink(story: StorySummary, a: WeighedUnit, b: WeighedUnit): ThreadLink {
  const parts = [...a.weights].flatMap(([term, weight]) => {
    const part = weight * (b.weights.get(term) ?? 0)
    return part > 0 ? [{ term, part }] : []
  })
  const cosine = parts.reduce((sum, { part }) => sum + part, 0)
  const isApart = areOthers(new Set(a.days), new Set(b.days))
  const factor = (areOthers(a.narrow, b.narrow) ? otherPlace : 1) * (story.sudden >= 0.5 ? deed : 1)
  return {
    story: story.id,
    earlier: b.id,
    likeness: isApart ? 0 : cosine * factor,
    places: [...a.places.intersection(b.places)].sort(),
    terms: parts
      .sort((x, y) => y.part - x.part || (x.term < y.term ? -1 : 1))
      .slice(0, 5)
      .map(({ term }) => term),
  }
}

const otherPlace = 0.5
const deed = 0.5
