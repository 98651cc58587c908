import { sql } from 'kysely'
import { addressKey, suppressionHash } from '../../platform/address.ts'
import { codeOf } from '../../platform/db/code-of.ts'
import type { Tx } from '../../platform/db/db.ts'
import { wasErased } from './erased-addresses.ts'
import { forgetAsked } from './sign-ups.ts'
import type { Subscriber } from './subscribers.ts'
import { suppressionKey } from './suppressions.ts'

/**
 * What an erasure removed of a reader. `kept` are rows of the ledger that stay, as those of an unknown reader, and `unsent` those
 * among them whose mail has not left and never will. `underWay` are mails that the relay has got already.
 */
export type ErasedRows = {
  subscriptions: number
  consents: number
  /** What the reader asked for and waits: a sign-up in the queue, a change of address. */
  requests: number
  /** How often her address was entered in a form, by network. */
  signUps: number
  mutes: number
  labels: number
  bounces: number
  suppressions: number
  caught: number
  kept: number
  unsent: number
  underWay: number
}

/**
 * Removes all that tells of a reader, in the transaction. The reader's row, the ledger and the windows of digests stay, without
 * an address, words of servers or choices. A suppression by a complaint stays too, as a keyed hash, and names no reader. `keys` are the
 * secret keys, newest first.
 */
export async function eraseRows(
  tx: Tx,
  subscriber: Subscriber,
  { keys, now }: { keys: string[]; now: Temporal.Instant },
): Promise<ErasedRows> {
  const { id, email, written_email } = subscriber
  await anonymise(tx, id, now)
  const addresses = [...new Set([email, written_email ?? email])]
  return {
    ...(await eraseMails(tx, id, now)),
    subscriptions: await eraseChoices(tx, id, now),
    consents: await count(tx, sql`delete from consents where subscriber_id = ${id}`),
    requests: await eraseRequests(tx, id, addresses, { keys, now }),
    signUps: await forgetAsked(tx, keys, [email]),
    mutes: await count(tx, sql`delete from mutes where subscriber_id = ${id}`),
    labels: await count(tx, sql`update labels set subscriber_id = null where subscriber_id = ${id}`),
    bounces: await count(
      tx,
      sql`update bounces set subscriber_id = null, domain = null, detail = '', event = null
        where subscriber_id = ${id} or delivery_id in (select d.id from deliveries d where d.subscriber_id = ${id})`,
    ),
    suppressions: await eraseSuppressions(tx, id, email),
    caught: await eraseCaught(tx, addresses, keys),
  }
}

const count = async (tx: Tx, statement: ReturnType<typeof sql>): Promise<number> =>
  Number((await statement.execute(tx)).numAffectedRows ?? 0)

/**
 * First of all: it waits for whoever creates a mail for the reader, and voids the links that open anything. `link_nonce` stays: by it
 * a late bounce report is known to be about an erased reader, and its words are dropped.
 */
async function anonymise(tx: Tx, id: number, now: Temporal.Instant): Promise<void> {
  const nonce = sql`replace(gen_random_uuid()::text, '-', '')`
  await sql`
    update subscribers set email = 'erased-' || id || '@erased.invalid', written_email = null, state = 'gone',
      gone_at = coalesce(gone_at, ${now.toString()}::timestamptz), erased_at = ${now.toString()}::timestamptz,
      paused_until = null, lifted_at = null, import_id = null, nonce = ${nonce}, feed_nonce = ${nonce}, preferences_nonce = ${nonce}
    where id = ${id}`.execute(tx)
}

