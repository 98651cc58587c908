import { afterEach, expect, test } from 'vitest'
import { type Arena, clean, connections, long, openArena, pause, report } from './arena.ts'
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts'
import { mayMount, mountSmallDisk, type SmallDisk } from './small-disk.ts'

const mails = 2_000
const open: { arena?: Arena; postgres?: OwnPostgres; disk?: SmallDisk } = {}
afterEach(async () => {
  await open.arena?.close()
  await open.postgres?.close()
  await open.disk?.close()
})

// Takes a minute, and only root may mount a disk.
test.runIf(long && mayMount)(
  'while the disk of the database is full nothing is sent twice, and afterwards everything goes on',
  async () => {
    const disk = await mountSmallDisk(300)
    open.disk = disk
    const postgres = await startOwnPostgres(disk.path)
    open.postgres = postgres
    const arena = await openArena(mails, postgres.createDb)
    open.arena = arena
    arena.sink.script = async (step) => void (step === 'dot' && (await pause(40)))
    arena.worker()
    await arena.sent(mails / 4)
    await disk.fill()
    await pause(20_000)
    const taken = arena.sink.taken.length
    expect(taken).toBeLessThan(mails) // The disk was really full.
    await disk.free()
    await postgres.restart('immediate').catch(() => postgres.start()) // A full disk may have ended the server.
    const figures = await arena.settled()
    report('disk of the database full for 20 s', { ...figures, sent_before: taken })
    expect(figures).toMatchObject(clean)
    expect(figures.unknown).toBeLessThanOrEqual(3 * connections)
  },
  300_000,
)
