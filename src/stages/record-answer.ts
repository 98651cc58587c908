import type { App } from '../app.ts'
import { doubtsAbout, entryOf } from '../domain/entry.ts'
import type { FeedDocument } from '../domain/feed-document.ts'
import { suspicion } from '../domain/feed-flood.ts'
import { followMove } from '../domain/feed-move.ts'
import { learnRhythm } from '../domain/feed-rhythm.ts'
import type { Tx } from '../store/db.ts'
import { type Feed, moveFeed, releaseFeed } from '../store/feeds.ts'
import { type Changes, changesIn, countRenamed, publicationMoments, saveChanges } from '../store/items.ts'
import { countPoll } from '../store/poll-days.ts'
import { offerPush } from '../store/pushes.ts'
import type { PollResult } from './poll-result.ts'
import { nextPollOf } from './record-poll.ts'

/** A document that was read, and how it came. */
export type Answer = {
  document: FeedDocument
  entries: number
  fingerprints: string[]
  repairs: string[]
  headers: { etag?: string; lastModified?: string; maxAgeS?: number }
  permanentUrl?: string
  bodyHash: string
}

/** Items and validators in one transaction: a crash between the two can lose neither. */
export async function recordAnswer(app: App, feed: Feed, answer: Answer): Promise<PollResult> {
  const now = app.now()
  const firstPoll = feed.last_success_at === null
  const entries = answer.document.items.map((item) => entryOf(item, { firstPoll, now }))
  return app.db.transaction().execute(async (tx) => {
    const changes = await changesIn(tx, feed.id, entries)
    const suspicious = await suspicionOf(tx, feed, answer, changes, now)
    const held = suspicious !== null || feed.state === 'held'
    await saveChanges(tx, feed.id, changes, { now, held })
    const counts = { added: changes.added.length, edited: changes.edited.length }
    const news: News = counts.added ? await newsOf(tx, feed, now) : {}
    const hold = suspicious && feed.state === 'active' ? holdOf(suspicious, now) : {}
    const kept = { ...feed, ...keptOf(answer), ...news }
    const mine = await releaseFeed(tx, app.worker.id, feed.id, {
      ...described(feed, answer, now),
      ...keptOf(answer),
      ...(news.rhythm !== undefined && { rhythm: JSON.stringify(news.rhythm) }),
      ...(news.last_item_at && { last_item_at: news.last_item_at }),
      ...hold,
      ...(await moved(app, tx, feed, answer, changes)),
      ...{ failures: 0, failing_since: null, last_error: null, last_polled_at: now, last_success_at: now },
      next_poll_at: nextPollOf(app, kept, { maxAgeS: answer.headers.maxAgeS }),
    })
    if (!mine) throw new Error('the claim on the feed was lost while it was polled')
    await countPoll(tx, feed.id, { now, failed: false, added: counts.added })
    if (hubName(answer) !== feed.hub) await offerPush(tx, feed.id, answer.document.hub, now)
    const kind = held && counts.added ? 'held' : counts.added + counts.edited ? 'fresh' : 'unchanged'
    return { feed: feed.url, kind, ...counts, ...(suspicious && { note: suspicious }) }
  })
}

async function suspicionOf(tx: Tx, feed: Feed, { entries }: Answer, { added }: Changes, now: Temporal.Instant) {
  if (feed.last_success_at === null || added.length < 3) return null
  return suspicion({
    entries,
    added: added.length,
    renamed: added.length > entries * 0.8 ? await countRenamed(tx, feed.id, added) : 0,
    firstPoll: false,
    perDay: feed.rhythm?.perDay ?? null,
    daysSince: now.since(feed.last_success_at).total('hours') / 24,
  })
}

const holdOf = (reason: string, now: Temporal.Instant) =>
  ({ state: 'held', held_reason: reason, held_since: now }) as const

type News = Partial<Pick<Feed, 'last_item_at' | 'rhythm'>>

async function newsOf(tx: Tx, feed: Feed, now: Temporal.Instant): Promise<News> {
  return { last_item_at: now, rhythm: learnRhythm(await publicationMoments(tx, feed.id), now) }
}

/** What the feed wants of us, and what is needed to see at the next poll that nothing changed. */
function keptOf({ document, fingerprints, bodyHash, headers }: Answer) {
  return {
    asked_interval_s: document.minIntervalS,
    skip_hours: document.skipHours,
    skip_days: document.skipDays,
    etag: headers.etag ?? null,
    last_modified: headers.lastModified ?? null,
    body_hash: bodyHash,
    seen: fingerprints.join(' '),
    hub: hubName({ document }),
  }
}

/** Noted with the feed, so that a poll need not look for its hub. */
const hubName = ({ document: { hub } }: Pick<Answer, 'document'>) => hub && `${hub.url} ${hub.topic}`

function described(feed: Feed, { document, repairs }: Answer, now: Temporal.Instant) {
  const { title, url, language, items } = document
  return { title: title || feed.title, site_url: url, language, repairs: [...repairs, ...doubtsAbout(items, now)] }
}

/** Entries that were seen before, or are known by their key, say that it is the same feed. */
async function moved(app: App, tx: Tx, feed: Feed, { permanentUrl, entries, document }: Answer, { known }: Changes) {
  const sharesItems = known > 0 || entries > document.items.length
  const { to, seen, moveTo } = followMove({ to: feed.moving_to, seen: feed.moving_seen }, { permanentUrl, sharesItems })
  if (moveTo && (await moveFeed(tx, feed.id, moveTo))) app.log.info({ feed: feed.url, to: moveTo }, 'feed moved')
  return { moving_to: to, moving_seen: seen }
}
