import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'
import type { SignUpsOfMinute } from '../rules/sign-up-limits.ts'

export type QueuedMail = Selectable<Tables['requested_mails']>

/** Puts a mail into the queue, in the place of one that its reader has there. */
export async function queueMail(tx: Tx, mail: QueuedMail): Promise<void> {
  await tx
    .insertInto('requested_mails')
    .values(mail)
    .onConflict((conflict) => conflict.column('subscriber_id').doUpdateSet({ kind: mail.kind }))
    .execute()
}

export async function isQueued(tx: Tx, subscriberId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('requested_mails')
    .select('subscriber_id')
    .where('subscriber_id', '=', subscriberId)
    .executeTakeFirst()
  return row !== undefined
}

/** Takes a mail out of the queue; false when another worker has taken it. */
export async function takeFromQueue(tx: Tx, subscriberId: number): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('requested_mails')
    .where('subscriber_id', '=', subscriberId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** The mails that have waited longest: at most `ofAll`, and at most `ofDomain` to each domain. */
export async function nextInQueue(db: Db, { ofAll, ofDomain }: SignUpsOfMinute): Promise<QueuedMail[]> {
  const { rows } = await sql<QueuedMail>`
    select subscriber_id, kind, domain, at
    from (select *, row_number() over (partition by domain order by at, subscriber_id) as nth from requested_mails) q
    where nth <= ${ofDomain} order by at, subscriber_id limit ${ofAll}`.execute(db)
  return rows
}

/** So many are counted at most, since each sign-up of a rush counts them. */
const countedAtMost = 20_000

/** How many mails wait, to all and to one domain. */
export async function countQueued(tx: Tx, domain: string): Promise<SignUpsOfMinute> {
  const { rows } = await sql<SignUpsOfMinute>`
    select count(*) as "ofAll", count(*) filter (where domain = ${domain}) as "ofDomain"
    from (select domain from requested_mails limit ${countedAtMost}) q`.execute(tx)
  return rows[0] ?? { ofAll: 0, ofDomain: 0 }
}
