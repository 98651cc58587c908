import { lifetimes } from './lifetimes.ts'
import { signToken } from './token.ts'

/** The personal links of one mail. `unsubscribe` is also the address for one-click unsubscribing (RFC 8058). */
export type MailLinks = {
  confirm: string
  unsubscribe: string
  preferences: string
  mute: string
  label: string
  /** At the new address of a reader: confirms it. At the old one: agrees to it or cancels it. */
  takeAddress: string
  keepAddress: string
  /** Takes back the end of subscriptions of which the mail tells. */
  undo: string
}

/** A reader with the nonces that her links carry: nobody can guess them, also not with a leaked key. */
type LinkedReader = { id: number; nonce: string; preferences_nonce: string; link_nonce: string }

export type MailLinksOf = {
  keys: string[]
  publicUrl: string
  /** The date of the mail, so that a retry has the same links. */
  datedAt: Temporal.Instant
  subscriber: LinkedReader
  /** The subscription that the mail is for. Without one, the unsubscribe link is for all subscriptions. */
  subscriptionId?: number | null | undefined
  /** The copy of an alert whose stories the reader may mute. */
  deliveryId?: number | undefined
}

/** The personal links of a mail; the same input gives the same links. Each one is signed when it is read. */
export function mailLinks({
  keys,
  publicUrl,
  datedAt,
  subscriber,
  subscriptionId,
  deliveryId = 0,
}: MailLinksOf): MailLinks {
  const { id, nonce, preferences_nonce, link_nonce } = subscriber
  const subject = String(id)
  const unsubscribing = subscriptionId ? `s${subscriptionId}` : `r${id}`
  return {
    get confirm() {
      const payload = { purpose: 'confirm', subject, nonce, expiresAt: datedAt.add(lifetimes.confirmLink) } as const
      return `${publicUrl}/c/${signToken(keys, payload)}`
    },
    get unsubscribe() {
      return `${publicUrl}/u/${signToken(keys, { purpose: 'unsubscribe', subject: unsubscribing, nonce: link_nonce })}`
    },
    get preferences() {
      const expiresAt = datedAt.add(lifetimes.preferencesLink)
      const opened = subscriptionId ? `${id}s${subscriptionId}` : subject
      return `${publicUrl}/p/${signToken(keys, { purpose: 'preferences', subject: opened, nonce: preferences_nonce, expiresAt })}`
    },
    get label() {
      return labelLink(keys, publicUrl, subscriber)
    },
    get takeAddress() {
      const expiresAt = datedAt.add(lifetimes.addressChange)
      return `${publicUrl}/a/${signToken(keys, { purpose: 'take-address', subject: `d${deliveryId}`, nonce, expiresAt })}`
    },
    get keepAddress() {
      const expiresAt = datedAt.add(lifetimes.addressChange)
      const payload = {
        purpose: 'keep-address',
        subject: `d${deliveryId}`,
        nonce: preferences_nonce,
        expiresAt,
      } as const
      return `${publicUrl}/k/${signToken(keys, payload)}`
    },
    get undo() {
      const expiresAt = datedAt.add(lifetimes.undoByMail)
      return `${publicUrl}/r/${signToken(keys, { purpose: 'undo', subject, nonce, expiresAt })}`
    },
    get mute() {
      return `${publicUrl}/m/${signToken(keys, { purpose: 'mute', subject: `d${deliveryId}`, nonce: link_nonce })}`
    },
  }
}

/** The page on which a reader says what is wrong with a story. It never expires, and can only store that. */
export function labelLink(
  keys: string[],
  publicUrl: string,
  { id, link_nonce: nonce }: Pick<LinkedReader, 'id' | 'link_nonce'>,
): string {
  return `${publicUrl}/w/${signToken(keys, { purpose: 'label', subject: `r${id}`, nonce })}`
}

/** What an unsubscribe token ends: one subscription, or all of a subscriber's; null for any other subject. */
export function unsubscribeSubject(subject: string): { subscription: number } | { subscriber: number } | null {
  const [, kind, digits] = /^([sr])(\d{1,15})$/.exec(subject) ?? []
  if (!kind) return null
  return kind === 's' ? { subscription: Number(digits) } : { subscriber: Number(digits) }
}

/**
 * What a preferences token opens: all of a subscriber's preferences, or one subscription alone. The link in a digest or an alert
 * opens that mail's subscription: mails get forwarded. Null for any other subject.
 */
export function preferencesSubject(subject: string): { subscriber: number; subscription: number | null } | null {
  const [, subscriber, subscription] = /^(\d{1,11})(?:s(\d{1,11}))?$/.exec(subject) ?? []
  if (!subscriber) return null
  return { subscriber: Number(subscriber), subscription: subscription ? Number(subscription) : null }
}

/** The subscriber that a token of a private feed or of labels names; null for any other subject. */
export function readerSubject(subject: string): number | null {
  const [, digits] = /^r(\d{1,15})$/.exec(subject) ?? []
  return digits === undefined ? null : Number(digits)
}

/** The delivery that a mute token names; null for any other subject. */
export function muteSubject(subject: string): number | null {
  const [, digits] = /^d(\d{1,15})$/.exec(subject) ?? []
  return digits === undefined ? null : Number(digits)
}
