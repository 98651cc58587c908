import type { App } from '../app.ts'
import { slotsDue } from '../editions/rules/schedule.ts'
import { openSlots, schedulesInUse } from '../editions/store/slots.ts'
import { newcomers } from '../editions/store/windows.ts'
import type { AudienceSample } from '../platform/db/audience-sample.ts'
import type { EditionKind } from '../platform/db/tables/editions.ts'
import { countFeedsDue, dueByKind } from './store/due-work.ts'

/** What a run would do: mails that are owed already, and what could make new ones. */
export type RunPlan = {
  due: (AudienceSample & { kind: EditionKind })[]
  feeds: number
  newcomers: number
  digests: number
}

const mostNewcomers = 100_000

/** Looks at what is due and changes nothing. What feeds have to say is not known before they are asked. */
export async function planRun(app: App): Promise<RunPlan> {
  const now = app.now()
  const [due, feeds, waiting, digests] = await Promise.all([
    dueByKind(app.db, now),
    countFeedsDue(app.db, now),
    newcomers(app.db, mostNewcomers),
    digestsDue(app, now),
  ])
  return { due, feeds, newcomers: waiting.length, digests }
}

/** Moments whose digests are not composed yet: those that are open, and those that would be opened. */
async function digestsDue({ db }: App, now: Temporal.Instant): Promise<number> {
  const coming = (await schedulesInUse(db)).flatMap((schedule) =>
    slotsDue(schedule, now, schedule.last ?? undefined).filter(
      ({ dueAt }) => Temporal.Instant.compare(schedule.since, dueAt) < 0,
    ),
  )
  return (await openSlots(db)).length + coming.length
}
