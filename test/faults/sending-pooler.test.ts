import { afterEach, expect, test } from 'vitest'
import { type Arena, clean, connections, long, openArena, pause, report } from './arena.ts'
import { hasPooler, type Pooler, startPooler } from './pooler.ts'

const mails = 2_000
const open: { arena?: Arena; pooler?: Pooler } = {}
afterEach(async () => {
  await open.arena?.close()
  await open.pooler?.close()
})

// Takes a minute, and needs PgBouncer.
test.runIf(long && hasPooler)(
  'a PgBouncer between worker and database is killed in the middle of a send, which goes on by itself',
  async () => {
    const arena = await openArena(mails)
    open.arena = arena
    arena.sink.script = async (step) => void (step === 'dot' && (await pause(40)))
    const pooler = await startPooler(arena.databaseUrl)
    open.pooler = pooler
    arena.worker({ DATABASE_URL: pooler.url })
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
