import type { Cadence } from '../../platform/db/tables/editions.ts'

/** The name of the mails of a cadence, within a sentence. */
export const cadenceName: Record<Cadence, string> = {
  daily: 'the daily digest',
  weekly: 'the weekly digest',
  alert: 'alerts',
}

/** What some subscriptions bring, each cadence once: `the daily digest and alerts`. */
export function cadencesOf(subscriptions: { cadence: Cadence }[]): string {
  return [...new Set(subscriptions.map(({ cadence }) => cadenceName[cadence]))].join(' and ')
}
