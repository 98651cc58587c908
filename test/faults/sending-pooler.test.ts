import { afterEach, expect, test } from 'vitest'
import { pathOf } from '../support/installed.ts'
import { type Pooler, startPooler } from '../support/pooler.ts'
import { type Arena, clean, connections, long, openArena, pause, report } from './arena.ts'

const mails = 2_000
const open: { arena?: Arena; pooler?: Pooler } = {}
afterEach(async () => {
  await open.arena?.close()
  await open.pooler?.close()
})

// Takes a minute, and needs PgBouncer.
test.runIf(long && pathOf('pgbouncer') !== undefined)(
  'a PgBouncer between worker and database is killed in the middle of a send, which goes on by itself',
  async () => {
    const arena = await openArena(mails)
    open.arena = arena
    arena.sink.script = async (step) => void (step === 'dot' && (await pause(40)))
    const pooler = await startPooler(arena.databaseUrl, 'transaction')
    open.pooler = pooler
    arena.worker({ DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: arena.databaseUrl })
    for (let n = 0; n < 5; n++) {
      await arena.sent(mails / 10)
      await pooler.kill()
      await pause(2_000)
      await pooler.start()
    }
    const figures = await arena.settled()
    report('PgBouncer killed 5 times', figures)
    expect(figures).toMatchObject(clean)
    expect(figures.unknown).toBeLessThanOrEqual(5 * connections)
  },
  300_000,
)
