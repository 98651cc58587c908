import { z } from 'zod'
import type { App } from '../app.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { Tx } from '../platform/db/db.ts'
import { wake } from '../platform/db/wake.ts'
import { oneLine } from '../platform/text/shorten.ts'
import { UserError } from '../platform/user-error.ts'
import { isSameOrigin } from './discover.ts'
import { nextPollOf } from './rules/next-poll.ts'
import {
  type Feed,
  type FeedSettings,
  findFeed,
  insertFeed,
  markFeedsDue,
  pollBy,
  requireFeed,
  retireFeed,
  reviveFeed,
  updateFeedSettings,
} from './store/feeds.ts'
import { releaseHeld } from './store/held.ts'

/**
 * `asked` is what the admin entered, where the feed was found from there. Private hosts are only for addresses that were entered:
 * a feed that a page of another origin names is none.
 */
export type NewFeed = { folder?: string | null | undefined; asked?: string | undefined }

/**
 * Adds a feed, due at once; a feed that was removed is polled again.
 * @throws UserError when no feed can be at that address
 */
export async function addFeed(
  app: App,
  address: string,
  actor: string,
  { folder, asked = address }: NewFeed = {},
): Promise<{ kind: 'added' | 'known'; feed: Feed }> {
  const url = canonicalFeedUrl(address)
  const row = {
    url,
    title: '',
    folder: nameOf(folder, folderTooLong),
    now: app.now(),
    isEntered: isSameOrigin(url, asked),
  }
  return app.db.transaction().execute(async (tx) => {
    const added = (await insertFeed(tx, row)) ?? (await reviveFeed(tx, url, row.now, row.isEntered))
    if (!added) return { kind: 'known', feed: await existingFeed(tx, url) }
    await audit(app, tx, actor, 'add feed', added.id)
    return { kind: 'added', feed: added }
  })
}

/**
 * Stops polling a feed; its items stay, since editions cite them.
 * @throws UserError when no such feed is polled
 */
export async function removeFeed(app: App, address: string, actor: string): Promise<void> {
  const url = canonicalFeedUrl(address)
  await app.db.transaction().execute(async (tx) => {
    const feed = await existingFeed(tx, url)
    if (!(await retireFeed(tx, url))) throw notPolled(url)
    await audit(app, tx, actor, 'remove feed', feed.id)
  })
}

/**
 * Polls a feed again that was paused, gone or removed: it is due at once, and held if it was held before. Returns false when
 * it is polled already.
 * @throws UserError when there is no such feed
 */
export async function resumeFeed(app: App, address: string, actor: string): Promise<boolean> {
  const url = canonicalFeedUrl(address)
  return app.db.transaction().execute(async (tx) => {
    const { id } = await existingFeed(tx, url)
    const revived = await reviveFeed(tx, url, app.now())
    if (revived) await audit(app, tx, actor, 'resume feed', id)
    return revived !== undefined
  })
}

/**
 * Makes one feed due now, or all; returns how many. The job `poll` polls them at once. The audit log records it when a person
 * (`actor`) asked.
 * @throws UserError when the one feed is not polled
 */
export async function pollFeedsNow(app: App, address?: string, actor?: string): Promise<number> {
  const url = address === undefined ? undefined : canonicalFeedUrl(address)
  return app.db.transaction().execute(async (tx) => {
    const count = await markFeedsDue(tx, app.now(), url)
    if (url && !count) throw notPolled(url)
    const feed = url && actor ? await findFeed(tx, url) : undefined
    if (actor) await audit(app, tx, actor, 'poll now', feed?.id)
    await wake(tx, 'poll')
    return count
  })
}

/**
 * Ends the hold of a feed: its new entries are accepted as news, or skipped (saved and read, never mailed). Returns how many
 * there were.
 * @param newestSeen the newest held revision that the person saw: newer ones must not be decided unseen
 * @throws UserError when the feed is not held, or newer entries arrived
 */
