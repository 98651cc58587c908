import { shortDate } from '../../platform/text/format-instant.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'

const namedTopics = 3
const kinds = { daily: 'Daily digest', weekly: 'Weekly digest', welcome: 'Your first digest' } as const

/** `Daily digest, Mon 23 Nov: 5 on Infrastructure strikes, 3 on Displacement`; topics past the third are only counted. */
export function digestSubject(
  kind: keyof typeof kinds,
  civilDate: string,
  counts: { topic: TopicName; count: number }[],
): string {
  const some = counts.filter(({ count }) => count > 0)
  const named = some.slice(0, namedTopics).map(({ topic, count }) => `${count} on ${shorten(topic.name, 40)}`)
  const rest = some.slice(namedTopics).reduce((sum, { count }) => sum + count, 0)
  const parts = rest ? [...named, `${rest} on other topics`] : named
  return `${kinds[kind]}, ${shortDate(civilDate)}${parts.length ? `: ${parts.join(', ')}` : ''}`
}

/** `Alert: the first takeaway, at most 90 characters (+2)`, of `count` in all. */
export function alertSubject(first: string, count: number): string {
  return `Alert: ${shorten(first, 90)}${count > 1 ? ` (+${count - 1})` : ''}`
}
