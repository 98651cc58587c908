import type { FeedDocument } from '../parsing/feed-document.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import type { Log } from '../platform/log.ts'
import type { AnsweredPoll, PollResponse, PollResult } from './poll-result.ts'
import { doubtsAbout, entryOf } from './rules/feed-entry.ts'
import { suspicion } from './rules/flood.ts'
import { followMove } from './rules/move.ts'
import { isFirstPoll, isMoved, newsFrom, ofCut } from './rules/news-from.ts'
import { nextPollOf } from './rules/next-poll.ts'
import { firstIntervalS, learnPattern, observedPeriod } from './rules/publishing-pattern.ts'
import { type ClaimedFeed, lockClaimed } from './store/feed-claims.ts'
import { followRedirect } from './store/feeds.ts'
import { type Changes, changesIn, publicationMoments, saveChanges } from './store/items.ts'
import { findKnownItems, type KnownItems } from './store/known-items.ts'
import { recordSuccessfulPolls, type SuccessfulPoll } from './store/polls.ts'
import { offerPush } from './store/pushes.ts'

/** What recording polls needs of the app. */
export type PollContext = { db: Db; worker: { id: string }; now: () => Temporal.Instant; log: Log }

/**
 * Saves the entries and validators of polls in one transaction, so that a crash loses neither or both. Returns the result of
 * each poll, in their order.
 * @throws when the claim on one of the feeds was lost; then nothing of the batch was written
 */
export async function recordResponses(context: PollContext, polls: AnsweredPoll[]): Promise<PollResult[]> {
  const now = context.now()
  return context.db.transaction().execute(async (tx) => {
    const compared = await compareWithKept(tx, await relock(tx, context.worker.id, polls), now)
    await saveChanges(
      tx,
      compared.map(({ feed, changes, held }) => ({ feed: feed.id, changes, held, quiet: isMoved(feed) })),
      now,
    )
    const withNews = compared.filter(({ changes }) => changes.added.length > 0).map(({ feed }) => feed.id)
    const moments = await publicationMoments(tx, withNews, now.subtract(observedPeriod))
    const rows = compared.map((poll) => successfulPoll(poll, moments.get(poll.feed.id), now))
    await recordSuccessfulPolls(tx, rows, now)
    for (const poll of compared) await recordMoveAndHub(context, tx, poll, now)
    return compared.map(resultOf)
  })
}

/** The same polls, with their feeds locked and as they are now. */
async function relock(tx: Tx, worker: string, polls: AnsweredPoll[]): Promise<AnsweredPoll[]> {
  const claimed = await lockClaimed(
    tx,
    worker,
    polls.map(({ feed }) => feed.id),
  )
  return polls.map(({ feed: { id }, response }) => {
    const feed = claimed.get(id)
    if (!feed) throw new Error('the claim on the feed was lost while it was polled')
    return { feed, response }
  })
}

/** A poll with what is new in it; `holdReason` is why a person should look at it first. */
type ComparedPoll = AnsweredPoll & {
  changes: Changes
  holdReason: string | null
  held: boolean
  move: ReturnType<typeof followMove>
}

async function compareWithKept(tx: Tx, polls: AnsweredPoll[], now: Temporal.Instant): Promise<ComparedPoll[]> {
  const documents = polls.map(({ feed, response }) => {
    const from = newsFrom(feed, now)
    return { feed, response, entries: response.document.items.map((item) => entryOf(item, { from, now })) }
  })
  const kept = await findKnownItems(
    tx,
    documents.map(({ feed, response, entries }) => ({
      feed: feed.id,
      entries,
      isWhole: response.entries <= response.document.items.length,
      isMoved: isMoved(feed),
    })),
  )
  return documents.map(({ feed, response, entries }) => {
    const known = kept.get(feed.id)
    const changes = changesIn(entries, known)
    const holdReason = holdReasonOf(feed, response, changes, now)
    const held = holdReason !== null || (feed.state === 'held' && !isItself(known))
    return { feed, response, changes, holdReason, held, move: moveOf(feed, response, changes) }
  })
}

/** Whether a document of a held feed has entries that do not wait for a person: then the rest of it is the feed that was known. */
const isItself = (kept?: KnownItems) => [...(kept?.known.values() ?? [])].some(({ held }) => !held)

