import type { Db, Tx } from '../../platform/db/db.ts'
import type { DeliveryState } from '../../platform/db/tables/delivery.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** How many deliveries are in which state; states without any are left out. */
export type StateCounts = Partial<Record<DeliveryState, number>>

/** A row as the command line and the pages show it. */
export type ListedDelivery = {
  edition: string
  kind: EditionKind
  subscriber: string
  sending: number
  state: DeliveryState
  reason: string | null
  attempts: number
  dueAt: Temporal.Instant | null
  messageId: string
  reply: string | null
  at: Temporal.Instant
}

export async function listDeliveries(
  db: Db,
  filter: {
    edition?: string | undefined
    state?: DeliveryState | undefined
    email?: string | undefined
    limit: number
  },
): Promise<ListedDelivery[]> {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select([
      'e.key as edition',
      'e.kind',
      'p.email as subscriber',
      'd.sending',
      'd.state',
      'd.reason',
      'd.attempts',
      'd.due_at as dueAt',
      'd.message_id as messageId',
      'd.reply',
      'd.at',
    ])
    .$if(filter.edition !== undefined, (q) =>
      q.where((eb) => eb.or([eb('e.key', '=', filter.edition!), eb('e.slug', '=', filter.edition!)])),
    )
    .$if(filter.state !== undefined, (q) => q.where('d.state', '=', filter.state!))
    .$if(filter.email !== undefined, (q) => q.where('p.email', '=', filter.email!))
    .orderBy('d.at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(filter.limit)
    .execute()
}

/** Turns unknown deliveries of an edition, or one reader's, into accepted ones; returns their ids. */
export async function acceptUnknown(
  tx: Tx,
  { edition, email }: { edition: number; email?: string | undefined },
  reply: string,
  now: Temporal.Instant,
): Promise<number[]> {
  const rows = await tx
    .updateTable('deliveries')
    .set({ state: 'accepted', reason: null, reply, at: now })
    .where('state', '=', 'unknown')
    .where('edition_id', '=', edition)
    .$if(email !== undefined, (q) =>
      q.where('subscriber_id', 'in', (eb) => eb.selectFrom('subscribers').select('id').where('email', '=', email!)),
    )
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Deliveries by state; states without any are left out. */
export async function countDeliveries(db: Db): Promise<StateCounts> {
  const rows = await db
    .selectFrom('deliveries')
    .select((eb) => ['state', eb.fn.countAll<number>().as('n')])
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.state, row.n]))
}

/** When the delivery that has waited longest became due; null when nothing is due by now. */
export async function findOldestDue(db: Db, now: Temporal.Instant): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('deliveries')
    .select('due_at')
    .where('state', 'in', ['due', 'deferred'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

/** How many deliveries have failed since. */
export async function countFailures(db: Db, since: Temporal.Instant): Promise<number> {
  const { n } = await db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'failed')
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return n
}

/** Deliveries by state, for each of some editions. */
export async function countStates(db: Db, editions: number[]): Promise<Map<number, StateCounts>> {
  const counts = new Map<number, StateCounts>(editions.map((id) => [id, {}]))
  if (editions.length === 0) return counts
  const rows = await db
    .selectFrom('deliveries')
    .select((eb) => ['edition_id', 'state', eb.fn.countAll<number>().as('n')])
    .where('edition_id', 'in', editions)
    .groupBy(['edition_id', 'state'])
    .execute()
  for (const row of rows) counts.get(row.edition_id)![row.state] = row.n
  return counts
}
