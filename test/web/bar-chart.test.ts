import { expect, test } from 'vitest'
import { barChart, chartStart, daily, hourly, maxBars, stepFor } from '../../src/web/bar-chart.ts'

const at = (time: string) => Temporal.Instant.from(time)
const noon = at('2026-11-23T12:00:00Z')

test('every hour of a span has a bar, also one without reports, and the highest bar is as high as the chart', () => {
  const chart = barChart(
    [
      { at: noon, reports: 2 },
      { at: at('2026-11-23T14:00:00Z'), reports: 4 },
    ],
    noon,
    at('2026-11-23T14:59:00Z'),
    hourly,
  )
  expect(chart.rows.map(({ reports }) => reports)).toEqual([2, 0, 4])
  expect(chart.bars.map(({ x, y, height }) => [x, y + height, height])).toEqual([
    [1, 40, 20],
    [11, 40, 1],
    [21, 40, 40],
  ])
  expect(chart.summary).toBe(
    'Reports by hour, from Mon 23 Nov, 12:00 to Mon 23 Nov, 14:00; most on Mon 23 Nov, 14:00 (4).',
  )
})

test('a chart without reports says so', () => {
  const { summary } = barChart([], noon, at('2026-11-24T12:00:00Z'), daily)
  expect(summary).toBe('Reports by day, from Mon 23 Nov to Tue 24 Nov; there were none.')
})

test.each(['PT2H', 'PT70H', 'P20D', 'P200D', 'P4000D'])('a span of %s has few bars', (span) => {
  const to = noon.add({ hours: Temporal.Duration.from(span).total({ unit: 'hours', relativeTo: '2026-01-01' }) })
  expect(barChart([], noon, to, stepFor(noon, to)).bars.length).toBeLessThanOrEqual(maxBars)
})

test('the chart of a short span begins earlier', () => {
  expect(chartStart(noon, noon, hourly).toString()).toBe('2026-11-23T01:00:00Z')
  expect(chartStart(at('2026-11-22T12:00:00Z'), noon, hourly).toString()).toBe('2026-11-22T12:00:00Z')
})

test('a chart of too long a span shows its end', () => {
  const chart = barChart([], noon, at('2036-11-23T12:00:00Z'), daily)
  expect(chart.rows.at(-1)?.when).toBe('Sun 23 Nov')
})