export async function settleHeld(
  app: App,
  address: string,
  decision: 'accept' | 'skip',
  actor: string,
  newestSeen = Number.POSITIVE_INFINITY,
): Promise<number> {
  const url = canonicalFeedUrl(address)
  return app.db.transaction().execute(async (tx) => {
    const released = await releaseHeld(tx, url, { skipped: decision === 'skip', now: app.now() })
    if (!released) throw new UserError(`The feed ${url} is not held.`)
    if (released.newest > newestSeen) throw new UserError('New entries arrived. Read the list again, then decide.')
    await audit(app, tx, actor, `${decision} new entries`, released.feed)
    await wake(tx, 'read')
    return released.items
  })
}

/**
 * Changes how a feed is read, shown and filed; what was read before stays as it is. Returns false when nothing changes.
 * @throws UserError when there is no such feed, or no setting is given
 */
export async function changeFeedSettings(
  app: App,
  address: string,
  settings: FeedSettings,
  actor: string,
): Promise<boolean> {
  if (Object.values(settings).every((value) => value === undefined))
    throw new UserError(
      'Give at least one option: --full-text, --republish, --digest-only, --publisher, --folder or --every.',
    )
  const url = canonicalFeedUrl(address)
  return app.db.transaction().execute(async (tx) => {
    const feed = await requireFeed(tx, url)
    const changes = changesOf(feed, settings)
    if (!Object.keys(changes).length) return false
    await updateFeedSettings(tx, feed.id, changes)
    if (changes.everyS) await pollSooner(app, tx, { ...feed, own_interval_s: changes.everyS })
    await audit(app, tx, actor, 'change feed settings', feed.id, changes)
    return true
  })
}

/** Polls a feed by its new interval since the last poll: at once where that has passed. */
async function pollSooner(app: App, tx: Tx, feed: Feed): Promise<void> {
  const { last_polled_at: last, failures } = feed
  if (!last) return // its first poll is due
  const next = nextPollOf({ ...feed, next_poll_at: last }, { now: last, failures, random: 0 })
  await pollBy(tx, feed.id, Temporal.Instant.compare(next, app.now()) < 0 ? app.now() : next)
  await wake(tx, 'poll')
}

function changesOf(feed: Feed, settings: FeedSettings): FeedSettings {
  const { fullText, republish, digestOnly, everyS } = settings
  const folder = settings.folder === undefined ? feed.folder : nameOf(settings.folder, folderTooLong)
  const publisher = settings.publisher === undefined ? feed.publisher : nameOf(settings.publisher, publisherTooLong)
  return {
    ...(fullText !== undefined && fullText !== feed.full_text && { fullText }),
    ...(republish !== undefined && republish !== feed.republish && { republish }),
    ...(digestOnly !== undefined && digestOnly !== feed.digest_only && { digestOnly }),
    ...(everyS !== undefined && everyS !== feed.own_interval_s && { everyS }),
    ...(folder !== feed.folder && { folder }),
    ...(publisher !== feed.publisher && { publisher }),
  }
}

const folderTooLong = 'The name of a folder has at most 200 characters.'
const publisherTooLong = 'The name of a publisher has at most 200 characters.'
const nameSchema = z.string().max(2000).transform(oneLine).pipe(z.string().max(200))

/** The name of a folder or of a publisher as it is saved, on one line; null for none. */
function nameOf(text: string | null | undefined, tooLong: string): string | null {
  const parsed = nameSchema.safeParse(text ?? '')
  if (!parsed.success) throw new UserError(tooLong)
  return parsed.data || null
}

async function existingFeed(tx: Tx, url: string): Promise<Feed> {
  const feed = await findFeed(tx, url)
  if (!feed) throw notPolled(url)
  return feed
}

const notPolled = (url: string) =>
  new UserError(`Sitrep polls no feed with the URL ${url}. \`sitrep feeds list\` shows all feeds.`)

async function audit(app: App, tx: Tx, actor: string, action: string, feed?: number, detail = {}): Promise<void> {
  const subject = feed === undefined ? 'feeds' : `feed:${feed}`
  await recordAudit(app, tx, { actor, action, subject, detail })
}
