import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { App } from '../../src/app.ts'
import { priorityOf } from '../../src/editions/rules/edition.ts'
import { type Edition, freezeEdition } from '../../src/editions/store/editions.ts'
import type { Db } from '../../src/platform/db/db.ts'
import type { DeliveryState } from '../../src/platform/db/tables/delivery.ts'
import type { EditionKind } from '../../src/platform/db/tables/editions.ts'
import { findSubscriberByEmail } from '../../src/readers/store/subscribers.ts'

/** Enters so many confirmed readers of a daily digest, without the ceremony: reader1@example1.org and on. */
export async function enterReaders(db: Db, readers: number): Promise<void> {
  await sql`insert into subscribers (email, state, nonce, created_at, confirmed_at)
    select 'reader' || n || '@example' || n % 50 || '.org', 'active', md5(n::text), now(), now()
    from generate_series(1, ${readers}::int) n`.execute(db)
  await sql`insert into subscriptions
      (subscriber_id, topics, cadence, local_time, zone, state, confirmed_at, created_at)
    select id, '{displacement}', 'daily', '07:00', 'Europe/Kyiv', 'active', now(), now() from subscribers`.execute(db)
  await sql`insert into windows (subscription_id, kind, civil_date, from_position, to_position, reason)
    select id, 'welcome', current_date, 0, 0, 'welcomed before' from subscriptions`.execute(db)
}

/** Creates deliveries of an edition, which are due, for the first so many readers, as one sending. */
export async function createDeliveries(db: Db, edition: number, sending: number, count: number): Promise<void> {
  await sql`insert into sendings (edition_id, n, reason, actor, at) values (${edition}, ${sending}, 'test', 'test', now())
    on conflict do nothing`.execute(db)
  await sql`insert into deliveries
      (edition_id, subscriber_id, subscription_id, sending, due_at, dated_at, at, message_id)
    select ${edition}, p.id, s.id, ${sending}, now(), date_trunc('second', now()), now(),
      '<' || substr(encode(sha256(convert_to(${`${edition}:${sending}:`}::text || p.id, 'UTF8')), 'hex'), 1, 32) || '@example.org>'
    from subscribers p join subscriptions s on s.subscriber_id = p.id order by p.id limit ${count}`.execute(db)
}

/**
 * Freezes an edition and creates its deliveries for so many readers, in 50 mail domains. Readers are entered when there are
 * none. Returns the id of the edition.
 */
export async function createDigest(
  { db, now }: Pick<App, 'db' | 'now'>,
  readers: number,
  { key = 'k', kind = 'daily', body = 'One' }: { key?: string; kind?: EditionKind; body?: string } = {},
): Promise<number> {
  const entered = await db.selectFrom('subscribers').select('id').limit(1).execute()
  if (!entered.length) await enterReaders(db, readers)
  const edition = { key, slug: key, kind, subject: 'A digest', html: `<p>${body}</p>`, text: body }
  const about = { takeaways: [], topics: [], slot_id: null, closed_at: now() }
  const { id } = await db.transaction().execute((tx) => freezeEdition(tx, { ...edition, ...about }, 'test'))
  await createDeliveries(db, id, 0, readers)
  return id
}

/** How many deliveries are in each state. */
export async function deliveryStates({ db }: App): Promise<Record<string, number>> {
  const rows = await db.selectFrom('deliveries').select('state').execute()
  const byState = Map.groupBy(rows, ({ state }) => state)
  return Object.fromEntries([...byState].map(([state, all]) => [state, all.length]))
}

type EditionText = { kind: EditionKind; slug: string; subject: string; html?: string }

/** Freezes an edition about displacement with its original sending, and without deliveries. */
export async function createEdition(
  { db, now }: App,
  { kind, slug, subject, html = '<p>Mail</p>' }: EditionText,
): Promise<Edition> {
  const key = createHash('sha256').update(slug).digest('hex').slice(0, 32)
  const edition = { key, slug, kind, subject, html, text: 'Mail' }
  const about = { takeaways: [], topics: ['displacement'], closed_at: now() }
  const { id } = await db.transaction().execute((tx) => freezeEdition(tx, { ...edition, ...about }, 'the test'))
  return db.selectFrom('editions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

type DeliveryFacts = { state: DeliveryState; reason?: string | null; reply?: string | null }

/** Creates a delivery of an edition's original sending, in any state. */
export async function createDelivery(
  { db, now }: App,
  edition: Edition,
  email: string,
  { state, reason = null, reply = null }: DeliveryFacts,
): Promise<void> {
  const reader = (await findSubscriberByEmail(db, email))!
  const times = { due_at: now(), dated_at: now(), at: now() }
  const mail = { sending: 0, attempts: 1, message_id: `<${edition.id}.${reader.id}@example.org>` }
  await db
    .insertInto('deliveries')
    .values({
      ...times,
      ...mail,
      edition_id: edition.id,
      subscriber_id: reader.id,
      priority: priorityOf(edition.kind),
      state,
      reason,
      reply,
    })
    .execute()
}
