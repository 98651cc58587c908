import { dateAt, dayAndMonth, formatInstant, shortDate } from '../platform/text/format-instant.ts'
import { plural } from '../platform/text/plural.ts'
import type { Volume } from '../stories/store/story-list.ts'

/** A bar chart as the template draws it: the rectangles of the SVG, and the same as rows of a table. */
export type BarChart = {
  summary: string
  width: number
  height: number
  bars: { x: number; y: number; height: number; words: string; isEmpty: boolean }[]
  rows: { when: string; reports: number }[]
}

/** How much time one bar stands for: its name, its length in seconds, and its words. */
export type Step = { name: string; seconds: number }

const hour = 3_600
export const hourly: Step = { name: 'hour', seconds: hour }
export const daily: Step = { name: 'day', seconds: 24 * hour }
const weekly: Step = { name: 'week', seconds: 7 * 24 * hour }
const steps = [hourly, { name: '3 hours', seconds: 3 * hour }, { name: '6 hours', seconds: 6 * hour }, daily, weekly]

/** A chart has at most so many bars: the newest. */
export const maxBars = 32

/** The shortest step with which a span of time has few enough bars. */
export function stepFor(from: Temporal.Instant, to: Temporal.Instant): Step {
  const fits = ({ seconds }: Step) => slotOf(to, seconds) - slotOf(from, seconds) < maxBars
  return steps.find(fits) ?? weekly
}

/** Where the chart of a short span begins, so that its bars are seen among others. */
export function chartStart(from: Temporal.Instant, to: Temporal.Instant, { seconds }: Step): Temporal.Instant {
  const earliest = to.subtract({ seconds: seconds * (minBars - 1) })
  return Temporal.Instant.compare(from, earliest) < 0 ? from : earliest
}

const minBars = 12

const slotOf = (at: Temporal.Instant, seconds: number): number => Math.floor(at.epochMilliseconds / 1000 / seconds)

const slotWidth = 10
const barHeight = 40

/** The reports of each step from `from` to `to`, both included; times are UTC. */
export function barChart(counted: Volume[], from: Temporal.Instant, to: Temporal.Instant, step: Step): BarChart {
  const { seconds } = step
  const end = slotOf(to, seconds)
  const begin = Math.max(slotOf(from, seconds), end - maxBars + 1)
  const bySlot = new Map(counted.map(({ at, reports }) => [slotOf(at, seconds), reports]))
  const slots = Array.from({ length: end - begin + 1 }, (_, i) => ({
    when: slotName(Temporal.Instant.fromEpochMilliseconds((begin + i) * seconds * 1000), step),
    reports: bySlot.get(begin + i) ?? 0,
  }))
  const most = Math.max(1, ...slots.map(({ reports }) => reports))
  return {
    summary: summaryOf(slots, step),
    width: slots.length * slotWidth,
    height: barHeight,
    bars: slots.map(({ when, reports }, i) => {
      const height = reports === 0 ? 1 : Math.max(3, Math.round((barHeight * reports) / most))
      const words = `${when}: ${plural(reports, 'report')}`
      return { x: i * slotWidth + 1, y: barHeight - height, height, words, isEmpty: reports === 0 }
    }),
    rows: slots,
  }
}

/** `Reports by hour, from Mon 23 Nov, 12:00 to Mon 23 Nov, 18:00; most on Mon 23 Nov, 13:00 (4).` */
function summaryOf(slots: BarChart['rows'], { name }: Step): string {
  const [first] = slots
  const last = slots.at(-1)
  const [top] = slots.toSorted((a, b) => b.reports - a.reports)
  const every = /^\d/.test(name) ? `every ${name}` : `by ${name}`
  const span = first === last ? first?.when : `from ${first?.when} to ${last?.when}`
  const most = top && top.reports > 1 && first !== last ? `; most on ${top.when} (${top.reports})` : ''
  return `Reports ${every}, ${span}${top?.reports === 0 ? '; there were none' : most}.`
}

function slotName(at: Temporal.Instant, { seconds }: Step): string {
  const date = dateAt(at)
  if (seconds >= 7 * 24 * hour) return `week of ${dayAndMonth(date)}`
  return seconds >= 24 * hour ? shortDate(date) : formatInstant(at, 'UTC', at)
}
