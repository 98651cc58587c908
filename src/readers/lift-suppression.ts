import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { inDryRun, type Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { activate } from './confirm.ts'
import { mailWithinLimits } from './confirmation-mail.ts'
import { recordConsent } from './store/consents.ts'
import {
  findSubscriberByEmail,
  lockSubscriber,
  noteLift,
  reopenSubscriber,
  type Subscriber,
} from './store/subscribers.ts'
import { reopenSubscriptions } from './store/subscriptions.ts'
import { deleteSuppression, findSuppression, type Suppression } from './store/suppressions.ts'

/**
 * `restore`: a reader who complained gets the subscriptions back at once, because the reader asked for it; else the reader is
 * asked by mail. `reason` says how the admin knows.
 */
export type LiftRequest = {
  email: string
  actor: string
  reason: string
  restore?: boolean | undefined
  dryRun?: boolean | undefined
}

/**
 * What a lift did. `restored`: the reader gets mail as before. `asked`: a confirmation mail is sent. `waiting`: the limits of
 * the address allow no confirmation mail now. `free`: no reader has the address; anybody may sign up with it.
 */
export type Lifted = { kind: 'restored' | 'asked' | 'waiting' | 'free' }

/**
 * Lifts the suppression of an address. Earlier answers of mail servers about it count no more.
 * @throws UserError when the address is not suppressed
 */
export async function liftSuppression(app: App, { dryRun, ...request }: LiftRequest): Promise<Lifted> {
  const lift = (tx: Tx) => liftIn(app, tx, request)
  return dryRun ? inDryRun(app.db, lift) : app.db.transaction().execute(lift)
}

async function liftIn(app: App, tx: Tx, { email, actor, reason, restore }: LiftRequest): Promise<Lifted> {
  const found = await findSubscriberByEmail(tx, email)
  const subscriber = found && (await lockSubscriber(tx, found.id))
  const suppression = await findSuppression(tx, email)
  if (!suppression) throw new UserError('This address is not suppressed.')
  await deleteSuppression(tx, email)
  const lifted = subscriber ? await readmit(app, tx, subscriber, { suppression, reason, restore, actor }) : free
  const subject = subscriber ? `subscriber:${subscriber.id}` : 'suppression'
  const detail = { was: suppression.reason, since: suppression.at.toString(), outcome: lifted.kind }
  await recordAudit(app, tx, { actor, action: 'lift suppression', subject, reason, detail }, email)
  return lifted
}

const free: Lifted = { kind: 'free' }

type Terms = { suppression: Suppression; reason: string; restore: boolean | undefined; actor: string }

/** Only a complaint has ended subscriptions: those that it ended come back, or are asked for. */
async function readmit(app: App, tx: Tx, subscriber: Subscriber, terms: Terms): Promise<Lifted> {
  const { id, state } = subscriber
  const now = app.now()
  await noteLift(tx, id, now)
  if (state === 'active') return { kind: 'restored' }
  const { suppression, restore } = terms
  if (state === 'gone') {
    const reopened = await reopenSubscriptions(tx, id, suppression.at.subtract({ minutes: 1 }))
    if (!reopened.length) return free
    if (restore) return restoreNow(app, tx, { id, reopened, terms })
    await reopenSubscriber(tx, id)
  }
  const mailed = await mailWithinLimits(app, tx, { kind: 'confirmation', subscriberId: id })
  return { kind: mailed.kind === 'mailed' ? 'asked' : 'waiting' }
}

type Restored = { id: number; reopened: number[]; terms: Terms }

async function restoreNow(app: App, tx: Tx, { id, reopened, terms }: Restored): Promise<Lifted> {
  await activate(app, tx, id, reopened)
  const text = `An admin restored the subscriptions after a complaint: ${terms.reason}`
  await recordConsent(tx, { subscriberId: id, kind: 'given', text, source: terms.actor, at: app.now() })
  return { kind: 'restored' }
}
