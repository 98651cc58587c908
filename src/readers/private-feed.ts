import type { App } from '../app.ts'
import { signToken, verifyToken } from './rules/token.ts'
import { findSubscriber } from './store/subscribers.ts'
import { subscriptionsOf } from './store/subscriptions.ts'

/**
 * The address of a reader's own Atom feed, as a path. It has no expiry, since feed readers keep it for years, and it opens
 * nothing else. It ends with the reader's last subscription.
 */
export function privateFeedPath({ config }: App, subscriberId: number): string {
  return `/f/${signToken(config.secretKeys, { purpose: 'feed', subject: String(subscriberId) })}`
}

/** The topics that a reader follows, each with the lowest score that a subscription asks for. `inactive`: there are none. */
export type PrivateFeed = { kind: 'open'; minScores: Map<string, number> } | { kind: 'inactive' } | { kind: 'invalid' }

/** What the feed of this token shows. */
export async function findPrivateFeed(app: App, token: string): Promise<PrivateFeed> {
  const check = verifyToken(app.config.secretKeys, 'feed', token, app.now())
  if (check.kind !== 'valid') return { kind: 'invalid' }
  const subscriber = await findSubscriber(app.db, Number(check.subject))
  if (subscriber?.state !== 'active') return { kind: 'inactive' }
  const active = (await subscriptionsOf(app.db, subscriber.id)).filter(({ state }) => state === 'active')
  const minScores = new Map<string, number>()
  for (const { topics, min_score } of active) {
    for (const topic of topics) minScores.set(topic, Math.min(minScores.get(topic) ?? 1, min_score))
  }
  return minScores.size > 0 ? { kind: 'open', minScores } : { kind: 'inactive' }
}
