import type { App } from '../app.ts'
import type { SubscriptionFilter } from '../platform/db/tables/readers.ts'
import { readerSubject } from './rules/mail-links.ts'
import { signToken, verifyToken } from './rules/token.ts'
import { findSubscriber, type Subscriber } from './store/subscribers.ts'
import { activeSubscriptionsOf } from './store/subscriptions.ts'

/**
 * The address of a reader's own Atom feed, as a path. It has no expiry, since feed readers keep it for years, and it opens
 * nothing else. It ends when the reader asks for a new one, and with the reader's last subscription.
 */
export function privateFeedPath({ config }: App, { id, feed_nonce }: Subscriber): string {
  return `/f/${signToken(config.secretKeys, { purpose: 'feed', subject: `r${id}`, nonce: feed_nonce })}`
}

/**
 * What a reader's subscriptions ask for: their filters, and the topics of all, each with the lowest score that one asks for.
 * `inactive`: there are none.
 */
export type PrivateFeed =
  | { kind: 'open'; minScores: Map<string, number>; filters: SubscriptionFilter[] }
  | { kind: 'inactive' }
  | { kind: 'invalid' }

/** What the feed of this token shows. */
export async function findPrivateFeed(app: App, token: string): Promise<PrivateFeed> {
  const check = verifyToken(app.config.secretKeys, 'feed', token, app.now())
  const reader = check.kind === 'valid' ? readerSubject(check.subject) : null
  if (check.kind !== 'valid' || reader === null) return { kind: 'invalid' }
  const subscriber = await findSubscriber(app.db, reader)
  if (subscriber?.state !== 'active') return { kind: 'inactive' }
  if (check.nonce !== subscriber.feed_nonce) return { kind: 'invalid' }
  const active = await activeSubscriptionsOf(app.db, subscriber.id)
  const minScores = new Map<string, number>()
  for (const { topics, min_score } of active) {
    for (const topic of topics) minScores.set(topic, Math.min(minScores.get(topic) ?? 1, min_score))
  }
  return minScores.size > 0 ? { kind: 'open', minScores, filters: active } : { kind: 'inactive' }
}
