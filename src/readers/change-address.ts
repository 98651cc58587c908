import type { App } from '../app.ts'
import { newAddressView, oldAddressView } from '../editions/mail/address-view.ts'
import { type EditionDraft, senderOf } from '../editions/publish.ts'
import { maskAddress } from '../platform/address.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { mailNotice } from './notice-of-change.ts'
import { mailToReader, personalFacts } from './personal-mail.ts'
import { changeForReader, type NoPreferences } from './preferences-link.ts'
import { lifetimes } from './rules/lifetimes.ts'
import { muteSubject } from './rules/mail-links.ts'
import { newNonce, verifyToken } from './rules/token.ts'
import {
  type AddressChange,
  type ChangeEnd,
  changeOfMail,
  dropChange,
  dropOldChanges,
  findChange,
  findOpenChange,
  markChange,
  moveAddress,
  ripeChanges,
  saveChange,
} from './store/address-changes.ts'
import { recordConsent } from './store/consents.ts'
import { markErased, unmarkErased } from './store/erased-addresses.ts'
import { forgetAsked } from './store/sign-ups.ts'
import {
  claimSubscriber,
  findSubscriber,
  lockSubscriber,
  renewPreferences,
  type Subscriber,
} from './store/subscribers.ts'
import { endSubscriptions } from './store/subscriptions.ts'
import { isSuppressed } from './store/suppressions.ts'

/** So many requests a reader may make on a day: each mails an address of anybody. */
const maxRequests = 3

/**
 * Asks both addresses whether a reader's mail is to go to another one. It does the same for every new address and does not look
 * whether that one is a reader's. `limited`: the reader asked too often today.
 */
export async function requestAddress(
  app: App,
  token: string,
  email: string,
): Promise<{ kind: 'asked' } | { kind: 'limited' } | NoPreferences> {
  return changeForReader(app, token, async (tx, { id }) => {
    const now = app.now()
    const before = await findChange(tx, id)
    const isSameDay = before && Temporal.Instant.compare(before.requested_at.add({ hours: 24 }), now) > 0
    const requests = isSameDay ? before.requests + 1 : 1
    if (requests > maxRequests) return { kind: 'limited' }
    const to = await claimSubscriber(tx, email, newNonce(), now)
    await saveChange(tx, { subscriber_id: id, to_id: to.id, requested_at: now, requests })
    await mailEnd(app, tx, to.id, 'new')
    await mailEnd(app, tx, id, 'old')
    return { kind: 'asked' }
  })
}

async function mailEnd(app: App, tx: Tx, subscriberId: number, end: ChangeEnd): Promise<void> {
  const draft: EditionDraft = {
    template: 'link',
    civilDate: dateAt(app.now()),
    reason: 'change of address',
    facts: personalFacts('change', { address: end, ...senderOf(app) }),
    view: end === 'new' ? newAddressView : oldAddressView,
  }
  await mailToReader(app, tx, draft, { subscriberId, reason: 'change of address' })
}

/** `void`: the link is too old, was cancelled, or a newer request replaced it. */
type NoChange = { kind: 'void' } | { kind: 'invalid' }
export type PeekedChange = { kind: 'open'; end: ChangeEnd; to: Subscriber; from: Subscriber } | NoChange

/** What the link in a mail to one of the addresses would do. Changes nothing. */
export async function peekChange(app: App, end: ChangeEnd, token: string): Promise<PeekedChange> {
  const found = await changeOfToken(app, app.db, end, token)
  return 'change' in found ? { kind: 'open', end, to: found.to, from: found.from } : found
}

type FoundChange = { change: AddressChange; from: Subscriber; to: Subscriber }

async function changeOfToken(app: App, db: Db, end: ChangeEnd, token: string): Promise<FoundChange | NoChange> {
  const purpose = end === 'new' ? 'take-address' : 'keep-address'
  const check = verifyToken(app.config.secretKeys, purpose, token, app.now())
  const delivery = check.kind === 'invalid' ? null : muteSubject(check.subject)
  if (check.kind === 'invalid' || delivery === null) return { kind: 'invalid' }
  const change = check.kind === 'valid' ? await changeOfMail(db, delivery, end) : undefined
  const from = change && (await findSubscriber(db, change.subscriber_id))
  const to = change && (await findSubscriber(db, change.to_id))
  if (check.kind !== 'valid' || !change || !from || !to || from.state !== 'active') return { kind: 'void' }
  const nonce = end === 'new' ? to.nonce : from.preferences_nonce
  return nonce === check.nonce ? { change, from, to } : { kind: 'void' }
}

/**
 * `moved`: the change is made. `waits`: it waits for the other address. `suppressed`, `taken`: the new address gets no mail, or has
 * subscriptions of its own; only who has proved to read its mail hears that.
 */
export type AnsweredChange = { kind: 'moved' | 'waits' | 'suppressed' | 'taken' | 'cancelled' } | NoChange

