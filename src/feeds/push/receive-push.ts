import type { App } from '../../app.ts'
import { pollFeedsNow } from '../manage-feeds.ts'
import { isSignedBy } from '../rules/push-signature.ts'
import { findPush, updatePush } from '../store/pushes.ts'

/** What a hub asks us to confirm. */
export type HubQuestion = { mode: string; topic: string; challenge: string; leaseS: number }

const longestLeaseS = 30 * 24 * 3600

/**
 * Confirms that we asked for this subscription, by repeating the challenge (WebSub, section 5.3); null when we did not.
 * Renewal is due after two thirds of the lease. A refusal is noted, and polling goes on.
 */
export async function confirmPush(app: App, token: string, question: HubQuestion): Promise<string | null> {
  const push = await findPush(app.db, token)
  if (!push || push.topic !== question.topic) return null
  const now = app.now()
  if (question.mode === 'denied') {
    await updatePush(app.db, push.feed_id, { state: 'refused', due_at: now.add({ hours: 24 * 7 }) })
    return ''
  }
  if (question.mode !== 'subscribe' || push.state === 'wanted' || !question.challenge) return null
  const leaseS = Math.min(Math.max(question.leaseS, 3600), longestLeaseS)
  await updatePush(app.db, push.feed_id, {
    state: 'verified',
    lease_until: now.add({ seconds: leaseS }),
    due_at: now.add({ seconds: Math.floor((leaseS * 2) / 3) }),
  })
  return question.challenge
}

/**
 * Takes a push as a word that there is news: the feed is asked at once, so that nothing but the feed's own server is
 * believed. False for an unknown token; what is not signed is ignored, as the hub is not to know (section 7.1).
 */
export async function hearPush(
  app: App,
  token: string,
  signature: string | undefined,
  body: Uint8Array,
): Promise<boolean> {
  const push = await findPush(app.db, token)
  if (!push) return false
  if (isSignedBy(push.secret, signature, body)) await pollFeedsNow(app, push.url)
  else app.log.warn({ feed: push.feed_id }, 'ignored a push without our signature')
  return true
}
