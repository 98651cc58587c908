import type { App } from '../app.ts'
import { slotsDue } from '../editions/rules/schedule.ts'
import { openSlots, schedulesInUse } from '../editions/store/slots.ts'
import { countFeedsDue } from '../feeds/store/feed-claims.ts'
import type { AudienceSample } from '../platform/db/audience-sample.ts'
import type { EditionKind } from '../platform/db/tables/editions.ts'
import { storedSuppressionKey } from '../readers/store/suppressions.ts'
import { countNewSubscriptions, dueByKind } from './store/due-work.ts'

/** What `run --once` would do: the deliveries that are due, and the numbers of what could cause more of them. */
export type RunPlan = {
  due: (AudienceSample & { kind: EditionKind })[]
  feeds: number
  newSubscriptions: number
  digests: number
}

/** Counts what is due and changes nothing. What the feeds contain is not known before they are polled. */
export async function planRun(app: App): Promise<RunPlan> {
  const now = app.now()
  const mayGetMail = { suppressionKey: await storedSuppressionKey(app.db), allowlist: app.config.sendAllowlist }
  const [due, feeds, newSubscriptions, digests] = await Promise.all([
    dueByKind(app.db, now, mayGetMail),
    countFeedsDue(app.db, now),
    countNewSubscriptions(app.db),
    countDigestsDue(app, now),
  ])
  return { due, feeds, newSubscriptions, digests }
}

/** How many slots are without their digests: those that are open, and those that would be opened. */
async function countDigestsDue({ db }: App, now: Temporal.Instant): Promise<number> {
  const toOpen = (await schedulesInUse(db, now)).flatMap((schedule) =>
    slotsDue(schedule, now, schedule.last ?? undefined).filter(
      ({ dueAt }) => Temporal.Instant.compare(schedule.since, dueAt) < 0,
    ),
  )
  return (await openSlots(db, now)).length + toOpen.length
}