/** A mail that no relay has got is skipped; one that is under way is marked, so that its reply is kept as a code alone. */
async function eraseMails(tx: Tx, id: number, now: Temporal.Instant) {
  const unsent = sql`state in ('due', 'claimed', 'deferred')`
  const { rows } = await sql<{ kept: number; unsent: number; underWay: number }>`
    with erased as (
      update deliveries d set
        state = case when ${unsent} then 'skipped' else state end,
        reason = case when ${unsent} or state = 'submitted' then 'erased' else reason end,
        due_at = case when ${unsent} then null else due_at end,
        at = case when ${unsent} then ${now.toString()}::timestamptz else at end,
        reply = case when reply is not null then ${codeOf(sql`reply`)} end,
        bounce = case when bounce is not null then '' end
      where subscriber_id = ${id} returning state, reason, at)
    select count(*) as kept, count(*) filter (where state = 'submitted') as "underWay",
      count(*) filter (where state = 'skipped' and reason = 'erased') as unsent from erased`.execute(tx)
  await sql`
    update sendings s set reason = 'erased' from deliveries d
    where d.subscriber_id = ${id} and s.edition_id = d.edition_id and s.n = d.sending and s.n > 0
      and not exists (select from deliveries o where o.edition_id = s.edition_id and o.sending = s.n and o.subscriber_id <> ${id})`.execute(
    tx,
  )
  return rows[0]!
}

/** A new address to which the reader wanted to move, and that was never confirmed for anything else, is erased too. */
async function eraseRequests(
  tx: Tx,
  id: number,
  addresses: string[],
  by: { keys: string[]; now: Temporal.Instant },
): Promise<number> {
  const stored = addresses.map(addressKey)
  const queued = await count(tx, sql`delete from queued_requests where email = any(${stored}::text[])`)
  const { rows } = await sql<{ to_id: number }>`
    delete from address_changes where subscriber_id = ${id} or to_id = ${id} returning to_id`.execute(tx)
  const others = rows.map(({ to_id }) => to_id).filter((other) => other !== id)
  for (const other of await unconfirmed(tx, others)) await eraseRows(tx, other, by)
  return queued + rows.length
}

async function unconfirmed(tx: Tx, ids: number[]): Promise<Subscriber[]> {
  if (!ids.length) return []
  const never = tx.selectFrom('subscribers').selectAll().where('id', 'in', ids).where('confirmed_at', 'is', null)
  return never.where('erased_at', 'is', null).execute()
}

/** Windows count what each digest was; so their subscriptions stay, ended and without any choice. */
async function eraseChoices(tx: Tx, id: number, now: Temporal.Instant): Promise<number> {
  const own = sql`(select s.id from subscriptions s where s.subscriber_id = ${id})`
  await sql`delete from alert_waits where subscription_id in ${own}`.execute(tx)
  await sql`update windows set reason = 'erased' where subscription_id in ${own} and edition_id is null and reason is null`.execute(
    tx,
  )
  return count(
    tx,
    sql`update subscriptions set state = 'ended', ended_at = coalesce(ended_at, ${now.toString()}::timestamptz), topics = '{}',
        all_topics = false, min_score = 0, feeds = '{}', places = '{}', languages = '{}', local_time = '00:00', zone = 'UTC',
        weekday = 1, minutes = 2, quiet_mail = false, quiet_from = null, quiet_to = null, max_alerts = 12
      where subscriber_id = ${id}`,
  )
}

/** Who complained must not be mailed by anybody's request: that suppression stays. */
async function eraseSuppressions(tx: Tx, id: number, email: string): Promise<number> {
  const hash = suppressionHash(await suppressionKey(tx), email)
  const own = sql`(subscriber_id = ${id} or hash = ${hash})`
  await sql`update suppressions set subscriber_id = null, words = '' where ${own} and reason = 'complaint'`.execute(tx)
  return count(tx, sql`delete from suppressions where ${own} and reason <> 'complaint'`)
}

/**
 * Mails of the local mailbox, which development uses: those to the reader, and those that name the address. A change of address left
 * only a mark of the address before; so mails to all addresses with a mark go.
 */
async function eraseCaught(tx: Tx, addresses: string[], keys: string[]): Promise<number> {
  const recipients = await tx.selectFrom('mailbox').select('recipient').distinct().execute()
  const left = await wasErased(
    tx,
    keys,
    recipients.map(({ recipient }) => recipient),
  )
  const gone = [...addresses, ...left].map((one) => one.toLowerCase())
  return count(
    tx,
    sql`delete from mailbox m where exists (select from unnest(${gone}::text[]) own (address)
      where lower(m.recipient) = own.address or lower(m.sender) = own.address
        or position(own.address in lower(m.subject || ' ' || m.text || ' ' || m.html)) > 0)`,
  )
}
