import { setTimeout } from 'node:timers/promises'
import type { App } from '../app.ts'
import { pausedWindow } from '../editions/store/windows.ts'
import { readSetting, writeSetting } from '../platform/db/settings.ts'
import { type KeptSince, keptSince } from '../platform/kept-since.ts'
import {
  countOutlived,
  type DroppedRows,
  dropDeliveries,
  dropMailbox,
  dropWindows,
  endOfReaders,
  isQuiet,
} from './store/outlived-rows.ts'

/** How far a keeping has come: the last reader that is done, and when the last whole one ended (ISO 8601). */
type Keeping = { reader: number; endedAt: string | null }
const setting = 'keeping'

/** A keeping begins again so long after the last one ended. */
const keepAfter = Temporal.Duration.from({ hours: 20 })
/** A run of the job ends after so many bites, and the next one goes on: a minute or two. */
const bitesOfRun = 2_000
const readersOfBite = 200
const rowsOfBite = 2_000
/** So long a bite waits for the statements of others. */
const pauseMs = 20

/** What a keeping would drop now. It changes nothing. */
export const planKeeping = (app: App): Promise<DroppedRows> => countOutlived(app.db, keptSince(app), pausedWindow)

/**
 * Drops the rows whose lifetime has ended, once a day, in transactions of at most 2,000 rows. It stops when `signal` aborts, when mail is due,
 * and after its budget; the next run goes on. `atOnce` begins now, also while mail is due, and goes on to the end.
 * @returns what was dropped, and whether all is done
 */
export async function keep(
  app: App,
  signal: AbortSignal,
  { atOnce = false }: { atOnce?: boolean } = {},
): Promise<DroppedRows & { done: boolean }> {
  const dropped = { deliveries: 0, windows: 0, mailbox: 0 }
  if (!atOnce && endedLately(await keepingOf(app), app.now())) return { ...dropped, done: true }
  const since = keptSince(app)
  const mayGoOn = async () => !signal.aborted && (atOnce || (await isQuiet(app.db, app.now())))
  for (let bites = 0; (atOnce || bites < bitesOfRun) && (await mayGoOn()); bites++) {
    const { rows, done } = await takeBite(app, since)
    for (const name of ['deliveries', 'windows', 'mailbox'] as const) dropped[name] += rows[name]
    if (done) return { ...dropped, done }
    await setTimeout(pauseMs)
  }
  return { ...dropped, done: false }
}

const keepingOf = async ({ db }: App): Promise<Keeping> =>
  (await readSetting<Keeping>(db, setting)) ?? { reader: 0, endedAt: null }

/** Drops some rows of the next readers, or, after the last reader, of the local mailbox, and notes how far it came. */
async function takeBite(app: App, since: KeptSince): Promise<{ rows: DroppedRows; done: boolean }> {
  const { db } = app
  const { reader: after, endedAt } = await keepingOf(app)
  const to = await endOfReaders(db, after, readersOfBite)
  const rows = to === undefined ? await dropOfNobody(db, since) : await dropOf(db, since, { after, to })
  if (Object.values(rows).includes(rowsOfBite)) return { rows, done: false } // there may be more of them
  const next = to === undefined ? { reader: 0, endedAt: app.now().toString() } : { reader: to, endedAt }
  await writeSetting(db, setting, next satisfies Keeping)
  return { rows, done: to === undefined }
}

function endedLately({ reader, endedAt }: Keeping, now: Temporal.Instant): boolean {
  if (reader > 0 || endedAt === null) return false
  return Temporal.Instant.compare(Temporal.Instant.from(endedAt).add(keepAfter), now) > 0
}

async function dropOf(db: App['db'], { deliveries: since }: KeptSince, readers: { after: number; to: number }) {
  const deliveries = await dropDeliveries(db, since, readers, rowsOfBite)
  const windows = await dropWindows(db, since, readers, { limit: rowsOfBite, paused: pausedWindow })
  return { deliveries, windows, mailbox: 0 }
}

/** After the last reader: what is of no reader. */
async function dropOfNobody(db: App['db'], { mailbox: since }: KeptSince) {
  return { deliveries: 0, windows: 0, mailbox: await dropMailbox(db, since, rowsOfBite) }
}
