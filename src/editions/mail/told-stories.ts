import type { PlannedStory, Status } from '../rules/briefing/story.ts'
import type { Correction } from './corrections.ts'
import type { FittedAlert } from './fit-alert.ts'
import { type FittedBriefing, maxNear } from './fit-briefing.ts'
import type { FittedWeek } from './fit-weekly.ts'

/** How an edition told a story: kept with the edition, so that copies and pages tell the same. */
export type ToldStory = {
  id: number
  headline: string
  status: Status
  told: 'full' | 'line' | 'counted'
  weight: number
  publishers: number
  takeaways: number[]
  figures: { role: string; values: { value: string; speaker: string | null; takeaway: number }[] }[]
}

/** What a mail may name of items: its stories and those `near`, claims, what it corrects, and the last report of a mail without news. */
type Named = {
  stories?: PlannedStory[]
  near?: PlannedStory[]
  claims?: { item: { id: number } }[]
  corrections: Correction[]
  last?: { item: number } | null
}

/** The ids of the items that a mail tells of or names. */
export function itemsIn({ stories = [], near = [], claims = [], corrections, last }: Named): number[] {
  const told = [...stories, ...near.slice(0, maxNear)].flatMap((story) => story.claims)
  const all = [...told, ...claims, ...corrections.map(({ was }) => was)].map(({ item }) => item.id)
  return [...new Set(last ? [...all, last.item] : all)]
}

/** The stories of a digest in its order. */
export function toldStories({ full, others, continuing, left }: FittedBriefing): ToldStory[] {
  return [
    ...full.map(({ story }) => toldAs('full', story)),
    ...[...others, ...continuing].map(({ story }) => toldAs('line', story)),
    ...left.map((story) => toldAs('counted', story)),
  ]
}

/** The stories of an alert in its order. */
export function toldInAlert({ full, others, left }: FittedAlert): ToldStory[] {
  return [
    ...full.map(({ story }) => toldAs('full', story)),
    ...others.map(({ story }) => toldAs('line', story)),
    ...left.map((story) => toldAs('counted', story)),
  ]
}

/** The stories of a weekly digest, thread by thread: those of a thread that it tells by its days are told in full. */
export function toldInWeek({ threads, also, left }: FittedWeek): ToldStory[] {
  return [
    ...threads.flatMap(({ thread }) => thread.stories.map((story) => toldAs('full', story))),
    ...also.flatMap(({ thread: { stories } }) =>
      stories.map((story, i) => toldAs(i === 0 ? 'line' : 'counted', story)),
    ),
    ...left.map((story) => toldAs('counted', story)),
  ]
}

function toldAs(
  told: ToldStory['told'],
  { id, headline, status, weight, publishers, ...story }: PlannedStory,
): ToldStory {
  const takeaways = story.claims.map((claim) => claim.id)
  const figures = story.figures.map(({ role, values }) => ({
    role,
    values: values.map(({ value, speaker, claim }) => ({ value, speaker, takeaway: claim.id })),
  }))
  return { id, headline, status, told, weight: Math.round(weight * 10) / 10, publishers, takeaways, figures }
}

/** The stories of corrections that say something new, but for those that the mail tells anyway. */
export function correctedStories(
  corrections: Correction[],
  told: PlannedStory[],
  places: Map<number, { story: number }>,
): ToldStory[] {
  const others = corrections.flatMap((correction) => {
    const id = places.get(correction.was.wording)?.story
    return id === undefined || correction.text === null || told.some((story) => story.id === id)
      ? []
      : [{ id, correction }]
  })
  return [...Map.groupBy(others, ({ id }) => id)].map(([id, own]) => ({
    ...{ id, status: 'update', told: 'line', weight: 0, publishers: 1, figures: [] },
    headline: own[0]?.correction.text ?? '',
    takeaways: own.flatMap(({ correction }) => correction.tells),
  }))
}
