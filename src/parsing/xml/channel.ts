import type { FeedDocument } from '../feed-document.ts'
import { childText, childTexts, type FeedNode } from './feed-node.ts'

type Politeness = Pick<FeedDocument, 'minIntervalS' | 'skipHours' | 'skipDays'>

export const noPoliteness: Politeness = { minIntervalS: null, skipHours: [], skipDays: [] }

/** How often the feed asks to be polled, and when not at all (RSS 2.0; the syndication module of RSS 1.0). */
export function politenessOf(head: FeedNode): Politeness {
  const textsIn = (list: string, name: string) => head.children(list).flatMap((node) => childTexts(node, name))
  const hours = textsIn('skiphours', 'hour').filter(isHour)
  const days = textsIn('skipdays', 'day').map((day) => weekdays.indexOf(day.toLowerCase()) + 1)
  return {
    minIntervalS: minIntervalOf(head),
    skipHours: [...new Set(hours.map((hour) => Number(hour) % 24))],
    skipDays: [...new Set(days.filter((day) => day > 0))],
  }
}

const isHour = (text: string) => /^\d{1,2}$/.test(text) && Number(text) <= 24
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/**
 * In seconds: <ttl> counts minutes; the syndication module gives how many times a period, which is a day by default.
 */
function minIntervalOf(head: FeedNode): number | null {
  const ttl = positive(childText(head, 'ttl')) ?? 0
  const period = periods.get(childText(head, 'sy:updateperiod')?.toLowerCase() ?? '') ?? 0
  const times = positive(childText(head, 'sy:updatefrequency')) ?? 1
  return Math.round(Math.max(ttl * 60, period / times)) || null
}

/** In seconds. */
const periods = new Map([
  ['hourly', 3600],
  ['daily', 86_400],
  ['weekly', 604_800],
  ['monthly', 2_592_000],
  ['yearly', 31_536_000],
])

function positive(text: string | null): number | null {
  return text && /^\d{1,6}$/.test(text) && Number(text) > 0 ? Number(text) : null
}

/** The first of these texts that has the form of a language tag (RFC 5646), with hyphens, or null. */
export function languageIn(...written: (string | null | undefined)[]): string | null {
  const tag = written.map((text) => text?.trim()).find((text) => text && /^[\w-]{2,35}$/.test(text))
  return tag?.replaceAll('_', '-') ?? null
}
