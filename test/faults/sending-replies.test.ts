import { afterEach, expect, test } from 'vitest'
import { resumeEdition } from '../../src/delivery/store/pauses.ts'
import { createDeliveries } from '../support/deliveries.ts'
import { eventually } from '../support/eventually.ts'
import { type Arena, clean, long, longTest, openArena, report } from './arena.ts'

let arena: Arena
afterEach(() => arena.close())

const mails = long ? 2_000 : 200
const numberOf = (recipient: string) => Number(/\d+/.exec(recipient)?.[0])

test('many 421 replies for one domain delay only that domain', async () => {
  arena = await openArena(mails)
  const busy = 'example7.org'
  let isBusy = true
  arena.sink.script = (step, { recipient }) =>
    step === 'rcpt' && isBusy && recipient.endsWith(`@${busy}`) ? '421 4.7.0 too many' : undefined
  arena.worker()
  await arena.sent(mails - mails / 50)
  isBusy = false
  const figures = await arena.settled()
  report('421 for one domain of 50', figures)
  expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
}, 240_000)

test('a server that is busy for a while gets each mail again: the same Message-ID, the same bytes', async () => {
  arena = await openArena(mails)
  const asked = new Map<string, number>()
  arena.sink.script = (step, { recipient }) => {
    const refused = asked.get(recipient) ?? 0
    if (step !== ['rcpt', 'dot'][refused]) return undefined
    asked.set(recipient, refused + 1)
    return '451 4.3.0 try again later'
  }
  arena.worker()
  const figures = await arena.settled()
  const offers = arena.sink.offered.length
  report('4xx twice for each mail', { ...figures, offers })
  expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
  expect(offers).toBe(2 * mails)
}, 240_000)

longTest(
  'dead addresses are suppressed, full mailboxes are not, and neither delays anybody else',
  async () => {
    arena = await openArena(mails)
    const asked: string[] = []
    arena.sink.script = (step, { recipient }) => {
      if (step !== 'rcpt') return undefined
      asked.push(recipient)
      if (numberOf(recipient) % 10 === 1) return '550 5.1.1 no such user'
      if (numberOf(recipient) % 10 === 2) return '552 5.2.2 mailbox full'
      return undefined
    }
    arena.worker()
    const first = await arena.settled()
    expect(first).toMatchObject({ ...clean, unknown: 0, failed: mails / 5, accepted: (mails * 4) / 5 })
    asked.length = 0
    await createDeliveries(arena.db, arena.edition, 1, mails)
    const figures = await arena.settled()
    report('5.1.1 for one in ten, 5.2.2 for one in ten, two sendings', figures)
    expect(figures).toMatchObject({ ...clean, unknown: 0, skipped: mails / 10, failed: (mails * 3) / 10 })
    expect(asked.filter((recipient) => numberOf(recipient) % 10 === 1)).toEqual([])
    expect(asked.filter((recipient) => numberOf(recipient) % 10 === 2)).toHaveLength(mails / 10)
  },
  240_000,
)

longTest(
  'many 5.7.1 replies pause the edition, and the rest goes out when a person resumes it',
  async () => {
    arena = await openArena(mails)
    let refused = 0
    let isBusy = true
    arena.sink.script = (step) => (step === 'dot' && isBusy && ++refused ? '554 5.7.1 looks like spam' : undefined)
    arena.worker()
    await eventually(isPaused, 'the pause', 60_000)
    await eventually(nothingIsUnderWay, 'the rest to be put aside', 60_000)
    expect(refused).toBeLessThan(60)
    isBusy = false
    await arena.db.transaction().execute((tx) => resumeEdition(tx, arena.edition, Temporal.Now.instant()))
    const figures = await arena.settled()
    report('5.7.1 for many, then resumed', { ...figures, refused })
    expect(figures).toMatchObject({ ...clean, unknown: 0, failed: refused, accepted: mails - refused })
  },
  240_000,
)

const isPaused = () =>
  arena.db.selectFrom('editions').select('id').where('paused_at', 'is not', null).executeTakeFirst()

async function nothingIsUnderWay(): Promise<boolean> {
  const rows = await arena.db
    .selectFrom('deliveries')
    .select('id')
    .where((eb) => eb.or([eb('state', 'in', ['claimed', 'submitted']), eb('due_at', 'is not', null)]))
    .execute()
  return rows.length === 0
}
