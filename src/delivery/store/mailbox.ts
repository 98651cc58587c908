import type { Insertable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { Tables } from '../../platform/db/schema.ts'

/** Keeps a mail where no mail server is set: the local mailbox of development. */
export async function keepMail(db: Db, mail: Insertable<Tables['mailbox']>): Promise<void> {
  await db.insertInto('mailbox').values(mail).execute()
}
