import { createServer } from 'node:net'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { examine } from '../../src/admin/doctor/examine.ts'
import { tryRelay } from '../../src/delivery/smtp/connect.ts'
import { noteBounce } from '../../src/delivery/store/bounces.ts'
import { openDb } from '../../src/platform/db/db.ts'
import { schemaState } from '../../src/platform/db/migrate.ts'
import { probeRedis } from '../../src/platform/redis/probe.ts'
import { freePort } from '../support/free-port.ts'
import { createTestDb } from '../support/postgres.ts'
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { startSmtpSink } from '../support/smtp-server.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ feedServer: true })
})
afterAll(() => app.close())

const checksOf = async (part: string) =>
  (await examine(app, { probeRedis })).filter(({ what }) => what === part).map(({ kind, say }) => [kind, say])

it('checks every part and says what to do', async () => {
  app.now = () => Temporal.Now.instant()
  const checks = await examine(app, { probeRedis })
  const of = (part: string) => checks.filter(({ what }) => what === part)
  expect([...new Set(checks.map(({ what }) => what))]).toEqual([
    'database',
    'clock',
    'sessions',
    'queue',
    'workers',
    'mail',
    'DNS',
    'bounces',
    'privacy',
    'disk',
    'feeds',
  ])
  expect(of('database')).toMatchObject([{ kind: 'ok' }])
  expect(of('clock')).toMatchObject([{ kind: 'ok' }])
  expect(of('queue')).toMatchObject([{ kind: 'ok', say: expect.stringContaining('REDIS_URL is not set') }])
  expect(of('mail')).toMatchObject([{ kind: 'warning', say: expect.stringContaining('SMTP_URL is not set') }])
  expect(of('bounces')).toMatchObject([{ kind: 'warning', say: expect.stringContaining('docs/bounces.md') }])
  expect(of('feeds')).toMatchObject([{ kind: 'warning', say: expect.stringContaining('sitrep feeds add') }])
  expect(checks.filter(({ kind }) => kind === 'failure')).toEqual([])
})

describe('without a database that can be used', () => {
  const whatIn = async (url: string) => {
    const { db, pool } = openDb(url)
    const checks = await examine({ ...app, db }, { probeRedis })
    await pool.end()
    return checks.map(({ what, kind, say }) => [what, kind, say] as const)
  }
  const others = ['queue', 'mail', 'DNS', 'privacy', 'disk']

  it('says that the database is away, and makes the other checks', async () => {
    const [database, leftOut, ...rest] = await whatIn(`postgres://sitrep:x@127.0.0.1:${await freePort()}/sitrep`)
    expect(database).toEqual([
      'database',
      'failure',
      expect.stringMatching(/^The database does not answer .* Check DATABASE_URL\.$/),
    ])
    expect(leftOut).toEqual(['database', 'warning', expect.stringContaining('were not checked')])
    expect([...new Set(rest.map(([what]) => what))]).toEqual(others)
  })

  it('says that the schema is old, and does not change it', async () => {
    const empty = await createTestDb({ empty: true })
    const [database, , ...rest] = await whatIn(empty.url)
    expect(database).toEqual(['database', 'failure', expect.stringContaining('sitrep migrate')])
    expect([...new Set(rest.map(([what]) => what))]).toEqual(others)
    expect((await schemaState(empty.db)).isEmpty).toBe(true)
    await empty.close()
  })
})

it('counts the bounces of 30 days by their source', async () => {
  const bounce = { source: 'ses', detail: '5.1.1 gone', delivery: null, subscriber: null, domain: null, at: app.now() }
  app.config.hooks.ses = ['arn:aws:sns:eu-west-1:123456789012:bounces']
  await app.db.transaction().execute(async (tx) => {
    for (const [kind, event] of [
      ['dead', '1'],
      ['dead', '2'],
      ['dead', '2'],
      ['forged', null],
    ] as const)
      await noteBounce(tx, { ...bounce, kind, event })
  })
  expect(await checksOf('bounces')).toEqual([
    ['ok', 'Reports of the last 30 days: 2 dead addresses by SES, 1 forged report by SES.'],
  ])
})

it('notices a clock that is wrong', async () => {
  app.now = () => Temporal.Now.instant().add({ hours: 1 })
  expect(await checksOf('clock')).toEqual([['failure', expect.stringContaining('NTP')]])
})

it('tries a relay without sending anything', async () => {
  const sink = await startSmtpSink()
  expect(await tryRelay(sink.url, 'sitrep.example')).toBeNull()
  expect(sink.messages).toEqual([])
  await sink.close()
  expect(await tryRelay(`smtp://127.0.0.1:${await freePort()}`, 'sitrep.example')).toContain('ECONNREFUSED')
})

it('tries each relay, and shows no password', async () => {
  const sink = await startSmtpSink()
  const closedPort = await freePort()
  app.config.smtpUrls = [`smtp://user:hunter2@127.0.0.1:${closedPort}?weight=2`, sink.url]
  const { host } = new URL(sink.url)
  expect(await checksOf('mail')).toEqual([
    [
      'failure',
      expect.stringMatching(
        `^Sitrep cannot use the relay 127\\.0\\.0\\.1:${closedPort}: .*ECONNREFUSED.*\\. Check SMTP_URL\\.$`,
      ),
    ],
    ['ok', `Sitrep can use the relay ${host}.`],
  ])
  expect(JSON.stringify(await checksOf('mail'))).not.toContain('hunter2')
  expect(sink.messages).toEqual([])
  await sink.close()
})

describeWithRedis('the queue in Redis', () => {
  let redis: RedisServer
  let client: Redis
  beforeEach(async () => {
    redis = await startRedis()
    client = new Redis(redis.url)
    app.config.redisUrl = redis.url
  })
  afterEach(async () => {
    client.disconnect()
    await redis.close()
  })

  it('is well with the settings of the README', async () => {
    expect(await checksOf('queue')).toEqual([['ok', 'Redis answers, and its settings are right.']])
  })

  it('is not well in a Redis that forgets jobs', async () => {
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
    await client.config('SET', 'appendonly', 'no')
    expect(await checksOf('queue')).toEqual([
      ['ok', 'Redis answers.'],
      ['warning', expect.stringContaining('appendonly is no. Set it to yes')],
      ['warning', expect.stringContaining('maxmemory-policy is allkeys-lru. Set it to noeviction')],
    ])
  })

  it('says so when a hosted Redis refuses CONFIG', async () => {
    await client.call('ACL', 'SETUSER', 'hosted', 'on', '>hunter2', '~*', '+@all', '-config')
    app.config.redisUrl = redis.url.replace('//', '//hosted:hunter2@')
    expect(await checksOf('queue')).toEqual([
      ['ok', 'Redis answers.'],
      ['warning', expect.stringContaining('its settings could not be read')],
    ])
  })

  it('repeats what Redis says against a login, or the network', async () => {
    await client.config('SET', 'requirepass', 'hunter2')
    expect(await checksOf('queue')).toEqual([
      ['failure', expect.stringMatching(/^Redis cannot be used: NOAUTH .*\. Check REDIS_URL\.$/)],
    ])
    await redis.kill()
    expect(await checksOf('queue')).toEqual([['failure', expect.stringContaining('ECONNREFUSED')]])
  })
})

it('gives up a Redis that does not answer', async () => {
  const silent = createServer(() => {})
  const port = await freePort()
  await new Promise<void>((done) => silent.listen(port, '127.0.0.1', done))
  await expect(probeRedis(`redis://127.0.0.1:${port}`, 100)).rejects.toThrow('timed out')
  silent.close()
})
