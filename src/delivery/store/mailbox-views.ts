import type { Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

export type KeptMail = Selectable<Tables['mailbox']>

/** The mails of the local mailbox, newest first. */
export async function listMails(db: Db, limit: number): Promise<Omit<KeptMail, 'raw' | 'html'>[]> {
  return db
    .selectFrom('mailbox')
    .select(['id', 'sender', 'recipient', 'subject', 'text', 'at'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function findMail(db: Db, id: number): Promise<KeptMail | undefined> {
  return db.selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirst()
}
