import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { wake } from '../platform/db/wake.ts'
import { isFollowed, isThere } from './plan-move.ts'
import { requireFeed } from './store/feeds.ts'
import { moveFeed } from './store/moved-feeds.ts'

/**
 * Gives a feed a new address, with its items, readers and settings; it is due at once. No server is asked: `planMove` did
 * that before. A feed that was paused or removed is polled again.
 * @throws UserError when there is no such feed, or another feed has the new address
 */
export async function moveFeedTo(app: App, from: string, to: string, actor: string): Promise<void> {
  const [oldUrl, newUrl] = [canonicalFeedUrl(from), canonicalFeedUrl(to)]
  await app.db.transaction().execute(async (tx) => {
    const feed = await requireFeed(tx, oldUrl)
    if (newUrl === oldUrl) throw isThere(newUrl)
    if (!(await moveFeed(tx, feed, newUrl, app.now()))) throw isFollowed(newUrl)
    const detail = { from: oldUrl, to: newUrl }
    await recordAudit(app, tx, { actor, action: 'move feed', subject: `feed:${feed.id}`, detail })
    await wake(tx, 'poll')
  })
}
