import { expect, test } from 'vitest'
import { formatRelativeTime } from '../../src/platform/text/format-relative-time.ts'
import { formatInstant } from '../../src/web/instant-text.ts'

const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
const ago = (time: Temporal.DurationLike) => now.subtract(time)
test('a distance in time is said in the unit that tells most', () => {
  const said = [20, 60 * 5, 60 * 89, 3600 * 35, 3600 * 36, 86_400 * 3].map((seconds) =>
    formatRelativeTime(ago({ seconds }), now),
  )
  expect(said).toEqual(['just now', '5 min ago', '89 min ago', '35 h ago', '2 d ago', '3 d ago'])
})

test('an instant is said in its zone, day and month in words', () => {
  expect([formatInstant(now), formatInstant(now, 'Europe/Kyiv')]).toEqual([
    'Mon 23 Nov 2026, 12:00',
    'Mon 23 Nov 2026, 14:00',
  ])
})
