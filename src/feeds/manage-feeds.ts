import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { wake } from '../platform/db/wake.ts'
import { UserError } from '../platform/user-error.ts'
import { folderName } from './rules/folder.ts'
import { type Feed, findFeed, insertFeed, markFeedsDue, retireFeed, reviveFeed } from './store/feeds.ts'
import { releaseHeld } from './store/held.ts'

/**
 * Adds a feed, due at once; one that was removed is polled again.
 * @throws UsageError when a feed cannot live at that address
 */
export async function addFeed(
  app: App,
  url: string,
  actor: string,
  folder?: string | null,
): Promise<{ kind: 'added' | 'known'; feed: Feed }> {
  const canonical = canonicalFeedUrl(url)
  const kept = { url: canonical, title: '', folder: folderName(folder), now: app.now() }
  return app.db.transaction().execute(async (tx) => {
    const added = (await insertFeed(tx, kept)) ?? (await reviveFeed(tx, canonical, app.now()))
    const feed = added ?? (await findFeed(tx, canonical))!
    if (added) await audit(app, tx, actor, 'add feed', feed.id)
    return { kind: added ? 'added' : 'known', feed }
  })
}

/** Stops polling a feed; what it brought stays, since editions cite it. */
export async function removeFeed(app: App, url: string, actor: string): Promise<void> {
  const canonical = canonicalFeedUrl(url)
  await app.db.transaction().execute(async (tx) => {
    const feed = await findFeed(tx, canonical)
    if (!feed || !(await retireFeed(tx, canonical))) throw unknownFeed(canonical)
    await audit(app, tx, actor, 'remove feed', feed.id)
  })
}

/**
 * Takes up again a feed that was paused, ended or removed: due at once, and held as before if it was. False when it is
 * polled anyway.
 */
export async function resumeFeed(app: App, url: string, actor: string): Promise<boolean> {
  const canonical = canonicalFeedUrl(url)
  return app.db.transaction().execute(async (tx) => {
    const feed = await reviveFeed(tx, canonical, app.now())
    if (!feed && !(await findFeed(tx, canonical))) throw unknownFeed(canonical)
    if (feed) await audit(app, tx, actor, 'take up feed again', feed.id)
    return feed !== undefined
  })
}

/** Makes one feed due now, or all; returns how many. The next sweep polls them. Where a person (`actor`) asks, it is noted. */
export async function pollFeedsNow(app: App, url?: string, actor?: string): Promise<number> {
  const canonical = url === undefined ? undefined : canonicalFeedUrl(url)
  return app.db.transaction().execute(async (tx) => {
    const count = await markFeedsDue(tx, app.now(), canonical)
    if (canonical && !count) throw unknownFeed(canonical)
    const feed = canonical && actor ? await findFeed(tx, canonical) : undefined
    if (actor) await audit(app, tx, actor, 'poll now', feed?.id)
    await wake(tx, 'poll')
    return count
  })
}

/**
 * Ends the hold of a feed: what came at once is accepted as news, or skipped (kept and read, never mailed). Returns how
 * many reports it was about.
 * @param seen the newest held revision that the person saw: nothing is settled that came after it
 */
export async function settleHeld(
  app: App,
  url: string,
  decision: 'accept' | 'skip',
  actor: string,
  seen = Number.POSITIVE_INFINITY,
): Promise<number> {
  const canonical = canonicalFeedUrl(url)
  return app.db.transaction().execute(async (tx) => {
    const released = await releaseHeld(tx, canonical, { skipped: decision === 'skip', now: app.now() })
    if (!released) throw new UserError(`The feed ${canonical} is not held.`)
    if (released.newest > seen) throw new UserError('More came in the meantime: look at the list again, then decide.')
    await audit(app, tx, actor, `${decision} held reports`, released.feed)
    await wake(tx, 'read')
    return released.items
  })
}

const unknownFeed = (url: string) =>
  new UserError(`No feed with the address ${url} is polled; see \`sitrep feeds list\`.`)

async function audit(app: App, tx: Parameters<typeof recordAudit>[1], actor: string, action: string, feed?: number) {
  await recordAudit(app, tx, { actor, action, subject: feed === undefined ? 'feeds' : `feed:${feed}` })
}
