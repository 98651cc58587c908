import type { App } from '../../app.ts'
import { claimPushes, type Push, updatePush } from '../store/pushes.ts'

const atOnce = 8
const leaseS = 10 * 24 * 3600

/** Asks hubs to push (WebSub, section 5.1), where they can reach us; polling goes on all the same. Returns how many. */
export async function askForPushes(app: App, signal?: AbortSignal): Promise<number> {
  if (!isReachable(app.config.publicUrl)) return 0
  let asked = 0
  while (!signal?.aborted) {
    const pushes = await claimPushes(app.db, app.now(), atOnce)
    if (!pushes.length) break
    await Promise.all(pushes.map((push) => ask(app, push, signal)))
    asked += pushes.length
  }
  return asked
}

async function ask(app: App, push: Push, signal?: AbortSignal): Promise<void> {
  const form = {
    'hub.mode': 'subscribe',
    'hub.topic': push.topic,
    'hub.callback': `${app.config.publicUrl}/push/${push.token}`,
    'hub.secret': push.secret,
    'hub.lease_seconds': String(leaseS),
  }
  if (push.state !== 'verified') await updatePush(app.db, push.feed_id, { state: 'asked' })
  const outcome = await app.fetcher.get(push.hub, { form, signal })
  if (outcome.kind === 'fetched') return
  const reason = 'reason' in outcome ? outcome.reason : outcome.kind
  await updatePush(app.db, push.feed_id, { due_at: app.now().add({ hours: 24 }) })
  app.log.warn({ feed: push.feed_id, hub: push.hub, reason }, 'could not ask a hub')
}

/** A hub must get through to us: https on a public name. */
function isReachable(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return (
    protocol === 'https:' &&
    hostname.includes('.') &&
    !/^[\d.]+$|\.(?:local|localhost|invalid|internal)$/.test(hostname)
  )
}
