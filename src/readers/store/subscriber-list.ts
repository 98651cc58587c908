import type { Db } from '../../platform/db/db.ts'
import type { Subscriber } from './subscribers.ts'
import type { Subscription } from './subscriptions.ts'

export type ListedSubscriber = Subscriber & { subscriptions: Subscription[] }

/**
 * One page of subscribers by id with all their subscriptions, ended ones too. `after` is the last id of the page before;
 * `email` finds any part of an address.
 */
export async function listSubscribers(
  db: Db,
  { after = 0, limit, email }: { after?: number | undefined; limit: number; email?: string | undefined },
): Promise<ListedSubscriber[]> {
  const subscribers = await db
    .selectFrom('subscribers')
    .selectAll()
    .where('id', '>', after)
    .$if(Boolean(email), (query) => query.where('email', 'like', `%${literally(email!)}%`))
    .orderBy('id')
    .limit(limit)
    .execute()
  const subscriptions = await subscriptionsOfAll(
    db,
    subscribers.map((subscriber) => subscriber.id),
  )
  return subscribers.map((one) => ({ ...one, subscriptions: subscriptions.get(one.id) ?? [] }))
}

async function subscriptionsOfAll(db: Db, ids: number[]): Promise<Map<number, Subscription[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('subscriber_id', 'in', ids)
    .orderBy('cadence')
    .execute()
  return Map.groupBy(rows, (row) => row.subscriber_id)
}

const literally = (text: string) => text.toLowerCase().replace(/[\\%_]/g, '\\$&')
