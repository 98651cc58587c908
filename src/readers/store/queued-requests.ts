import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { SignUpsOfMinute } from '../rules/sign-up-limits.ts'
import { type SubscribeRequest, subscribeSchema } from '../rules/subscription.ts'

/** What a form asked for: a subscription, or with null a link to the preferences of an address. `source` is a network. */
export type QueuedRequest = {
  email: string
  domain: string
  signUp: SubscribeRequest | null
  source: string
  at: Temporal.Instant
}

/** Puts requests into the queue, no two of one address. A new sign-up replaces one of its address that waits. */
export async function queueRequests(tx: Tx, requests: QueuedRequest[]): Promise<void> {
  if (!requests.length) return
  await tx
    .insertInto('queued_requests')
    .values(requests.map(({ signUp, ...rest }) => ({ ...rest, sign_up: signUp && JSON.stringify(signUp) })))
    .onConflict((conflict) =>
      conflict.column('email').doUpdateSet((eb) => ({
        sign_up: eb.fn.coalesce('excluded.sign_up', 'queued_requests.sign_up'),
        source: eb.ref('excluded.source'),
      })),
    )
    .execute()
}

/** The addresses whose requests have waited longest: at most `ofAll`, and at most `ofDomain` to each domain. */
export async function nextInQueue(db: Db, { ofAll, ofDomain }: SignUpsOfMinute): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select email
    from (select email, at, row_number() over (partition by domain order by at, email) as nth from queued_requests) q
    where nth <= ${ofDomain} order by at, email limit ${ofAll}`.execute(db)
  return rows.map(({ email }) => email)
}

/** Takes a request out of the queue; undefined when another worker has taken it. */
export async function takeFromQueue(tx: Tx, email: string): Promise<QueuedRequest | undefined> {
  const row = await tx.deleteFrom('queued_requests').where('email', '=', email).returningAll().executeTakeFirst()
  if (!row) return undefined
  const { sign_up, ...rest } = row
  return { ...rest, signUp: sign_up === null ? null : subscribeSchema.parse(sign_up) }
}

/** So many are counted at most, since each batch of a rush counts them. */
const countedAtMost = 20_000

/** How many requests wait, and how many to each of these domains. */
export async function countQueued(
  tx: Tx,
  domains: string[],
): Promise<{ ofAll: number; ofDomain: Map<string, number> }> {
  const { rows } = await sql<{ domain: string | null; n: number }>`
    select domain, count(*) as n from (select domain from queued_requests limit ${countedAtMost}) q
    group by grouping sets ((), (domain)) having grouping(domain) = 1 or domain = any(${domains}::text[])`.execute(tx)
  const ofDomain = rows.flatMap(({ domain, n }): [string, number][] => (domain === null ? [] : [[domain, n]]))
  return { ofAll: rows.find(({ domain }) => domain === null)?.n ?? 0, ofDomain: new Map(ofDomain) }
}
