import type { FeedPreview, PreviewReading } from '../feeds/preview-feed.ts'
import { formatRate } from '../feeds/rules/publishing-pattern.ts'

const shownClaims = 3

/** A found feed for the terminal: its title, its newest entries, and what our reading makes of the newest one. */
export function feedPreviewText({ title, entries, pattern, newest }: FeedPreview): string {
  const rate = pattern ? `, about ${formatRate(pattern)}` : ''
  const lines = newest.map((item) => `  ${item.published?.toString().slice(0, 10) ?? 'no date   '}  ${item.title}`)
  const reading = newest[0]?.reading
  return [`${title || '(no title)'}: ${entries} entries${rate}`, ...lines, ...(reading ? claimsOf(reading) : [])].join(
    '\n',
  )
}

function claimsOf(reading: PreviewReading): string[] {
  if (reading.kind === 'unreadable') return [`The newest one cannot be read: ${reading.reason}.`]
  const { takeaways, topics } = reading
  if (!takeaways.length) return ['In the newest one our reading finds no takeaway: does the feed give whole texts?']
  const about = topics.length ? topics.map(({ slug }) => slug).join(', ') : 'none of our topics'
  const claims = takeaways.slice(0, shownClaims).map(({ kind, text }) => `  - (${kind}) ${text}`)
  return [`In the newest one our reading finds ${takeaways.length} takeaways on ${about}:`, ...claims]
}
