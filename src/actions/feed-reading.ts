import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../domain/canonical-url.ts'
import { UsageError } from '../domain/usage-error.ts'
import { recordAudit } from '../store/audit.ts'
import { findFeed, setFeedReading } from '../store/feeds.ts'

/** What may be changed: fetch the pages behind summaries, show whole texts to everybody. */
export type FeedReading = { fullText?: boolean; republish?: boolean }

/**
 * Says how a feed is read and shown; what was read before stays as it is.
 * @throws UsageError when there is no such feed, or nothing to change
 */
export async function changeFeedReading(app: App, url: string, wish: FeedReading, actor: string): Promise<void> {
  if (wish.fullText === undefined && wish.republish === undefined)
    throw new UsageError('Say what to change: --full-text on|off or --republish on|off.')
  const canonical = canonicalFeedUrl(url)
  await app.db.transaction().execute(async (tx) => {
    const feed = await findFeed(tx, canonical)
    if (!feed) throw new UsageError(`There is no feed with the address ${canonical}; see \`sitrep feeds list\`.`)
    await setFeedReading(tx, feed.id, wish)
    const entry = { actor, action: 'change how a feed is read', subject: `feed:${feed.id}`, reason: '', detail: wish }
    await recordAudit(tx, app.config.secretKeys, { ...entry, at: app.now() })
  })
}
