import { signToken } from './token.ts'

/** The links of one mail: `oneClick` is where RFC 8058 posts to, and the same URL as `unsubscribe`. */
export type MailLinks = { confirm: string; unsubscribe: string; oneClick: string; preferences: string }

export type MailLinksOf = {
  keys: string[]
  publicUrl: string
  /** The date that stands in the mail, so that a retry carries the same links. */
  datedAt: Temporal.Instant
  subscriber: { id: number; nonce: string }
  /** The subscription that the mail is for; a mail without one ends all of them. */
  subscriptionId?: number | null | undefined
}

const confirmFor = Temporal.Duration.from({ hours: 7 * 24 })
const preferencesFor = Temporal.Duration.from({ hours: 30 * 24 })

/** The personal links of a mail. Pure: the same delivery always gets the same. Each is signed when it is asked for. */
export function mailLinks({ keys, publicUrl, datedAt, subscriber, subscriptionId }: MailLinksOf): MailLinks {
  const { id, nonce } = subscriber
  const subject = String(id)
  const whose = subscriptionId ? `s${subscriptionId}` : `r${id}`
  return {
    get confirm() {
      const claim = { purpose: 'confirm', subject, nonce, expiresAt: datedAt.add(confirmFor) } as const
      return `${publicUrl}/c/${signToken(keys, claim)}`
    },
    get unsubscribe() {
      return `${publicUrl}/u/${signToken(keys, { purpose: 'unsubscribe', subject: whose })}`
    },
    get oneClick() {
      return this.unsubscribe
    },
    get preferences() {
      const claim = { purpose: 'preferences', subject, expiresAt: datedAt.add(preferencesFor) } as const
      return `${publicUrl}/p/${signToken(keys, claim)}`
    },
  }
}

/** Whom an unsubscribe token names: one subscription, or a reader with all of theirs. */
export function unsubscribeSubject(subject: string): { subscription: number } | { subscriber: number } | null {
  const [, kind, digits] = /^([sr])(\d{1,15})$/.exec(subject) ?? []
  if (!kind) return null
  return kind === 's' ? { subscription: Number(digits) } : { subscriber: Number(digits) }
}
