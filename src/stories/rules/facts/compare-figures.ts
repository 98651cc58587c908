import type { Fact } from './fact.ts'

/** A fact with the event date that its claim states, if it states one (a civil date, 2022-11-15). */
export type DatedFact = Fact & { date?: string | null }

/**
 * How a later figure stands to an earlier one:
 * - `same`: the same number
 * - `close`: within a tenth, which is no news
 * - `changed`: the same speaker gives another number
 * - `differ`: two speakers, or speakers who are not known, give numbers that cannot both be right
 * - `compare`: the claims state different event dates
 * - `unlike`: the figures do not count the same thing: another role, a share and a number, homes and people
 */
export type Comparison = 'same' | 'close' | 'changed' | 'differ' | 'compare' | 'unlike'

export function compareFigures(earlier: DatedFact, later: DatedFact): Comparison {
  if (earlier.role !== later.role || countsOther(earlier, later)) return 'unlike'
  if (earlier.date && later.date && earlier.date !== later.date) return 'compare'
  if (earlier.low === later.low && earlier.high === later.high) return 'same'
  if (isClose(earlier, later)) return 'close'
  return isSameSpeaker(earlier.speaker, later.speaker) ? 'changed' : 'differ'
}

/** Figures of which one is at most this share of the larger away from the other are no news. */
const tenth = 0.1

/** Whether the ranges meet, or the gap between them is within a tenth of the larger number. */
function isClose(a: Fact, b: Fact): boolean {
  const gap = Math.max(a.low, b.low) - Math.min(a.high, b.high)
  return gap <= tenth * Math.max(a.high, b.high) + Number.EPSILON
}

function countsOther(a: Fact, b: Fact): boolean {
  if ((a.unit === 'share') !== (b.unit === 'share')) return true
  if (a.unit === 'share') return objectOf(a) !== objectOf(b)
  return a.unit !== b.unit && a.unit !== null && b.unit !== null
}

/** What a share is a part of: `Kyiv` of `half of Kyiv`; empty where its value does not say it. */
function objectOf({ value }: Fact): string {
  return /\bof (?:the )?(.+)$/i.exec(value)?.[1]?.toLowerCase() ?? ''
}

/** Whether the last word of both names is the same: `Yuriy Ihnat` and `air force spokesman Yuriy Ihnat`. */
function isSameSpeaker(a: string | null, b: string | null): boolean {
  return (
    a !== null && b !== null && (a.toLowerCase().endsWith(b.toLowerCase()) || b.toLowerCase().endsWith(a.toLowerCase()))
  )
}
