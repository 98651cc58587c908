import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import { retryAfter } from '../rules/websub.ts'

/** Our subscription at the hub of a feed (WebSub). */
export type Push = Selectable<Tables['pushes']>

/** Records the hub that a feed names. A new hub or topic begins a new subscription; no hub ends it. */
export async function offerPush(
  db: Db,
  feed: number,
  hub: { url: string; topic: string } | null,
  now: Temporal.Instant,
): Promise<void> {
  const known = await db.selectFrom('pushes').select(['hub', 'topic']).where('feed_id', '=', feed).executeTakeFirst()
  if (known?.hub === hub?.url && known?.topic === hub?.topic) return
  await db.deleteFrom('pushes').where('feed_id', '=', feed).execute()
  if (!hub) return
  const secrets = { token: randomBytes(24).toString('base64url'), secret: randomBytes(32).toString('hex') }
  await db
    .insertInto('pushes')
    .values({ feed_id: feed, hub: hub.url, topic: hub.topic, ...secrets, state: 'wanted', due_at: now })
    .execute()
}

/** Claims subscriptions that are due to be requested or renewed; if they are not confirmed, they are due again an hour later. */
export async function claimPushes(db: Db, now: Temporal.Instant, limit: number): Promise<Push[]> {
  return db
    .updateTable('pushes')
    .set({ due_at: now.add(retryAfter.unconfirmed) })
    .where('feed_id', 'in', (eb) =>
      eb
        .selectFrom('pushes')
        .innerJoin('feeds', 'feeds.id', 'pushes.feed_id')
        .select('pushes.feed_id')
        .where('feeds.state', 'in', ['active', 'held'])
        .where('pushes.due_at', '<=', now)
        .orderBy('pushes.due_at')
        .limit(limit)
        .forUpdate('pushes')
        .skipLocked(),
    )
    .returningAll()
    .execute()
}

export async function findPush(db: Db, token: string): Promise<(Push & { url: string }) | undefined> {
  return db
    .selectFrom('pushes')
    .innerJoin('feeds', 'feeds.id', 'pushes.feed_id')
    .selectAll('pushes')
    .select('feeds.url')
    .where('pushes.token', '=', token)
    .executeTakeFirst()
}

export async function updatePush(
  db: Db,
  feed: number,
  change: Partial<Pick<Push, 'state' | 'lease_until' | 'due_at'>>,
): Promise<void> {
  await db.updateTable('pushes').set(change).where('feed_id', '=', feed).execute()
}
