import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { Tx } from '../platform/db/db.ts'
import { newNonce, newSecretKey, verifyToken } from '../readers/rules/token.ts'
import { findAdmin, spendAdminNonce } from './store/admins.ts'
import { adminOfSession, closeSession, openSession } from './store/sessions.ts'

const sessionFor = Temporal.Duration.from({ hours: 12 })

/** `session` goes into the cookie and nowhere else: the database knows only its hash. */
export type SignedIn = { kind: 'signed-in'; session: string; expiresAt: Temporal.Instant }

/** Whether the link would sign in. Changes nothing: mail scanners open every link. */
export async function peekSignIn(app: App, token: string): Promise<{ kind: 'open' | 'expired' | 'invalid' }> {
  const verdict = verifyToken(app.config.secretKeys, 'sign-in', token, app.now())
  if (verdict.kind !== 'valid') return { kind: verdict.kind }
  const admin = await findAdmin(app.db, Number(verdict.subject))
  return { kind: admin?.nonce === verdict.nonce ? 'open' : 'invalid' }
}

/** Uses up a sign-in link and opens a session of 12 hours. */
export async function signIn(app: App, token: string): Promise<SignedIn | { kind: 'expired' | 'invalid' }> {
  const verdict = verifyToken(app.config.secretKeys, 'sign-in', token, app.now())
  if (verdict.kind !== 'valid') return { kind: verdict.kind }
  const adminId = Number(verdict.subject)
  return app.db.transaction().execute(async (tx) => {
    const spent = await spendAdminNonce(tx, adminId, verdict.nonce ?? '', newNonce())
    return spent ? open(app, tx, adminId) : { kind: 'invalid' }
  })
}

/** Who is signed in with this cookie, or null. */
export async function adminOf(app: App, session: string | undefined): Promise<{ id: number; email: string } | null> {
  if (!session) return null
  return (await adminOfSession(app.db, hashOf(session), app.now())) ?? null
}

export async function signOut(app: App, session: string | undefined): Promise<void> {
  if (session) await closeSession(app.db, hashOf(session))
}

async function open(app: App, tx: Tx, adminId: number): Promise<SignedIn> {
  const session = newSecretKey()
  const expiresAt = app.now().add(sessionFor)
  await openSession(tx, { hash: hashOf(session), adminId, expiresAt }, app.now())
  await recordAudit(app, tx, { actor: `admin:${adminId}`, action: 'sign in', subject: `admin:${adminId}` })
  return { kind: 'signed-in', session, expiresAt }
}

const hashOf = (session: string) => createHash('sha256').update(session).digest('hex')
