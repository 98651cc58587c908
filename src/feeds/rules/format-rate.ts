import type { PublishingPattern } from '../../platform/db/tables/feeds.ts'

/** `3 items a day`, `1 item a month`: how often a feed publishes, in the span that says most. */
export function formatRate({ perDay }: PublishingPattern): string {
  if (perDay >= 0.75) return count(Math.round(perDay), 'day')
  return perDay * 7 >= 0.75
    ? count(Math.round(perDay * 7), 'week')
    : count(Math.max(1, Math.round(perDay * 30)), 'month')
}

const count = (n: number, span: string) => `${n} ${n === 1 ? 'item' : 'items'} a ${span}`
