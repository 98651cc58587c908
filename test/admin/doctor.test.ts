import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { examine } from '../../src/admin/doctor/examine.ts'
import { pingRedis } from '../../src/admin/doctor/probes.ts'
import { tryRelay } from '../../src/delivery/smtp/connect.ts'
import { noteBounce } from '../../src/delivery/store/bounces.ts'
import { openPollingApp, type PollingApp } from '../feeds/polling-app.ts'
import { freePort } from '../support/free-port.ts'
import { startSmtpSink } from '../support/smtp-server.ts'

let desk: PollingApp
beforeAll(async () => {
  desk = await openPollingApp()
})
afterAll(() => desk.close())

it('examines every part and says what to do', async () => {
  desk.app.now = () => Temporal.Now.instant()
  const findings = await examine(desk.app)
  const of = (what: string) => findings.filter((finding) => finding.what === what)
  expect([...new Set(findings.map(({ what }) => what))]).toEqual([
    'database',
    'clock',
    'queue',
    'workers',
    'mail',
    'DNS',
    'bounces',
    'disk',
    'feeds',
  ])
  expect(of('database')).toMatchObject([{ kind: 'ok' }])
  expect(of('clock')).toMatchObject([{ kind: 'ok' }])
  expect(of('mail')).toMatchObject([{ kind: 'warning', say: expect.stringContaining('SMTP_URL is not set') }])
  expect(of('bounces')).toMatchObject([{ kind: 'warning', say: expect.stringContaining('docs/bounces.md') }])
  expect(of('feeds')).toMatchObject([{ kind: 'warning', say: expect.stringContaining('sitrep feeds add') }])
  expect(findings.filter(({ kind }) => kind === 'failure')).toEqual([])
})

it('counts what came back, by where it came from', async () => {
  const told = { source: 'ses', detail: '5.1.1 gone', delivery: null, at: desk.app.now() }
  desk.app.config.hooks.sesTopics = ['arn:aws:sns:eu-west-1:123456789012:bounces']
  await desk.app.db.transaction().execute(async (tx) => {
    for (const [kind, event] of [
      ['dead', '1'],
      ['dead', '2'],
      ['dead', '2'],
      ['forged', null],
    ] as const)
      await noteBounce(tx, { ...told, kind, event })
  })
  const say = 'in 30 days: 2 dead by ses, 1 forged by ses'
  expect(await examine(desk.app)).toContainEqual({ what: 'bounces', kind: 'ok', say })
})

it('notices a clock that is wrong', async () => {
  desk.app.now = () => Temporal.Now.instant().add({ hours: 1 })
  expect(await examine(desk.app)).toContainEqual({
    what: 'clock',
    kind: 'failure',
    say: expect.stringContaining('NTP'),
  })
})

it('tries the relay without sending anything', async () => {
  const sink = await startSmtpSink()
  expect(await tryRelay(sink.url, 'sitrep.example')).toBeNull()
  expect(sink.messages).toEqual([])
  await sink.close()
  expect(await tryRelay(`smtp://127.0.0.1:${await freePort()}`, 'sitrep.example')).toContain('ECONNREFUSED')
})

it('pings Redis, and repeats what it complains about', async () => {
  const answers = ['+PONG\r\n', '-NOAUTH Authentication required.\r\n']
  const server = createServer((socket) => socket.once('data', () => socket.write(answers.shift()!)))
  const port = await freePort()
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  expect(await pingRedis(`redis://127.0.0.1:${port}`)).toBeNull()
  expect(await pingRedis(`redis://127.0.0.1:${port}`)).toBe('NOAUTH Authentication required.')
  server.close()
  expect(await pingRedis(`redis://127.0.0.1:${await freePort()}`)).toContain('ECONNREFUSED')
})
