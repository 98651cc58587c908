import { afterEach, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { startProxy, type TcpProxy } from '../support/proxy.ts'
import { type Arena, clean, connections, long, longTest, openArena, pause, report } from './arena.ts'

let arena: Arena
let proxy: TcpProxy | undefined
afterEach(async () => {
  await proxy?.close()
  proxy = undefined
  await arena.close()
})

const mails = long ? 2_000 : 200
const everyTenth = (n: number, act: string) => (n % 10 === 5 ? act : undefined)

test('a reset before DATA is tried again; nothing is unknown', async () => {
  arena = await openArena(mails)
  let broken = 0
  arena.sink.script = (step, { n }) =>
    step === 'rcpt' && broken < mails / 10 && broken++ >= 0 ? everyTenth(n, 'reset') : undefined
  arena.worker()
  const figures = await arena.settled()
  report('reset before DATA', figures)
  expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
}, 240_000)

test('a reset after the dot, taken or not, is unknown and is held', async () => {
  arena = await openArena(mails)
  let lost = 0
  const breakOff = (n: number) => (everyTenth(n, 'reset') && ++lost ? 'reset' : undefined)
  arena.sink.script = (step, { n }) =>
    step === 'dot' && n % 2 === 1
      ? breakOff(n)
      : step === 'reply'
        ? everyTenth(n + 5, 'reset') && breakOff(5)
        : undefined
  arena.worker()
  const figures = await arena.settled()
  report('reset after the dot, and lost 250', { ...figures, broken: lost })
  expect(figures).toMatchObject({ ...clean, unknown: lost })
  expect(lost).toBeGreaterThan(0)
}, 240_000)

longTest(
  'a reset in the middle of a message is unknown, for all of it had left',
  async () => {
    arena = await openArena(mails)
    let broken = 0
    arena.sink.script = (step) => (step === 'body' && broken < mails / 20 && ++broken ? 'reset' : undefined)
    arena.worker()
    const figures = await arena.settled()
    report('reset in the middle of DATA', { ...figures, broken })
    expect(figures).toMatchObject({ ...clean, failed: 0 })
    expect(figures.unknown).toBeLessThanOrEqual(broken)
  },
  240_000,
)

test('a tarpit holds the connection that fell into it, and no other', async () => {
  arena = await openArena(mails)
  const released = Promise.withResolvers<void>()
  let stuck = 0
  arena.sink.script = async (step) => {
    if (step === 'dot' && stuck < connections - 2 && stuck++ >= 0) await released.promise
    return undefined
  }
  arena.worker()
  await arena.sent(mails - (connections - 2))
  released.resolve()
  const figures = await arena.settled()
  report('tarpit on 8 of 10 connections', figures)
  expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
}, 240_000)

test('a 250 that comes before the message was sent is not believed', async () => {
  arena = await openArena(mails)
  let early = 0
  const promised = new Set<string>()
  arena.sink.script = (step, { recipient }) => {
    if (step === 'dot' && promised.delete(recipient)) return '554 5.3.0 no, it was not'
    if (step !== 'data') return undefined
    if (early === mails / 20) return void promised.delete(recipient)
    early++
    promised.add(recipient)
    return '354 go on\r\n250 2.0.0 taken'
  }
  arena.worker()
  const figures = await arena.settled()
  report('250 before the message', { ...figures, early })
  expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
}, 240_000)

longTest(
  'an answer that is not SMTP leaves the mail unknown after the dot, and due before',
  async () => {
    arena = await openArena(mails)
    let [spoiled, confused] = [0, 0]
    arena.sink.script = (step, { n }) => {
      if (step === 'rcpt' && n === 5 && confused < mails / 20 && ++confused) return '\x16\x03 hello'
      if (step === 'reply' && n === 8 && spoiled < mails / 20 && ++spoiled) return 'HTTP/1.1 200 OK'
      return undefined
    }
    arena.worker()
    const figures = await arena.settled()
    report('garbage for an answer', { ...figures, spoiled, confused })
    expect(confused).toBeGreaterThan(0)
    expect(figures).toMatchObject({ ...clean, unknown: spoiled, accepted: mails - spoiled })
  },
  240_000,
)

longTest(
  'a mail server that never greets delays everything and loses nothing',
  async () => {
    arena = await openArena(mails)
    let silent = true
    arena.sink.script = (step) => (step === 'connect' && silent ? new Promise<undefined>(() => {}) : undefined)
    const worker = arena.worker()
    await eventually(() => relayIsInTrouble(), 'the alarm', 60_000)
    expect(worker.said()).toContain('the relay cannot be used')
    silent = false
    const figures = await arena.settled()
    report('a mail server that never greets', figures)
    expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
  },
  240_000,
)

const relayIsInTrouble = () =>
  arena.db.selectFrom('settings').select('key').where('key', '=', 'relay_trouble').executeTakeFirst()

longTest(
  'where TLS is a must and STARTTLS is stripped, nothing leaves',
  async () => {
    arena = await openArena(mails)
    let begun = 0
    arena.sink.script = (step) => void (step === 'mail' && begun++)
    arena.worker({ SMTP_URL: `${arena.sink.url}?tls=required` })
    await eventually(() => relayIsInTrouble(), 'the alarm', 60_000)
    const { lost: waiting, ...figures } = await arena.join()
    report('STARTTLS stripped', { ...figures, waiting, begun })
    expect({ begun, offered: arena.sink.offered.length }).toEqual({ begun: 0, offered: 0 })
    expect({ ...figures, waiting }).toMatchObject({ accepted: 0, failed: 0, unknown: 0, waiting: mails })
  },
  240_000,
)

const badNetworks = {
  refused: (behind: TcpProxy) => behind.refuse(),
  'black-holed': (behind: TcpProxy) => behind.blackhole(),
  slow: (behind: TcpProxy) => behind.delay(200),
}
for (const [name, fault] of Object.entries(badNetworks)) {
  longTest(
    `the mail server is ${name} for 20 s in the middle of a send, which goes on by itself`,
    async () => {
      arena = await openArena(mails)
      arena.sink.script = async (step) => void (step === 'dot' && (await pause(40)))
      proxy = await startProxy(arena.sink.port)
      arena.worker({ SMTP_URL: proxy.through(arena.sink.url) })
      await arena.sent(mails / 3)
      await fault(proxy)
      await pause(20_000)
      proxy.heal()
      const figures = await arena.settled()
      report(`mail server ${name} for 20 s`, figures)
      expect(figures).toMatchObject(clean)
      expect(figures.unknown).toBeLessThanOrEqual(name === 'refused' ? connections : 0)
    },
    240_000,
  )
}
