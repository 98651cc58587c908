import type { FeedDocument } from '../feed-document.ts'
import { childText, childTexts, type FeedNode } from './feed-node.ts'

type Wishes = Pick<FeedDocument, 'minIntervalS' | 'skipHours' | 'skipDays'>

export const noPoliteness: Wishes = { minIntervalS: null, skipHours: [], skipDays: [] }

/** How often the feed wants to be asked, and when not at all (RSS 2.0; RSS 1.0's syndication module). */
export function politenessOf(head: FeedNode): Wishes {
  const inside = (list: string, one: string) => head.children(list).flatMap((node) => childTexts(node, one))
  return {
    minIntervalS: leastInterval(head),
    skipHours: [
      ...new Set(
        inside('skiphours', 'hour')
          .filter(isHour)
          .map((hour) => Number(hour) % 24),
      ),
    ],
    skipDays: [...new Set(inside('skipdays', 'day').flatMap((day) => weekdays.indexOf(day.toLowerCase()) + 1 || []))],
  }
}

/** A language tag (RFC 5646), or null for what is none. */
export function languageIn(...written: (string | null | undefined)[]): string | null {
  return written.map((text) => text?.trim()).find((text) => text && /^[\w-]{2,35}$/.test(text)) ?? null
}

const isHour = (text: string) => /^\d{1,2}$/.test(text) && Number(text) <= 24
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

const periods: Record<string, number> = {
  hourly: 3600,
  daily: 86_400,
  weekly: 604_800,
  monthly: 2_592_000,
  yearly: 31_536_000,
}

/** In seconds: <ttl> counts minutes; the syndication module says so many times a period, a day where it leaves it out. */
function leastInterval(head: FeedNode): number | null {
  const ttl = positive(childText(head, 'ttl'))
  const period = childText(head, 'sy:updateperiod')?.toLowerCase()
  const times = positive(childText(head, 'sy:updatefrequency')) ?? 1
  const spread = period && period in periods ? periods[period]! / times : 0
  return Math.round(Math.max((ttl ?? 0) * 60, spread)) || null
}

function positive(text: string | null): number | null {
  return text && /^\d{1,6}$/.test(text) && Number(text) > 0 ? Number(text) : null
}
