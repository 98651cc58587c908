import { afterEach, describe, expect, test } from 'vitest'
import { addFeed, pollFeedsNow } from '../../src/feeds/manage-feeds.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { wordsOfHtml, wordsOfText } from '../editions/read-mail.ts'
import { eventually } from '../support/eventually.ts'
import { john, mira, network, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { feedOf, flight, guarantee, harvest, type Report, strike } from '../support/report.ts'
import type { SunkMessage } from '../support/smtp-server.ts'
import type { TestApp } from '../support/test-app.ts'
import { openTestApp } from '../support/test-app.ts'

/** What a reader sees of both parts. */
const wordsOf = ({ parsed }: SunkMessage) => [wordsOfText(parsed.text!), wordsOfHtml(String(parsed.html))]

const wholeProgram = { roles: { web: true, worker: true }, sink: true, feedServer: true }

/** From a published item to a mail on a real mail server, by the clockwork of either queue. */
function wholePath(queueUrl: () => Promise<string | undefined>): void {
  let app: TestApp

  afterEach(() => app.close())

  async function start(): Promise<void> {
    const REDIS_URL = await queueUrl()
    app = await openTestApp({ ...wholeProgram, ...(REDIS_URL && { env: { REDIS_URL } }) })
  }

  const publish = (...reports: Report[]) => app.feedServer.set('/feed', { body: feedOf(reports) })
  const earlier = (): Report => ({
    guid: 'one',
    title: 'Day one',
    at: Temporal.Now.instant().subtract({ hours: 2 }),
    claims: [strike, guarantee, flight, harvest],
  })
  const polled = (items: number) => async () => {
    const row = await app.db
      .selectFrom('revisions')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('state', '=', 'read')
      .executeTakeFirstOrThrow()
    return row.n >= items
  }

  test('an item is sent in a welcome digest, and the next one in an alert', async () => {
    await start()
    const first = earlier()
    await addFeed(app, publish(first), 'test')
    await eventually(polled(1), 'the first report')
    await join(app, olena, john, mira)
    const welcomes = await app.sink.waitFor(3)
    const toOlena = welcomes.find((mail) => mail.to[0] === olena.email)!
    for (const part of wordsOf(toOlena)) {
      for (const claim of [strike, guarantee, flight]) expect(part).toContain(claim.slice(0, -1))
      expect(part).not.toContain('sunflowers')
    }
    for (const part of [toOlena.parsed.text, toOlena.parsed.html]) expect(part).toContain('https://desk.example/one')
    const toMira = welcomes.find((mail) => mail.to[0] === mira.email)!
    expect(wordsOf(toMira)[0]).toContain(flight.slice(0, -1))
    expect(toMira.parsed.text).not.toContain('substation')

    const fresh = 'Missiles struck a power plant east of the city and left it without electricity.'
    publish({ guid: 'two', title: 'Day two', at: Temporal.Now.instant(), claims: [fresh, flight, harvest] }, first)
    await pollFeedsNow(app)
    const mails = await app.sink.waitFor(4)
    const alert = mails[3]!
    expect(alert.to).toEqual([john.email])
    expect(wordsOf(alert)[1]).toContain(fresh.slice(0, -1))
    expect(alert.parsed.text).not.toContain('displaced')
    expect(alert.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
    expect(alert.parsed.headers.get('auto-submitted')).toBe('auto-generated')
  })

  test('another poll and another start send nothing twice', async () => {
    await start()
    await addFeed(app, publish(earlier()), 'test')
    await eventually(polled(1), 'the first report')
    await join(app, olena)
    await app.sink.waitFor(1)
    const feedsPolled = app.feedServer.count('/feed')
    await pollFeedsNow(app)
    await eventually(async () => app.feedServer.count('/feed') > feedsPolled, 'the second poll')
    const states = await eventually(async () => {
      const rows = await app.db.selectFrom('deliveries').select('state').execute()
      return rows.every((row) => row.state === 'accepted') && rows
    }, 'the answer in the ledger')
    expect(states).toHaveLength(1)
    expect(app.sink.messages).toHaveLength(1)
  })

  test('a confirmation mail is sent at once, without waiting for the next scheduled run', async () => {
    await start()
    await subscribe(app, olena, network)
    const [mail] = await app.sink.waitFor(1, 5_000)
    expect(mail!.to).toEqual([olena.email])
    expect(mail!.parsed.text).toMatch(/http:\/\/localhost:\d+\/c\/\S+/)
    expect(mail!.raw).not.toMatch(/^List-Unsubscribe:/m)
  })
}

describe('with the queue in PostgreSQL', () => wholePath(async () => undefined))

describeWithRedis('with the queue in Redis', () => {
  let redis: RedisServer | undefined
  afterEach(async () => {
    await redis?.close()
    redis = undefined
  })
  wholePath(async () => {
    redis = await startRedis()
    return redis.url
  })

  test('a wake-up that Redis loses costs no mail: the scheduled run finds the row', async () => {
    redis = await startRedis()
    const app = await openTestApp({ ...wholeProgram, env: { REDIS_URL: redis.url } })
    await redis.kill()
    await subscribe(app, olena, network)
    await redis.restart()
    const [mail] = await app.sink.waitFor(1, 60_000)
    expect(mail!.to).toEqual([olena.email])
    await app.close()
  }, 90_000)
})
