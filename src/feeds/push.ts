import type { App } from '../app.ts'
import { pollFeedsNow } from './manage-feeds.ts'
import { checkSignature, isReachable, leaseTimes, maxHubRequests, requestedLeaseS, retryAfter } from './rules/websub.ts'
import { claimPushes, findPush, type Push, updatePush } from './store/pushes.ts'

/** Asks hubs to push (WebSub, section 5.1), if they can reach us. Polling continues in any case. Returns how many were asked. */
export async function askForPushes(app: App, signal?: AbortSignal): Promise<number> {
  if (!isReachable(app.config.publicUrl)) return 0
  let asked = 0
  while (!signal?.aborted) {
    const pushes = await claimPushes(app.db, app.now(), maxHubRequests)
    if (!pushes.length) break
    await Promise.all(pushes.map((push) => requestPush(app, push, signal)))
    asked += pushes.length
  }
  return asked
}

async function requestPush(app: App, push: Push, signal?: AbortSignal): Promise<void> {
  const form = {
    'hub.mode': 'subscribe',
    'hub.topic': push.topic,
    'hub.callback': `${app.config.publicUrl}/push/${push.token}`,
    'hub.secret': push.secret,
    'hub.lease_seconds': String(requestedLeaseS),
  }
  if (push.state !== 'verified') await updatePush(app.db, push.feed_id, { state: 'asked' })
  const outcome = await app.fetcher.get(push.hub, { form, isFound: true, signal })
  if (outcome.kind === 'fetched') return
  const reason = 'reason' in outcome ? outcome.reason : outcome.kind
  await updatePush(app.db, push.feed_id, { due_at: app.now().add(retryAfter.unreachable) })
  app.log.warn({ feed: push.feed_id, hub: push.hub, reason }, 'failed to ask a hub for pushes')
}

/** What a hub asks us to confirm. */
export type HubQuestion = { mode: string; topic: string; challenge: string; leaseS: number }

/**
 * Confirms that we asked for this subscription: returns the challenge (WebSub, section 5.3), or null when we did not ask. A
 * refusal is recorded, and polling continues.
 */
export async function confirmPush(app: App, token: string, question: HubQuestion): Promise<string | null> {
  const push = await findPush(app.db, token)
  if (!push || push.topic !== question.topic) return null
  const now = app.now()
  if (question.mode === 'denied') {
    await updatePush(app.db, push.feed_id, { state: 'refused', due_at: now.add(retryAfter.refused) })
    return ''
  }
  if (question.mode !== 'subscribe' || push.state === 'wanted' || !question.challenge) return null
  const { ends, renewal } = leaseTimes(question.leaseS, now)
  await updatePush(app.db, push.feed_id, { state: 'verified', lease_until: ends, due_at: renewal })
  return question.challenge
}

/** A push as it comes from the network: the pieces of its body are read only when the token and the header can be right. */
export type IncomingPush = { signature: string | undefined; body: AsyncIterable<Uint8Array> | null }

/** A push has a whole feed: at most so many bytes of it are read. */
const maxPushBytes = 10_000_000

/**
 * Receives a push: the feed is polled at once, and the pushed body is not used, so that only the feed's own server is
 * believed. No more of the body is kept than the piece that is being hashed. A body without our signature is ignored, and the
 * hub is not told (section 7.1).
 */
export async function hearPush(
  app: App,
  token: string,
  push: IncomingPush,
): Promise<'heard' | 'unknown' | 'too large'> {
  const known = await findPush(app.db, token)
  if (!known) return 'unknown'
  const check = checkSignature(known.secret, push.signature)
  let size = 0
  for await (const piece of (check && push.body) ?? []) {
    size += piece.byteLength
    if (size > maxPushBytes) return 'too large'
    check?.update(piece)
  }
  if (check?.isMatch()) await pollFeedsNow(app, known.url)
  else app.log.warn({ feed: known.feed_id }, 'ignored a push without our signature')
  return 'heard'
}