/** Confirms a change at the new or at the old address. */
export async function agreeToChange(app: App, end: ChangeEnd, token: string): Promise<AnsweredChange> {
  return app.db.transaction().execute(async (tx) => {
    const found = await lockChange(app, tx, end, token)
    if (!('change' in found)) return found
    const { change, from, to } = found
    if (end === 'new') {
      if (await isSuppressed(tx, to.email)) return { kind: 'suppressed' }
      if (to.state === 'active' && to.id !== from.id) return { kind: 'taken' }
    }
    const marks = end === 'new' ? { taken_at: app.now() } : { agreed_at: app.now() }
    await markChange(tx, from.id, marks)
    return moveIfReady(app, tx, { change: { ...change, ...marks }, from, to })
  })
}

/** Cancels a change at the old address, and makes the links to the preferences void: somebody else may have one. */
export async function cancelChange(app: App, token: string): Promise<AnsweredChange> {
  return app.db.transaction().execute(async (tx) => {
    const found = await lockChange(app, tx, 'old', token)
    if (!('change' in found)) return found
    await cancel(app, tx, found.from.id)
    await renewPreferences(tx, found.from.id)
    return { kind: 'cancelled' }
  })
}

/** Cancels a change on the preferences page. The links stay valid: who has this one reads the mail of the reader. */
export async function cancelOwnChange(app: App, token: string): Promise<{ kind: 'cancelled' } | NoPreferences> {
  return changeForReader(app, token, async (tx, { id }) => {
    if (!(await findOpenChange(tx, id))) return { kind: 'cancelled' }
    await cancel(app, tx, id)
    await mailNotice(app, tx, id, [
      'The change of your address is cancelled. Your mail goes on to come to this address.',
    ])
    return { kind: 'cancelled' }
  })
}

async function cancel(app: App, tx: Tx, subscriberId: number): Promise<void> {
  await markChange(tx, subscriberId, { cancelled_at: app.now() })
  const text = 'Cancelled a change of my address.'
  await recordConsent(tx, { subscriberId, kind: 'changed', text, source: 'link', at: app.now() })
}

/** A change that waits: the new address masked, since when, and until when it waits. `taken`, `agreed`: which address confirmed it. */
export type WaitingChange = {
  to: string
  requestedAt: Temporal.Instant
  until: Temporal.Instant
  taken: boolean
  agreed: boolean
}

/** The change of address of a reader that waits; null where there is none. */
export async function waitingChange(db: Db, subscriberId: number): Promise<WaitingChange | null> {
  const change = await findOpenChange(db, subscriberId)
  const to = change && (await findSubscriber(db, change.to_id))
  if (!change || !to) return null
  const { requested_at: requestedAt, taken_at, agreed_at } = change
  const until = requestedAt.add(lifetimes.addressChange)
  return { to: maskAddress(to.email), requestedAt, until, taken: taken_at !== null, agreed: agreed_at !== null }
}

/** Makes the changes that were confirmed at the new address and that the old one did not cancel in time. */
export async function makeRipeChanges(app: App): Promise<void> {
  const ripeSince = app.now().subtract(lifetimes.addressChange)
  for (const id of await ripeChanges(app.db, ripeSince)) {
    await app.db.transaction().execute(async (tx) => {
      const from = await lockSubscriber(tx, id)
      const change = await findOpenChange(tx, id)
      const to = change && (await lockSubscriber(tx, change.to_id))
      if (from?.state === 'active' && change && to) await moveIfReady(app, tx, { change, from, to })
      else await dropChange(tx, id)
    })
  }
  await dropOldChanges(app.db, ripeSince)
}

async function lockChange(app: App, tx: Tx, end: ChangeEnd, token: string): Promise<FoundChange | NoChange> {
  const found = await changeOfToken(app, tx, end, token)
  if (!('change' in found)) return found
  for (const id of [found.from.id, found.to.id].sort((a, b) => a - b)) await lockSubscriber(tx, id)
  return changeOfToken(app, tx, end, token)
}

async function moveIfReady(app: App, tx: Tx, { change, from, to }: FoundChange): Promise<AnsweredChange> {
  const now = app.now()
  const isRipe = Temporal.Instant.compare(change.requested_at.add(lifetimes.addressChange), now) <= 0
  if (!change.taken_at || !(change.agreed_at || isRipe)) return { kind: 'waits' }
  await dropChange(tx, from.id)
  if (to.id === from.id) return { kind: 'moved' }
  if (to.state === 'active') return { kind: 'taken' }
  await endSubscriptions(tx, to.id, now)
  await moveAddress(tx, from.id, to, now)
  await unmarkErased(tx, app.config.secretKeys, to.email)
  await markErased(tx, app.config.secretKeys, from.email, { at: now, moved: true }) // an old list must not bring it back
  await forgetAsked(tx, app.config.secretKeys, [from.email])
  const how = change.agreed_at ? 'and at the old one' : 'and not cancelled at the old one within 7 days'
  const text = `Changed my address: confirmed at the new address ${how}.`
  await recordConsent(tx, { subscriberId: from.id, kind: 'changed', text, source: 'link', at: now })
  const detail = { agreed: change.agreed_at !== null }
  await recordAudit(app, tx, {
    actor: 'reader',
    action: 'change address',
    subject: `subscriber:${from.id}`,
    reason: '',
    detail,
  })
  await mailNotice(app, tx, from.id, ['Your mail comes to this address from now on. Everything else is as before.'])
  return { kind: 'moved' }
}
