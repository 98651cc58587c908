import type { App } from '../app.ts'
import type { Cadence } from '../platform/db/tables/editions.ts'
import { canonicalZone, knownZones } from '../readers/rules/zone.ts'
import type { Subscription } from '../readers/store/subscriptions.ts'
import { topicNames } from '../reading/store/topics.ts'
import type { Expectation } from './expected-mail.ts'

/** Shown before a reader has chosen; a script replaces it by the time zone of the browser. */
export const defaultZone = 'UTC'
export const defaultTime = '07:00'

/** Every time zone of the select. */
export const zones = knownZones()

/** A time zone under the name that the select has for it; the default for an unknown one. */
export function shownZone(name: string): string {
  return canonicalZone(name) ?? defaultZone
}

/** The cadences as readers know them; `name` stands within a sentence. */
export const cadenceNames: Record<Cadence, { label: string; name: string; hint: string }> = {
  alert: { label: 'Alerts', name: 'alerts', hint: 'A short mail as soon as a report has a takeaway on your topics.' },
  daily: {
    label: 'Daily digest',
    name: 'the daily digest',
    hint: 'One mail a day at the time you choose, if there are new takeaways.',
  },
  weekly: {
    label: 'Weekly digest',
    name: 'the weekly digest',
    hint: 'One mail each Monday with the takeaways of the week.',
  },
}

type Topic = { slug: string; name: string; description: string }

/** The topics as checkboxes, with the chosen ones checked; `expected` says how much mail each would bring. */
export function topicChoices(topics: Topic[], chosen: string[], expected: Expectation[][] = []) {
  return topics.map(({ slug, name, description }, i) => ({
    ...{ slug, name, description, checked: chosen.includes(slug) },
    expected: (expected[i] ?? []).map((one) => ({ ...one, label: labelOf(one) })),
  }))
}

/** The words about alerts name them. */
const labelOf = ({ cadence }: Expectation): string => (cadence === 'alert' ? '' : `${cadenceNames[cadence].label}: `)

/** The names of all topics by slug. */
export async function topicNamesBySlug(app: App): Promise<Map<string, string>> {
  const topics = await topicNames(app.db)
  return new Map(topics.map(({ slug, name }) => [slug, name]))
}

/** A subscription in words: `Daily digest at 07:00, Europe/Kyiv`, `Alerts, at most 4 a day`, and the names of its topics. */
export function subscriptionView(subscription: Subscription, names: Map<string, string>) {
  const { id, state, cadence, local_time, zone, topics, quiet_from, quiet_to, max_alerts } = subscription
  const { label, name } = cadenceNames[cadence]
  return {
    id,
    state,
    name,
    label:
      cadence === 'alert'
        ? `${label}, at most ${max_alerts} a day${quiet_from ? `, quiet ${quiet_from}-${quiet_to} ${zone}` : ''}`
        : `${label} at ${local_time}, ${zone}`,
    topics: topics.map((slug) => names.get(slug) ?? slug),
  }
}
