import type { Subscription } from '../readers/store/subscriptions.ts'
import { cadenceNames } from './choices.ts'

/** A subscription in words: `Daily digest at 07:00 Europe/Kyiv` and the names of its topics. */
export function subscriptionWords(subscription: Subscription, names: Map<string, string>) {
  const { cadence, local_time, zone } = subscription
  const { label } = cadenceNames[cadence]
  return {
    id: subscription.id,
    state: subscription.state,
    label: cadence === 'alert' ? label : `${label} at ${local_time}, ${zone}`,
    topics: subscription.topics.map((slug) => names.get(slug) ?? slug),
  }
}
