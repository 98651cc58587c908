import type { Cadence } from '../platform/db/tables/editions.ts'
import { canonicalZone, knownZones } from '../readers/rules/zone.ts'

/** Shown before a reader has chosen; the script of the page puts the browser's own zone in its place. */
export const defaultZone = 'UTC'
export const defaultTime = '07:00'

/** Every time zone of the select. */
export const zones = knownZones()

/** A zone as the select knows it, whatever was sent. */
export function shownZone(name: string): string {
  return canonicalZone(name) ?? defaultZone
}

/** The cadences as a reader understands them. */
export const cadenceNames: Record<Cadence, { label: string; hint: string }> = {
  alert: { label: 'Alerts', hint: 'A short mail as soon as a report has a takeaway on your topics.' },
  daily: { label: 'Daily digest', hint: 'One mail a day at the time you choose, if there are new takeaways.' },
  weekly: { label: 'Weekly digest', hint: 'One mail each Monday with the takeaways of the week.' },
}

type TopicRow = { slug: string; name: string; description: string }

/** The topics as checkboxes, with those chosen checked. */
export function topicChoices(topics: TopicRow[], chosen: string[]) {
  return topics.map(({ slug, name, description }) => ({ slug, name, description, checked: chosen.includes(slug) }))
}
