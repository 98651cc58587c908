import type { Origin } from '../../../platform/db/tables/reading.ts'
import type { Edit, KnownTakeaway } from './compare-takeaways.ts'

/** A takeaway of an earlier revision, with the first takeaway of its lineage and of its wording. */
export type EarlierTakeaway = KnownTakeaway & { lineage: number; wording: number }

/** Where a takeaway belongs; without a lineage or a wording it begins one. */
export type Place = { carriedFrom: number | null; lineage: number | null; wording: number | null; origin: Origin }

/** What an edit means for mails. */
export type Placement = {
  /** The places of the edit's takeaways, in their order. */
  places: Place[]
  /** Earlier takeaways that the newest revision no longer holds in these words. */
  ended: number[]
  /** The lineages of takeaways that were changed, withdrawn or said again. */
  changed: number[]
  /** The lineages of takeaways about other news: nothing that was told of them is corrected. */
  gone: number[]
}

/** A takeaway that continues none. */
export const newPlace = (origin: Origin): Place => ({ carriedFrom: null, lineage: null, wording: null, origin })

/**
 * Places the takeaways of an edit in the lineages of those before. Only what is new or changed is news. All takeaways of a
 * report changed when its title has other figures: mails show the title above them.
 */
export function placeTakeaways({ found, lost }: Edit, earlier: EarlierTakeaway[], hasOtherTitle: boolean): Placement {
  const byId = new Map(earlier.map((takeaway) => [takeaway.id, takeaway]))
  const continued = new Set(found.flatMap((each) => ('from' in each ? (byId.get(each.from)?.lineage ?? []) : [])))
  const open = new Set(continued)
  const changed = new Set<number>()
  const places = found.map((each): Place => {
    if (each.kind === 'known') return newPlace('edit')
    const from = 'from' in each ? byId.get(each.from) : undefined
    if (!from || !open.delete(from.lineage)) return newPlace('live')
    const { id, lineage, wording } = from
    if (hasOtherTitle) changed.add(lineage)
    if (each.kind === 'carried') return { carriedFrom: id, lineage, wording, origin: 'edit' }
    changed.add(lineage)
    return { carriedFrom: id, lineage, wording: null, origin: 'live' }
  })
  const fateOf = ({ id }: KnownTakeaway) => lost.get(id)
  const current = earlier.filter((takeaway) => takeaway.current)
  const lineagesWith = (fate: string) => current.filter((each) => fateOf(each) === fate).map(({ lineage }) => lineage)
  const isOver = (lineage: number) => !continued.has(lineage)
  return {
    places,
    ended: current.filter((each) => fateOf(each) !== 'kept').map(({ id }) => id),
    changed: [
      ...changed,
      ...[...lineagesWith('withdrawn'), ...(hasOtherTitle ? lineagesWith('kept') : [])].filter(isOver),
    ],
    gone: lineagesWith('gone').filter(isOver),
  }
}
