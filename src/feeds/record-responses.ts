import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import type { AnsweredPoll, PollResponse } from './poll-response.ts'
import type { PollResult } from './poll-result.ts'
import { nextPollOf } from './record-poll.ts'
import { suspicion } from './rules/flood.ts'
import { doubtsAbout, entryOf } from './rules/kept-entry.ts'
import { followMove } from './rules/move.ts'
import { learnPattern, observed } from './rules/publishing-pattern.ts'
import { type Feed, moveFeed } from './store/feeds.ts'
import { type Changes, changesIn, countRenamed, publicationMoments, saveChanges } from './store/items.ts'
import { offerPush } from './store/pushes.ts'
import { lockClaimed, recordSuccessfulPolls, type SuccessfulPoll } from './store/successful-polls.ts'

/** A feed that is still ours, its answer, and what is new in it. */
type Found = {
  feed: Feed
  answer: PollResponse
  changes: Changes
  suspicious: string | null
  held: boolean
  moving: ReturnType<typeof followMove>
}

/**
 * Items and validators in one transaction: a crash between the two can lose neither. What comes of each poll, in their order.
 * @throws when a claim was lost meanwhile; then nothing of the batch was written
 */
export async function recordResponses(app: App, polls: AnsweredPoll[]): Promise<PollResult[]> {
  const now = app.now()
  return app.db.transaction().execute(async (tx) => {
    const found = await findChanges(app, tx, polls, now)
    await saveChanges(
      tx,
      found.map(({ feed, changes, held }) => ({ feed: feed.id, changes, held })),
      now,
    )
    const moments = await publicationMoments(tx, idsOf(found.filter(hasNews)), now.subtract(observed))
    const rows = found.map((one) => answered(app, one, moments.get(one.feed.id), now))
    await recordSuccessfulPolls(tx, rows, now)
    for (const one of found) await followUp(app, tx, one, now)
    return found.map(resultOf)
  })
}

const idsOf = (found: Found[]) => found.map(({ feed }) => feed.id)
const hasNews = ({ changes }: Found) => changes.added.length > 0

async function findChanges(app: App, tx: Tx, polls: AnsweredPoll[], now: Temporal.Instant): Promise<Found[]> {
  const ids = polls.map(({ feed }) => feed.id)
  const own = await lockClaimed(tx, app.worker.id, ids)
  if (own.size < ids.length) throw new Error('the claim on the feed was lost while it was polled')
  const documents = polls.map(({ feed, response: answer }) => {
    const firstPoll = own.get(feed.id)!.last_success_at === null
    return { feed: feed.id, entries: answer.document.items.map((item) => entryOf(item, { firstPoll, now })) }
  })
  const changes = await changesIn(tx, documents)
  const found: Found[] = []
  for (const [n, { feed: claimed, response: answer }] of polls.entries()) {
    const feed = own.get(claimed.id)!
    const suspicious = await suspicionOf(tx, feed, answer, changes[n]!, now)
    const held = suspicious !== null || feed.state === 'held'
    found.push({ feed, answer, changes: changes[n]!, suspicious, held, moving: movingOf(feed, answer, changes[n]!) })
  }
  return found
}

async function suspicionOf(tx: Tx, feed: Feed, { entries }: PollResponse, { added }: Changes, now: Temporal.Instant) {
  if (feed.last_success_at === null || added.length < 3) return null
  return suspicion({
    entries,
    added: added.length,
    renamed: added.length > entries * 0.8 ? await countRenamed(tx, feed.id, added) : 0,
    firstPoll: false,
    perDay: feed.publishing_pattern?.perDay ?? null,
    daysSince: now.since(feed.last_success_at).total('hours') / 24,
  })
}

/** What is kept of the feed: what it says of itself and wants of us, and what tells the next poll that nothing changed. */
function answered(app: App, found: Found, moments: number[] | undefined, now: Temporal.Instant): SuccessfulPoll {
  const { feed, answer, changes } = found
  const { document, headers } = answer
  const kept = {
    ...{ id: feed.id, title: document.title || feed.title, site_url: document.url, language: document.language },
    repairs: [...answer.repairs, ...doubtsAbout(document.items, now)],
    ...{ skip_hours: document.skipHours, skip_days: document.skipDays, asked_interval_s: document.minIntervalS },
    ...{ etag: headers.etag ?? null, last_modified: headers.lastModified ?? null, body_hash: answer.bodyHash },
    ...{ seen: answer.fingerprints.join(' '), hub: hubName(answer), added: changes.added.length },
    publishing_pattern: moments
      ? learnPattern(moments.map(Temporal.Instant.fromEpochMilliseconds), now)
      : feed.publishing_pattern,
    last_item_at: moments ? now : feed.last_item_at,
    ...holdOf(found, now),
    ...{ moving_to: found.moving.to, moving_seen: found.moving.seen },
  }
  return { ...kept, next_poll_at: nextPollOf(app, { ...feed, ...kept }, { maxAgeS: headers.maxAgeS }) }
}

function holdOf({ feed, suspicious }: Found, now: Temporal.Instant) {
  if (suspicious && feed.state === 'active') return { state: 'held', held_reason: suspicious, held_since: now } as const
  return { state: feed.state, held_reason: feed.held_reason, held_since: feed.held_since }
}

/** Noted with the feed, so that a poll need not look for its hub. */
const hubName = ({ document: { hub } }: PollResponse) => hub && `${hub.url} ${hub.topic}`

/** Entries that were seen before, or are known by their key, say that it is the same feed. */
function movingOf(feed: Feed, { permanentUrl, entries, document }: PollResponse, { known }: Changes) {
  const sharesItems = known > 0 || entries > document.items.length
  return followMove({ to: feed.moving_to, seen: feed.moving_seen }, { permanentUrl, sharesItems })
}

/** What is rare: a move, another hub. */
async function followUp(app: App, tx: Tx, { feed, answer, moving }: Found, now: Temporal.Instant): Promise<void> {
  const to = moving.moveTo
  if (to && (await moveFeed(tx, feed.id, to))) app.log.info({ feed: feed.url, to }, 'feed moved')
  if (hubName(answer) !== feed.hub) await offerPush(tx, feed.id, answer.document.hub, now)
}

function resultOf({ feed, changes, suspicious, held }: Found): PollResult {
  const counts = { added: changes.added.length, edited: changes.edited.length }
  const kind = held && counts.added ? 'held' : counts.added + counts.edited ? 'fresh' : 'unchanged'
  return { feed: feed.url, kind, ...counts, ...(suspicious && { note: suspicious }) }
}
