import type { App } from '../app.ts'
import { addressKey } from '../platform/address.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { inDryRun, type Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { type ErasedRows, eraseRows } from './store/erase.ts'
import { markErased } from './store/erased-addresses.ts'
import { findSubscriberByEmail, lockSubscriber, type Subscriber } from './store/subscribers.ts'

/** `reason` says how the admin knows that the reader wants it. */
export type EraseRequest = { email: string; actor: string; reason: string; dryRun?: boolean | undefined }

/**
 * Erases a reader for an admin: all that tells of the reader is removed, and a keyed mark of the address stays. With `dryRun`
 * nothing is removed.
 * @throws UserError when no reader has the address, or an admin has it
 */
export async function eraseReader(app: App, { email, actor, reason, dryRun }: EraseRequest): Promise<ErasedRows> {
  const act = async (tx: Tx): Promise<ErasedRows> => {
    const found = await findSubscriberByEmail(tx, email)
    const subscriber = found && (await lockSubscriber(tx, found.id))
    if (!subscriber || subscriber.email !== addressKey(email)) throw new UserError('No reader has this address.')
    if (await isAdmin(tx, subscriber.email))
      throw new UserError('An admin has this address. Remove the admin first, with sitrep admins remove.')
    return eraseIn(app, tx, subscriber, { actor, reason })
  }
  if (dryRun) return inDryRun(app.db, act)
  return app.db.transaction().execute(act)
}

/** Erases a reader whose lock the transaction holds, leaves the mark of the address, and records the act. */
export async function eraseIn(
  app: App,
  tx: Tx,
  subscriber: Subscriber,
  { actor, reason }: { actor: string; reason: string },
): Promise<ErasedRows> {
  const now = app.now()
  const keys = app.config.secretKeys
  const erased = await eraseRows(tx, subscriber, { keys, now })
  await markErased(tx, keys, subscriber.email, { at: now, moved: false })
  const subject = `subscriber:${subscriber.id}`
  const own = [subscriber.email, subscriber.written_email ?? subscriber.email]
  await recordAudit(app, tx, { actor, action: 'erase reader', subject, reason, detail: erased }, ...own)
  return erased
}

async function isAdmin(tx: Tx, email: string): Promise<boolean> {
  const row = await tx.selectFrom('admins').select('id').where('email', '=', email).executeTakeFirst()
  return row !== undefined
}
