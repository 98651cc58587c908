import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

type MailboxRow = Selectable<Tables['mailbox']>

/** Keeps a mail in the local mailbox, which development uses in place of a mail server. */
export async function keepMail(db: Db, mail: Insertable<Tables['mailbox']>): Promise<void> {
  await db.insertInto('mailbox').values(mail).execute()
}

/** Lists the mails of the local mailbox, newest first, without their sources and HTML. */
export async function listMails(db: Db, limit: number): Promise<Omit<MailboxRow, 'raw' | 'html'>[]> {
  return db
    .selectFrom('mailbox')
    .select(['id', 'sender', 'recipient', 'subject', 'text', 'at'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** One mail of the local mailbox with all its columns. */
export async function findMail(db: Db, id: number): Promise<MailboxRow | undefined> {
  return db.selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirst()
}
