import { zoneName } from '../../platform/text/format-instant.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import type { SubscriptionSchedule } from './mail-view.ts'

/** The address of an edition's web copy. */
export function editionLink(publicUrl: string, slug: string): string {
  return `${publicUrl}/editions/${encodeURIComponent(slug)}`
}

/** The host that a reader knows the service by. */
export function siteName(publicUrl: string): string {
  return new URL(publicUrl).host
}

/** The sentence at the foot that says why this mail came. */
export function whyLine({ cadence, localTime }: SubscriptionSchedule, zone: string, topics: TopicName[]): string {
  const named = listing(topics.map((topic) => topic.name))
  return `You get this because you confirmed ${wanted[cadence](`${localTime} (${zoneName(zone)})`)} on ${named}.`
}

/** `A, B and C`. */
export function listing(names: string[]): string {
  const [last, ...others] = names.toReversed()
  return others.length ? `${others.toReversed().join(', ')} and ${last}` : (last ?? '')
}

const wanted = {
  alert: () => 'alerts',
  daily: (when: string) => `a daily digest at ${when}`,
  weekly: (when: string) => `a weekly digest on Mondays at ${when}`,
}
