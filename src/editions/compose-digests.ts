import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { topicVersionsOf } from '../reading/store/topics.ts'
import { placeClaims } from '../stories/place-claims.ts'
import { composeInTurn } from './compose-in-turn.ts'
import type { ComposingMemory } from './composing-memory.ts'
import { countRead } from './count-read.ts'
import { type DigestContent, digestContentOf } from './digest-content.ts'
import { digestDraft } from './digest-draft.ts'
import { toldBy } from './mail/corrections.ts'
import type { CatchUp } from './mail/digest-view.ts'
import { newsOfWindow } from './news-of-window.ts'
import { freeze, mailingOf } from './publish.ts'
import { ruleVersions } from './rules/edition.ts'
import { isMissed, mayWait, type Slot, slotsDue } from './rules/schedule.ts'
import { lockRaising } from './store/alerts.ts'
import { lockComposing } from './store/composing-lock.ts'
import { createForGroupOfSlot } from './store/create-deliveries.ts'
import type { FrozenEdition } from './store/editions.ts'
import { filterOf } from './store/filters.ts'
import { lastReportOn } from './store/last-report.ts'
import {
  beginOpenedAgain,
  closeSlot,
  hasOpenedAgain,
  lockSlot,
  missedBefore,
  oldestUnread,
  openSlot,
  openSlots,
  type SlotRow,
  schedulesInUse,
} from './store/slots.ts'
import { closeEmpty, type Group, groupSince, openGroups, openWindows } from './store/windows.ts'
import { weeklyDraft } from './weekly-draft.ts'
import { whyEmpty } from './why-empty.ts'

/** Opens the slots that are due and composes every open slot; returns how many deliveries were created. */
export async function composeDigests(app: App, signal?: AbortSignal): Promise<number> {
  await placeClaims(app, signal)
  await openDueSlots(app)
  await beginReopenedSlots(app)
  let deliveries = 0
  for (const slot of await openSlots(app.db, app.now())) deliveries += await composeSlot(app, slot.id, signal)
  return deliveries
}

/** Slots that an admin opened again begin at the state of the stream now. There is hardly ever one, and numbering takes a lock. */
async function beginReopenedSlots({ db, now }: App): Promise<void> {
  if (!(await hasOpenedAgain(db, now()))) return
  await db.transaction().execute(async (tx) => beginOpenedAgain(tx, await numberMatches(tx), now()))
}

/**
 * Opens one slot per schedule and civil date. A slot due before its first follower confirmed is not opened. One that came
 * due just now waits for unread revisions from before it: its digest must not quote what one of them corrects.
 */
async function openDueSlots(app: App): Promise<void> {
  const now = app.now()
  const unread = await oldestUnread(app.db)
  const mayOpen = (slot: Slot, since: Temporal.Instant) =>
    Temporal.Instant.compare(since, slot.dueAt) < 0 && !(unread && mayWait(slot, unread, now))
  for (const schedule of await schedulesInUse(app.db, now)) {
    const due = slotsDue(schedule, now, schedule.last ?? undefined)
    for (const slot of due.filter((each) => mayOpen(each, schedule.since))) {
      const state = isMissed(slot, now) ? 'missed' : 'open'
      const opened = await app.db
        .transaction()
        .execute(async (tx) => openSlot(tx, slot, { toPosition: await numberMatches(tx), state, now }))
      if (opened) app.log.info({ ...schedule, civilDate: slot.civilDate, state }, 'opened slot')
    }
  }
}

async function composeSlot(app: App, id: number, signal?: AbortSignal): Promise<number> {
  let deliveries = 0
  while (!signal?.aborted) {
    const created = await composeNext(app, id, signal)
    if (created === undefined) break
    deliveries += created
  }
  return deliveries
}

/**
 * Composes for groups of readers and commits. Windows are opened when no group is left: at the start, and once more before the slot
 * closes, so that no follower is left without one. Returns how many deliveries were created; undefined when the slot is done, or
 * another worker has it.
 */
async function composeNext(app: App, id: number, signal?: AbortSignal): Promise<number | undefined> {
  return app.db.transaction().execute(async (tx) => {
    await lockComposing(tx)
    const slot = await lockSlot(tx, id)
    if (!slot) return undefined
    const groups = await openGroups(tx, id)
    if (groups.length > 0)
      return composeInTurn(groups, (group, memory) => composeGroup(app, tx, slot, group, memory), signal)
    if ((await openMore(tx, slot)) > 0) return 0
    await closeSlot(tx, id)
    return undefined
  })
}

