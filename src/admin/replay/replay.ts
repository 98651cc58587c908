import type { App } from '../../app.ts'
import { composeDigests } from '../../editions/compose-digests.ts'
import { raiseAlerts } from '../../editions/raise-alerts.ts'
import { nextSlot } from '../../editions/rules/schedule.ts'
import { registerWorker } from '../../platform/db/lease.ts'
import { onTemporarySchema } from '../../platform/db/temporary-schema.ts'
import { createLog } from '../../platform/log.ts'
import { addSubscriber } from '../../readers/add-subscriber.ts'
import { type Choice, subscribeSchema } from '../../readers/rules/subscription.ts'
import { adoptRules } from '../../reading/publish-topics.ts'
import { readRevisions } from '../../reading/read-revisions.ts'
import type { TopicRule } from '../../reading/rules/types.ts'
import { createReaderPool } from '../../threads/pool.ts'
import { prepareDatabase } from '../prepare-database.ts'
import { acceptDue } from '../store/replayed.ts'
import { type Library, openLibrary } from './library.ts'
import { type ReplayedMail, replayedMail } from './replayed-mail.ts'
import type { ReplayReport } from './report-line.ts'

/**
 * What a reader would have got from `reports`; the reader is confirmed just before the first one. `rules` are those of topics beside
 * the ones that come with the program.
 */
export type Replay = {
  reports: ReplayReport[]
  reader: Choice
  rules?: TopicRule[]
  onProgress?: ((done: number) => void) | undefined
}

/**
 * Plays reports through reading, editions and the ledger for one reader, on a schema that is thrown away, with the clock
 * moved from report to report. Nothing is fetched and nothing is sent. Returns the mails in the order of sending.
 */
export async function replay(app: App, { reports, reader, rules = [], onProgress }: Replay): Promise<ReplayedMail[]> {
  const [first] = reports
  if (!first) return []
  const pool = createReaderPool({ parseTimeoutMs: patience })
  return onTemporarySchema(app.config.databaseDirectUrl, async ({ db, ledger }) => {
    const clock = { now: first.published.subtract({ seconds: 1 }) }
    const library = openLibrary(pool)
    const log = createLog('silent')
    const own: App = { ...app, db, ledger, log, reader: library.reader, now: () => clock.now, worker: { id: '' } }
    await prepareDatabase(own)
    own.worker.id = await registerWorker(db, 'replay')
    await adoptRules(own, rules)
    await library.addFeeds(own, reports)
    await addSubscriber(own, subscribeSchema.parse({ ...reader, email: 'reader@replay.invalid' }), {
      actor: 'replay',
      consent: 'The reader of a replay.',
    })
    return play(own, clock, library, { reports, reader, onProgress })
  }).finally(() => pool.close())
}

/** A report is read however busy the machine is: a time limit would make the mails depend on it. In milliseconds. */
const patience = 120_000

type Clock = { now: Temporal.Instant }

async function play(app: App, clock: Clock, library: Library, { reports, reader, onProgress }: Omit<Replay, 'rules'>) {
  const mails: ReplayedMail[] = []
  const work = async () => {
    await readRevisions(app)
    await raiseAlerts(app)
    await composeDigests(app)
    for (const mail of await acceptDue(app.db, clock.now)) mails.push(await replayedMail(app.db, mail, library))
  }
  for (const [i, report] of reports.entries()) {
    await moveTo(clock, report.published, reader, work)
    await library.save(app, report)
    await work()
    onProgress?.(i + 1)
  }
  await moveTo(clock, endOf(reader, clock.now), reader, work)
  return mails
}

/** Moves the clock to a moment, and does what comes due on the way: each full hour, and each digest at its minute. */
async function moveTo(
  clock: Clock,
  moment: Temporal.Instant,
  reader: Choice,
  work: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const next = nextStop(clock.now, reader)
    if (Temporal.Instant.compare(next, moment) > 0) break
    clock.now = next
    await work()
  }
  clock.now = moment
}

function nextStop(now: Temporal.Instant, reader: Choice): Temporal.Instant {
  const hour = now.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 })
  const due = reader.cadence === 'alert' ? hour : nextDue(reader, now)
  return Temporal.Instant.compare(due, hour) < 0 ? due : hour
}

function nextDue({ cadence, at, zone, weekday }: Choice, now: Temporal.Instant): Temporal.Instant {
  return nextSlot({ cadence: cadence === 'weekly' ? 'weekly' : 'daily', localTime: at, zone, weekday }, now).dueAt
}

/** The first due moment at or after the last report; alerts that wait come within a day. */
function endOf(reader: Choice, last: Temporal.Instant): Temporal.Instant {
  return reader.cadence === 'alert' ? last.add({ hours: 24 }) : nextDue(reader, last.subtract({ nanoseconds: 1 }))
}
