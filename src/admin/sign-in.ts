import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import { placeholderAdmin } from '../config.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { Tx } from '../platform/db/db.ts'
import { newNonce, newSecretKey, signToken, verifyToken } from '../readers/rules/token.ts'
import {
  adminOfSession,
  closeSession,
  findAdmin,
  lockAdmins,
  openSession,
  renameAdmin,
  spendAdminNonce,
  upsertAdmin,
} from './store/admins.ts'

const linkLasts = Temporal.Duration.from({ hours: 24 * 7 })
const sessionLasts = Temporal.Duration.from({ hours: 12 })

/** A new session. `session` is the secret for the cookie; the database stores only its hash. */
export type SignedIn = { kind: 'signed-in'; session: string; expiresAt: Temporal.Instant }

/**
 * Makes a sign-in link for an admin, and adds the admin if the address is new. The link works once, within 7 days, and
 * only until the next link is made.
 * @returns the URL; it is only shown, never logged or mailed
 */
export async function inviteAdmin(app: App, email: string, actor: string): Promise<string> {
  return app.db.transaction().execute((tx) => makeLink(app, tx, email, actor))
}

/**
 * Makes a sign-in link at a start. An address that is no admin becomes one only where there is none, or takes the place of the one
 * that a start without ADMIN_EMAIL added: an admin who was removed stays removed.
 * @returns the URL; null for an address that is no admin while others are
 */
export async function inviteFirstAdmin(app: App, email: string, actor: string): Promise<string | null> {
  return app.db.transaction().execute(async (tx) => {
    const admins = (await lockAdmins(tx)).map((admin) => admin.email)
    const isPlaceOnly = admins.every((one) => one === placeholderAdmin)
    if (!isPlaceOnly && !admins.includes(email)) return null
    if (isPlaceOnly) await renameAdmin(tx, placeholderAdmin, email)
    return makeLink(app, tx, email, actor)
  })
}

async function makeLink(app: App, tx: Tx, email: string, actor: string): Promise<string> {
  const nonce = newNonce()
  const { id } = await upsertAdmin(tx, email, nonce, app.now())
  await recordAudit(app, tx, { actor, action: 'invite admin', subject: `admin:${id}` })
  const expiresAt = app.now().add(linkLasts)
  const token = signToken(app.config.secretKeys, { purpose: 'sign-in', subject: String(id), nonce, expiresAt })
  return `${app.config.publicUrl}/admin/sign-in/${token}`
}

/** Whether a sign-in link is still good. It changes nothing, since mail scanners open every link. */
export async function peekSignIn(app: App, token: string): Promise<{ kind: 'open' | 'expired' | 'invalid' }> {
  const check = verifyToken(app.config.secretKeys, 'sign-in', token, app.now())
  if (check.kind !== 'valid') return { kind: check.kind }
  const admin = await findAdmin(app.db, Number(check.subject))
  return { kind: admin?.nonce === check.nonce ? 'open' : 'invalid' }
}

/** Uses up a sign-in link and opens a session of 12 hours. */
export async function signIn(app: App, token: string): Promise<SignedIn | { kind: 'expired' | 'invalid' }> {
  const check = verifyToken(app.config.secretKeys, 'sign-in', token, app.now())
  if (check.kind !== 'valid') return { kind: check.kind }
  const adminId = Number(check.subject)
  return app.db.transaction().execute(async (tx) => {
    const spent = await spendAdminNonce(tx, adminId, check.nonce ?? '', newNonce())
    return spent ? startSession(app, tx, adminId) : { kind: 'invalid' }
  })
}

/** The admin who is signed in with this cookie, or null. */
export async function adminOf(app: App, session: string | undefined): Promise<{ id: number; email: string } | null> {
  if (!session) return null
  return (await adminOfSession(app.db, hashOf(session), app.now())) ?? null
}

/** Ends the session of this cookie, if there is one. */
export async function signOut(app: App, session: string | undefined): Promise<void> {
  if (session) await closeSession(app.db, hashOf(session))
}

async function startSession(app: App, tx: Tx, adminId: number): Promise<SignedIn> {
  const session = newSecretKey()
  const expiresAt = app.now().add(sessionLasts)
  await openSession(tx, { hash: hashOf(session), adminId, expiresAt }, app.now())
  await recordAudit(app, tx, { actor: `admin:${adminId}`, action: 'sign in', subject: `admin:${adminId}` })
  return { kind: 'signed-in', session, expiresAt }
}

const hashOf = (session: string) => createHash('sha256').update(session).digest('hex')
