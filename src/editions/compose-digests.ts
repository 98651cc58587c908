import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { digestView } from './mail/digest-view.ts'
import type { AlreadyAlerted, MatchedTakeaway } from './mail/mail-view.ts'
import { brandOf, freeze, mailDomain } from './publish.ts'
import { priorityOf } from './rules/edition-kind.ts'
import { isMissed, slotsDue } from './rules/schedule.ts'
import { alertedAt } from './store/alerted.ts'
import { createForSlot } from './store/create-deliveries.ts'
import { countTakeawaysIn, matchedTakeawaysIn } from './store/matched-takeaways.ts'
import { closeSlot, lockSlot, openSlot, openSlots, openWindows, type SlotRow, schedulesInUse } from './store/slots.ts'
import { bindGroup, closeEmpty, type Group, nextGroup } from './store/windows.ts'

/** Opens the slots that have come due and composes what is open; returns how many deliveries came of it. */
export async function composeDigests(app: App, signal?: AbortSignal): Promise<number> {
  await openDueSlots(app)
  let owed = 0
  for (const slot of await openSlots(app.db)) {
    let composing = true
    while (composing && !signal?.aborted) {
      const result = await composeNext(app, slot.id)
      owed += result.owed
      composing = result.more
    }
  }
  return owed
}

/** One row per schedule and civil date. A follower confirmed after the due moment has no part in it. */
async function openDueSlots(app: App): Promise<void> {
  const now = app.now()
  for (const schedule of await schedulesInUse(app.db)) {
    for (const slot of slotsDue(schedule, now, schedule.last ?? undefined)) {
      if (Temporal.Instant.compare(schedule.since, slot.dueAt) >= 0) continue
      const state = isMissed(slot, now) ? 'missed' : 'open'
      const opened = await app.db
        .transaction()
        .execute(async (tx) => openSlot(tx, slot, await numberMatches(tx), state))
      if (opened) app.log.info({ ...schedule, civilDate: slot.civilDate, state }, 'opened slot')
    }
  }
}

/**
 * Composes for one group of readers and commits, so that a crash repeats at most one group. Windows are laid down when no
 * group is left: at the start, and once more before the slot closes, so that it never closes without them.
 */
async function composeNext(app: App, id: number): Promise<{ owed: number; more: boolean }> {
  return app.db.transaction().execute(async (tx) => {
    const slot = await lockSlot(tx, id)
    if (!slot) return { owed: 0, more: false }
    const group = (await nextGroup(tx, id)) ?? ((await openWindows(tx, slot)) ? await nextGroup(tx, id) : undefined)
    if (!group) {
      await closeSlot(tx, id)
      return { owed: 0, more: false }
    }
    return { owed: await composeGroup(app, tx, slot, group), more: true }
  })
}

async function composeGroup(app: App, tx: Tx, slot: SlotRow, group: Group): Promise<number> {
  const window = { from: group.from_position, to: group.to_position }
  const found = await matchedTakeawaysIn(tx, window, { topics: group.topics, minScore: group.min_score })
  if (!found.length) {
    await closeEmpty(tx, slot.id, group, `no match among ${await countTakeawaysIn(tx, window)}`)
    return 0
  }
  const { fresh, earlier } = await split(tx, found, group)
  const edition = await freezeDigest(app, tx, slot, group, fresh, earlier)
  await bindGroup(tx, slot.id, group, edition.id)
  const priority = priorityOf(slot.cadence)
  const owed = await createForSlot(
    tx,
    { edition: edition.id, key: edition.key, sending: 0, priority, domain: mailDomain(app), now: app.now() },
    slot.id,
  )
  app.log.info({ edition: edition.key, owed, takeaways: found.length }, 'closed digest')
  return owed
}

/** What these readers had as alerts gets one line that says when. */
async function split(
  tx: Tx,
  found: MatchedTakeaway[],
  group: Group,
): Promise<{ fresh: MatchedTakeaway[]; earlier: AlreadyAlerted[] }> {
  const told = new Set(group.alerted)
  const earlier = found.filter((finding) => told.has(finding.id))
  const times = await alertedAt(
    tx,
    earlier.map((finding) => finding.id),
  )
  return {
    fresh: found.filter((finding) => !told.has(finding.id)),
    earlier: earlier.map((finding) => ({ takeaway: finding, alertedAt: times.get(finding.id)! })),
  }
}

async function freezeDigest(
  app: App,
  tx: Tx,
  slot: SlotRow,
  group: Group,
  fresh: MatchedTakeaway[],
  earlier: AlreadyAlerted[],
) {
  const topics = await rulesOf(tx, group.topics)
  const { cadence, zone, local_time: localTime, civil_date: civilDate } = slot
  return freeze(app, tx, {
    template: 'digest',
    civilDate,
    slotId: slot.id,
    reason: `${cadence} digest of ${civilDate}`,
    facts: {
      kind: cadence,
      trigger: `slot ${slot.id}`,
      window: `${group.from_position}-${group.to_position}`,
      topics: group.topics,
      minScore: group.min_score,
      rules: topics.map((topic) => `${topic.slug}@${topic.version}`),
      takeaways: fresh.map((finding) => finding.id),
      alerted: earlier.map(({ takeaway: finding }) => finding.id),
    },
    view: (slug) =>
      digestView({
        kind: cadence,
        topics,
        takeaways: fresh,
        earlier,
        zone,
        closedAt: app.now(),
        civilDate,
        publicUrl: app.config.publicUrl,
        slug,
        brand: brandOf(app),
        schedule: { cadence, localTime },
      }),
  })
}
