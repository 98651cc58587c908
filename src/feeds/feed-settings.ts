import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { UserError } from '../platform/user-error.ts'
import { folderName } from './rules/folder.ts'
import { type Feed, findFeed, setFeedReading } from './store/feeds.ts'

/** What may be changed: fetch the pages behind summaries, show whole texts to everybody, the folder ('' is none). */
export type FeedReading = {
  fullText?: boolean | undefined
  republish?: boolean | undefined
  folder?: string | null | undefined
}

/**
 * Says how a feed is read, shown and filed; what was read before stays as it is. False when it is all so already.
 * @throws UsageError when there is no such feed, or nothing to change
 */
export async function changeFeedReading(app: App, url: string, wish: FeedReading, actor: string): Promise<boolean> {
  if (Object.values(wish).every((value) => value === undefined))
    throw new UserError('Say what to change: --full-text on|off, --republish on|off or --folder NAME.')
  const canonical = canonicalFeedUrl(url)
  return app.db.transaction().execute(async (tx) => {
    const feed = await findFeed(tx, canonical)
    if (!feed) throw new UserError(`There is no feed with the address ${canonical}; see \`sitrep feeds list\`.`)
    const detail = changesOf(feed, wish)
    if (!Object.keys(detail).length) return false
    await setFeedReading(tx, feed.id, detail)
    await recordAudit(app, tx, { actor, action: 'change how a feed is read', subject: `feed:${feed.id}`, detail })
    return true
  })
}

function changesOf(feed: Feed, { fullText, republish, folder: named }: FeedReading): FeedReading {
  const folder = named === undefined ? feed.folder : folderName(named)
  return {
    ...(fullText !== undefined && fullText !== feed.full_text && { fullText }),
    ...(republish !== undefined && republish !== feed.republish && { republish }),
    ...(folder !== feed.folder && { folder }),
  }
}