/** Why new entries wait for a person. An admin who moved a feed saw before what its new address brings. */
function holdReasonOf(
  feed: ClaimedFeed,
  { entries }: PollResponse,
  { added }: Changes,
  now: Temporal.Instant,
): string | null {
  if (feed.last_success_at === null || isFirstPoll(feed, now) || isMoved(feed)) return null
  return suspicion({
    entries,
    added: added.length,
    perDay: feed.publishing_pattern?.perDay ?? null,
    daysSince: now.since(feed.last_success_at).total('hours') / 24,
  })
}

/** Known entries, in the document or cut from it, show that it is the same feed. */
function moveOf(feed: ClaimedFeed, { permanentUrl, entries, document }: PollResponse, { known }: Changes) {
  const sharesItems = known > 0 || entries > document.items.length
  return followMove({ to: feed.moving_to, seen: feed.moving_seen }, { permanentUrl, sharesItems })
}

/** What is kept of a feed: what it says about itself and asks for, and how to tell at the next poll that nothing changed. */
function successfulPoll(poll: ComparedPoll, moments: number[] | undefined, now: Temporal.Instant): SuccessfulPoll {
  const { feed, response, changes, move } = poll
  const { document, headers } = response
  const kept = {
    id: feed.id,
    title: document.title || feed.title,
    site_url: document.url,
    language: document.language,
    repairs: [...response.repairs, ...doubtsAbout(document.items, now)],
    interval_s: isFirstPoll(feed, now) ? firstIntervalS(datesOf(document), now, feed.interval_s) : feed.interval_s,
    skip_hours: document.skipHours,
    skip_days: document.skipDays,
    asked_interval_s: document.minIntervalS,
    ...validatorsOf(response),
    seen: response.fingerprints.join(' '),
    hub: hubName(response),
    added: changes.added.length,
    publishing_pattern: moments
      ? learnPattern(moments.map(Temporal.Instant.fromEpochMilliseconds), now)
      : feed.publishing_pattern,
    last_item_at: moments ? now : feed.last_item_at,
    ...holdOf(poll, now),
    moving_to: move.to,
    moving_seen: move.seen,
  }
  const times = { now, random: Math.random(), maxAgeS: headers.maxAgeS }
  return { ...kept, next_poll_at: nextPollOf({ ...feed, ...kept }, times) }
}

const datesOf = ({ items }: FeedDocument) =>
  items.flatMap(({ published, updated }) => {
    const written = published ?? updated
    return written ? [Temporal.Instant.from(written)] : []
  })

/** None of a document that came cut: no 304 and no equal body may confirm it. One that we cap is whole at its server. */
const validatorsOf = ({ isCut, isCapped, headers, bodyHash }: PollResponse) =>
  isCut && !isCapped
    ? { etag: null, last_modified: null, body_hash: ofCut }
    : { etag: headers.etag ?? null, last_modified: headers.lastModified ?? null, body_hash: bodyHash }

function holdOf({ feed, holdReason }: ComparedPoll, now: Temporal.Instant) {
  if (holdReason && feed.state === 'active') return { state: 'held', held_reason: holdReason, held_since: now } as const
  return { state: feed.state, held_reason: feed.held_reason, held_since: feed.held_since }
}

/** Kept with the feed, so that only a poll that names another hub has to look at the subscription. */
const hubName = ({ document: { hub } }: PollResponse) => hub && `${hub.url} ${hub.topic}`

async function recordMoveAndHub(
  { log }: PollContext,
  tx: Tx,
  { feed, response, move: { moveTo } }: ComparedPoll,
  now: Temporal.Instant,
): Promise<void> {
  if (moveTo && (await followRedirect(tx, feed.id, moveTo))) log.info({ feed: feed.url, to: moveTo }, 'moved feed')
  if (hubName(response) !== feed.hub) await offerPush(tx, feed.id, response.document.hub, now)
}

function resultOf({ feed, changes, holdReason, held }: ComparedPoll): PollResult {
  const counts = { added: changes.added.length, edited: changes.edited.length }
  const kind = held && counts.added ? 'held' : counts.added + counts.edited ? 'fresh' : 'unchanged'
  return { feed: feed.url, kind, ...counts, ...(holdReason && { note: holdReason }) }
}
