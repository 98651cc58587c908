import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { recoverWork } from '../../src/worker/recover.ts'
import { type Entry, rssOf } from '../parsing/entries.ts'
import { insertFeedAt } from '../support/feeds.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

const runs = process.env.FAULTS === 'long' ? 200 : 6
const window = 40

let app: TestApp
/** What the publisher has said so far: each report with its versions, oldest first. */
const published = new Map<string, string[]>()

beforeEach(async () => {
  app = await openTestApp({ feedServer: true })
  await insertFeedAt(app, '/feed')
  published.clear()
  for (let n = 0; n < 10; n++) published.set(`first-${n}`, ['one'])
  serve(0)
  await pollDueFeeds(app)
})
afterEach(() => app.close())

/** The newest reports, under a validator of their own: a poll that kept it and lost them would never see them again. */
function serve(version: number): void {
  const newest: Entry[] = [...published].slice(-window).map(([id, versions]) => ({ id, text: versions.at(-1)! }))
  app.feedServer.set('/feed', { body: rssOf(newest), etag: `"${version}"` })
}

function publish(run: number): void {
  published.set(`${run}-a`, ['new'])
  published.set(`${run}-b`, ['new'])
  const edited = [...published.keys()].at(-4)!
  published.get(edited)!.push(`edited in run ${run}`)
  serve(run + 1)
}

const makeDue = () =>
  app.db
    .updateTable('feeds')
    .set({ next_poll_at: Temporal.Instant.from('2026-01-01T00:00:00Z') })
    .execute()

async function pollInChild(killAt: number): Promise<string> {
  await makeDue()
  const env = {
    ...settingsOf(app),
    FETCH_ALLOW: '127.0.0.0/8',
    KILL_AT: String(killAt),
    LOG_LEVEL: 'silent',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    PATH: process.env.PATH,
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'poll-once.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = text(child.stdout)
  await once(child, 'exit')
  return child.signalCode ?? said
}

/** Buries the killed worker without waiting for its heartbeat to be missed, and polls as the next worker would. */
async function recover(): Promise<void> {
  await app.db
    .updateTable('workers')
    .set({ heartbeat_at: Temporal.Instant.from('2026-01-01T00:00:00Z') })
    .where('name', '=', 'killed')
    .execute()
  await recoverWork(app)
  await makeDue()
  await pollDueFeeds(app)
}

async function kept(): Promise<Map<string, string[]>> {
  const rows = await app.db
    .selectFrom('revisions')
    .innerJoin('items', 'items.id', 'revisions.item_id')
    .select(['items.key', 'revisions.html'])
    .orderBy('items.id')
    .orderBy('revisions.n')
    .execute()
  const found = new Map<string, string[]>()
  for (const { key, html } of rows) found.set(key, [...(found.get(key) ?? []), html])
  return found
}

const sorted = (reports: Map<string, string[]>) => [...reports].toSorted(([a], [b]) => (a < b ? -1 : 1))

test(`kill -9 at a step of a poll, ${runs} times over all steps, loses no report and keeps none twice`, async () => {
  publish(0)
  const steps = Number(await pollInChild(0))
  expect(steps).toBeGreaterThan(20)
  let killed = 0
  for (let run = 1; run <= runs; run++) {
    publish(run)
    const killAt = runs < steps ? Math.ceil((run * steps) / (runs + 1)) : 1 + ((run - 1) % steps)
    if ((await pollInChild(killAt)) === 'SIGKILL') killed++
    await recover()
    expect(sorted(await kept())).toEqual(sorted(published))
  }
  console.log(`killed ${killed} of ${runs} times, over ${steps} steps`)
  expect(killed).toBeGreaterThan(runs / 2)
})
