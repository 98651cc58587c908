import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { newNonce, signToken } from '../readers/rules/token.ts'
import { upsertAdmin } from './store/admins.ts'

const inviteFor = Temporal.Duration.from({ hours: 7 * 24 })

/**
 * A sign-in link for an admin, entered when new: works once, for 7 days, and only until the next one is made.
 * @returns the URL; it is shown, never logged or mailed.
 */
export async function inviteAdmin(app: App, email: string, actor: string): Promise<string> {
  const nonce = newNonce()
  const admin = await app.db.transaction().execute(async (tx) => {
    const entered = await upsertAdmin(tx, email, nonce, app.now())
    await recordAudit(app, tx, { actor, action: 'invite admin', subject: `admin:${entered.id}` })
    return entered
  })
  const expiresAt = app.now().add(inviteFor)
  const token = signToken(app.config.secretKeys, { purpose: 'sign-in', subject: String(admin.id), nonce, expiresAt })
  return `${app.config.publicUrl}/admin/sign-in/${token}`
}
