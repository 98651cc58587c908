import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { newNonce } from '../readers/rules/token.ts'
import { type Admin, closeSessionsOf, deleteAdmin, lockAdmins, upsertAdmin } from './store/admins.ts'

type Act = { email: string; actor: string; reason: string }

/**
 * Removes an admin, with the sessions and links of that admin. Their events stay in the audit log.
 * @throws UserError when there is no such admin, or no other one
 */
export async function removeAdmin(app: App, act: Act): Promise<void> {
  await onAdmin(app, act, 'remove admin', async (tx, admin, all) => {
    if (all.length === 1) {
      throw new UserError(`${act.email} is the only admin. Invite another one first: \`sitrep admins invite EMAIL\`.`)
    }
    await deleteAdmin(tx, admin.id)
  })
}

/**
 * Ends all sessions of an admin, and the sign-in link that was not yet used.
 * @returns the number of sessions
 * @throws UserError when there is no such admin
 */
export async function signOutAdmin(app: App, act: Act): Promise<number> {
  return onAdmin(app, act, 'sign out admin', async (tx, { id, email }) => {
    await upsertAdmin(tx, email, newNonce(), app.now())
    return closeSessionsOf(tx, id)
  })
}

async function onAdmin<T>(
  app: App,
  { email, actor, reason }: Act,
  action: string,
  act: (tx: Tx, admin: Admin, all: Admin[]) => Promise<T>,
): Promise<T> {
  return app.db.transaction().execute(async (tx) => {
    const all = await lockAdmins(tx)
    const admin = all.find((one) => one.email === email)
    if (!admin) throw new UserError(`There is no admin ${email}. \`sitrep admins list\` shows all admins.`)
    const done = await act(tx, admin, all)
    await recordAudit(app, tx, { actor, action, subject: `admin:${admin.id}`, reason })
    return done
  })
}
