import { plural } from '../../platform/text/plural.ts'

/** What is read of a story that an edition keeps: how much of it the mail told. */
type StoredStory = { told: 'full' | 'line' | 'counted' }

/**
 * What an edition told, as its mail counts it: `4 stories (2 in full, 1 in a line, 1 only counted) from 6 takeaways`. Editions
 * without stories count their takeaways.
 */
export function toldInWords({ stories, takeaways }: { stories: unknown; takeaways: number[] }): string {
  const all = Array.isArray(stories) ? (stories as StoredStory[]) : []
  const from = plural(takeaways.length, 'takeaway')
  if (all.length === 0) return from
  const count = (told: StoredStory['told']) => all.filter((story) => story.told === told).length
  const parts = [
    [count('full'), 'in full'],
    [count('line'), 'in a line'],
    [count('counted'), 'only counted'],
  ] as const
  const said = parts.filter(([n]) => n > 0).map(([n, how]) => `${n} ${how}`)
  return `${plural(all.length, 'story', 'stories')} (${said.join(', ')}) from ${from}`
}
