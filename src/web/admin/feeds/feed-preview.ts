import { foreign } from '../../../editions/mail/mail-item.ts'
import type { FeedPreview, PreviewItem, PreviewReading } from '../../../feeds/preview-feed.ts'
import { formatRate } from '../../../feeds/rules/format-rate.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { outwardLink } from '../../../platform/text/outward-link.ts'
import { plural } from '../../../platform/text/plural.ts'
import { shorten } from '../../../platform/text/shorten.ts'

const shownTakeaways = 5

/** What a found feed holds, as the page shows it. */
export function previewView({ site, language, entries, pattern, newest }: FeedPreview) {
  return {
    ...{ site: outwardLink(site), lang: foreign(language), entries },
    rate: pattern && formatRate(pattern),
    newest: newest.map(itemView),
  }
}

function itemView({ title, url, published, reading }: PreviewItem) {
  return {
    ...{ title: shorten(title, 200) || 'Untitled report', link: outwardLink(url) },
    at: published ? formatUtc(published) : 'no date',
    reading: reading ? readingView(reading) : null,
  }
}

function readingView(reading: PreviewReading) {
  if (reading.kind === 'unreadable') return { says: `This item could not be read: ${reading.reason}.`, takeaways: [] }
  const { takeaways } = reading
  const shown = takeaways.slice(0, shownTakeaways)
  return {
    says: saysOf(takeaways.length, shown.length),
    takeaways: shown.map(({ kind, text, topics }) => ({
      text: shorten(text, 600),
      origin: kind === 'stated' ? 'Stated by the publisher' : 'Selected sentence',
      topics: topics.map(({ name }) => name),
    })),
  }
}

function saysOf(found: number, shown: number): string {
  if (!found) return 'No takeaway was found. Does the feed have full texts?'
  const first = found > shown ? `, of which the first ${shown}` : ''
  return `Found ${plural(found, 'takeaway')}${first}:`
}