/**
 * Opens windows while no alert is raised: what alerts told before, the windows know, and an alert that comes later waits for the
 * digests of open windows.
 */
async function openMore(tx: Tx, slot: SlotRow): Promise<number> {
  await lockRaising(tx)
  return openWindows(tx, slot)
}

/** Composes the digest of a group and creates its deliveries; returns how many. Where there is nothing to tell, its windows say so. */
export async function composeGroup(
  app: App,
  tx: Tx,
  slot: SlotRow,
  group: Group,
  memory: ComposingMemory,
): Promise<number> {
  const content = await contentOf(tx, slot, group, memory)
  const count = content.takeaways.length + content.corrections.length
  if (!count && !group.quiet_mail) {
    await closeEmpty(tx, slot, group, await whyEmpty(tx, group, content.hadMatches, memory))
    return 0
  }
  const edition = await freezeDigest(app, tx, slot, group, { content, memory })
  const deliveries = await createForGroupOfSlot(tx, mailingOf(app, edition), slot, group)
  app.log.info({ edition: edition.key, deliveries, takeaways: count }, 'published digest')
  return deliveries
}

/** What a digest tells depends on the choice of news, not on its length. */
function contentOf(tx: Tx, slot: SlotRow, group: Group, memory: ComposingMemory): Promise<DigestContent> {
  const window = { from: group.from_position, to: group.to_position }
  const facts = { window, filter: filterOf(group), told: group.told, corrected: group.corrected }
  return memory.once('content', facts, async () =>
    digestContentOf(tx, await newsOfWindow(tx, group, memory), { group, slot, memory }),
  )
}

async function freezeDigest(
  app: App,
  tx: Tx,
  slot: SlotRow,
  group: Group,
  { content, memory }: { content: DigestContent; memory: ComposingMemory },
): Promise<FrozenEdition> {
  const { claims, before, stories, near, takeaways, corrections } = content
  const { cadence: kind, zone, local_time: localTime, civil_date: civilDate } = slot
  const topics = await memory.once('versions', group.topics, () => topicVersionsOf(tx, group.topics))
  const closedAt = app.now()
  const schedule = { cadence: kind, localTime, weekday: Temporal.PlainDate.from(civilDate).dayOfWeek }
  const period = { from: slot.due_at.subtract({ hours: kind === 'weekly' ? 168 : 24 }), to: slot.due_at }
  const read = await countRead(tx, period, group, memory)
  const { publicUrl } = app.config
  const catchUp = await catchUpOf(tx, slot, group, memory)
  const last = takeaways.length + corrections.length > 0 ? null : await lastReportOn(tx, group, group.to_position)
  const about = {
    topics,
    filter: filterOf(group),
    corrections,
    read,
    zone,
    closedAt,
    civilDate,
    schedule,
    publicUrl,
    last,
    catchUp,
  }
  const { minutes } = group
  const draft =
    kind === 'weekly'
      ? weeklyDraft({ ...about, claims, before })
      : digestDraft({ ...about, kind, stories, near, minutes })
  return freeze(app, tx, {
    ...draft,
    civilDate,
    slotId: slot.id,
    reason: `${kind} digest of ${civilDate}`,
    facts: {
      kind,
      trigger: slot.runs ? `slot ${slot.id}, run ${slot.runs}` : `slot ${slot.id}`,
      window: `up to ${group.to_position}`,
      ...(catchUp && { catchUp }),
      filter: filterOf(group),
      minutes: group.minutes,
      rules: ruleVersions(topics),
      told: group.told,
      ...toldBy(takeaways, corrections),
    },
  })
}

/** What the digest of a group makes up for; null where no date was missed since its readers' last digest. */
async function catchUpOf(tx: Tx, slot: SlotRow, group: Group, memory: ComposingMemory): Promise<CatchUp | null> {
  const missed = await memory.once('missed', slot.id, () => missedBefore(tx, slot))
  const since = missed.length > 0 ? await groupSince(tx, slot, group) : null
  if (!since) return null
  const dates = missed.filter(({ due_at }) => Temporal.Instant.compare(due_at, since) > 0)
  return dates.length > 0 ? { since, dates: dates.map(({ civil_date }) => civil_date) } : null
}
