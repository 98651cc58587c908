import pg from 'pg'
import { readConfig } from '../../src/config.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { openApp } from '../../src/open-app.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'

/**
 * A worker that polls once and is killed on the way: KILL_AT counts its steps (queries, fetch, parse; each before it begins
 * and as soon as it was begun or ended). Without KILL_AT it prints how many steps there are.
 */
const killAt = Number(process.env.KILL_AT ?? 0)
let steps = 0
let counting = false

function step(): void {
  if (counting && ++steps === killAt) process.kill(process.pid, 'SIGKILL')
}

const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  step()
  const result = query.apply(this, given)
  setImmediate(step)
  if (result instanceof Promise) result.then(step, step)
  return result
} as never

const { app, close } = await openApp(readConfig(), () => Temporal.Now.instant())
const { fetcher, reader } = app
app.fetcher = { ...fetcher, get: (...given) => stepped(() => fetcher.get(...given)) }
app.reader = { ...reader, parse: (...given) => stepped(() => reader.parse(...given)) }
app.worker.id = await registerWorker(app.db, 'killed')
counting = true
await pollDueFeeds(app)
counting = false
console.log(steps)
await close()

async function stepped<T>(act: () => Promise<T>): Promise<T> {
  step()
  const result = await act()
  step()
  return result
}
