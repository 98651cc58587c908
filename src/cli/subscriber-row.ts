import type { ExportedReader } from '../readers/store/exported-readers.ts'
import type { ListedSubscriber } from '../readers/store/subscribers.ts'
import type { Subscription } from '../readers/store/subscriptions.ts'
import type { Row } from './print.ts'

/** `daily 07:00 Europe/Kyiv (active): displacement`: a subscription in one line. */
export function subscriptionText({
  cadence,
  local_time,
  zone,
  state,
  topics,
  quiet_from: from,
  quiet_to: to,
}: Subscription): string {
  const quiet = from ? ` quiet ${from}-${to} ${zone}` : ''
  return `${cadence}${cadence === 'alert' ? quiet : ` ${local_time} ${zone}`} (${state}): ${topics.join(',')}`
}

/** A reader with subscriptions as programs read it. */
export function rowForPrograms(subscriber: ListedSubscriber | Omit<ExportedReader, 'consent' | 'suppressed'>): Row {
  return {
    id: subscriber.id,
    email: subscriber.email,
    state: subscriber.state,
    createdAt: subscriber.created_at,
    confirmedAt: subscriber.confirmed_at,
    goneAt: subscriber.gone_at,
    pausedUntil: subscriber.paused_until,
    subscriptions: subscriber.subscriptions.map((subscription) => ({
      id: subscription.id,
      cadence: subscription.cadence,
      topics: subscription.topics,
      allTopics: subscription.all_topics,
      feeds: subscription.feeds,
      places: subscription.places,
      languages: subscription.languages,
      at: subscription.local_time,
      zone: subscription.zone,
      weekday: subscription.weekday,
      minutes: subscription.minutes,
      quietMail: subscription.quiet_mail,
      minScore: subscription.min_score,
      maxAlerts: subscription.max_alerts,
      quiet: subscription.quiet_from && `${subscription.quiet_from}-${subscription.quiet_to}`,
      state: subscription.state,
      confirmedAt: subscription.confirmed_at,
      endedAt: subscription.ended_at,
    })),
  }
}
