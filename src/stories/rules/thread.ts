import { disastersIn } from './disasters.ts'
import { areOthers, compareIds } from './likeness.ts'
import { isRecord } from './records.ts'
import { termsIn } from './terms.ts'
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
    crises: all((one) => one.crises),
    topics: all((one) => one.topics),
    ...{ days: [...all((one) => one.days)], isSudden: units.some(({ isSudden }) => isSudden) },
  }
  const sudden = units.filter(({ isSudden }) => isSudden).length / units.length
  return { id, first: Math.min(...times), last, sudden, unit }
}

function summed(units: Unit[]): Map<string, number> {
  const terms = new Map<string, number>()
  for (const [term, weight] of units.flatMap((unit) => [...unit.terms]))
    if (!isRecord(term)) terms.set(term, (terms.get(term) ?? 0) + weight)
  return terms
}

/** How long a thread waits for its next story, in milliseconds. */
export const maxThreadGap = 10 * 86_400_000
const minLikeness = 0.25

/**
 * The earlier story that a story goes on from, or null where it is new. The bar is lower than for one event, and higher
 * for a story of a deed: an attack is new, however alike the last one was. No thread leads across different days or crises,
 * except that of a disaster: what is told of one in one place is always one thread.
 */
export function threadOf(story: StorySummary, earlier: StorySummary[], background: Background): ThreadLink | null {
  const own = weigh(story.unit, background)
  const links = earlier
    .filter(({ id, first, last }) => id !== story.id && first < story.first && story.first - last <= maxThreadGap)
    .map((one) => threadLink(story, own, one, weigh(one.unit, background)))
  const [best] = links.sort((x, y) => y.likeness - x.likeness || compareIds(x.earlier, y.earlier))
  return best && best.likeness >= minLikeness ? best : null
}

function threadLink(story: StorySummary, a: WeighedUnit, earlier: StorySummary, b: WeighedUnit): ThreadLink {
  const parts = [...a.weights].flatMap(([term, weight]) => {
    const part = weight * (b.weights.get(term) ?? 0)
    return part > 0 ? [{ term, part }] : []
  })
  const cosine = parts.reduce((sum, { part }) => sum + part, 0)
  const isApart = areOthers(new Set(a.days), new Set(b.days)) || areOthers(a.crises, b.crises)
  return {
    story: story.id,
    earlier: b.id,
    likeness: isSameDisaster(story.unit, earlier.unit)
      ? Math.max(cosine, minLikeness)
      : isApart
        ? 0
        : cosine * factorOf(story, a, b),
    places: [...a.places.intersection(b.places)].sort(),
    terms: parts
      .sort((x, y) => y.part - x.part || (x.term < y.term ? -1 : 1))
      .slice(0, 5)
      .map(({ term }) => term),
  }
}

/** By how much more or less likely than its words say a story goes on from an earlier one. */
function factorOf(story: StorySummary, a: WeighedUnit, b: WeighedUnit): number {
  const daysBefore = new Set(b.days)
  const isDeed = story.sudden >= 0.5 && daysBefore.isDisjointFrom(new Set(a.days))
  const today = Math.floor(story.first / 86_400_000)
  const signs: [boolean, number][] = [
    [isDeed, deed],
    [a.days.some((day) => day < today && daysBefore.has(day)), samePastDay],
    [goesOn.some((term) => story.unit.terms.has(term)), going],
    [areOthers(a.narrow, b.narrow), otherPlace],
    [!a.narrow.isDisjointFrom(b.narrow), samePlace],
    [areOthers(a.topics, b.topics), otherTopic],
  ]
  return signs.reduce((factor, [isSo, by]) => (isSo ? factor * by : factor), 1)
}

/** An attack is new, unless it is told of a day of which the earlier story told. */
const deed = 0.5
const samePastDay = 2
/** A story that says that it goes on needs less to be one of a thread. */
const going = 1.4
const goesOn = termsIn('continue ongoing remain resume')
const otherPlace = 0.5
const samePlace = 1.6
const otherTopic = 0.25

/** Whether two stories tell of one kind of disaster and name the same place or people. */
function isSameDisaster(a: Unit, b: Unit): boolean {
  const kinds = disastersIn(a.terms.keys())
  if (kinds.size === 0 || kinds.isDisjointFrom(disastersIn(b.terms.keys()))) return false
  return !a.places.isDisjointFrom(b.places) || a.names.intersection(b.names).size >= minNames
}

const minNames = 2
