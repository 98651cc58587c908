import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { askForPushes } from '../../src/feeds/push.ts'
import { createWeb } from '../../src/web/server.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { feedAt, insertFeedAt } from '../support/feeds.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let url: string
const forms: URLSearchParams[] = []

beforeEach(async () => {
  app = await openTestApp({ feedServer: true })
  app.config.publicUrl = 'https://sitrep.example'
  forms.length = 0
  const hub = app.feedServer.set('/hub', {
    handle: (request, response) => {
      request.on('data', (chunk) => forms.push(new URLSearchParams(String(chunk))))
      request.on('end', () => response.writeHead(202).end())
    },
  })
  url = await insertFeedAt(app, '/feed')
  const links = `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${hub}"/>`
  app.feedServer.set('/feed', { body: rssOf(entries(2), links) })
  await pollDueFeeds(app)
})
afterEach(() => app.close())

const push = () => app.db.selectFrom('pushes').selectAll().executeTakeFirstOrThrow()
const challenge = (token: string, topic: string, mode = 'subscribe') =>
  createWeb(app).request(
    `/push/${token}?hub.mode=${mode}&hub.topic=${encodeURIComponent(topic)}&hub.challenge=abc&hub.lease_seconds=864000`,
  )

describe('a feed with a hub', () => {
  it('is subscribed to, and only the challenge of our own request is answered', async () => {
    expect((await challenge((await push()).token, url)).status).toBe(404)
    expect(await askForPushes(app)).toBe(1)
    const { token, secret } = await push()
    expect(Object.fromEntries(forms[0]!)).toMatchObject({
      'hub.mode': 'subscribe',
      'hub.topic': url,
      'hub.callback': `https://sitrep.example/push/${token}`,
      'hub.secret': secret,
    })
    expect((await challenge(token, 'https://other.example/')).status).toBe(404)
    expect((await challenge('wrong', url)).status).toBe(404)
    const answer = await challenge(token, url)
    expect([answer.status, await answer.text()]).toEqual([200, 'abc'])
    const { state, lease_until, due_at } = await push()
    expect(state).toBe('verified')
    expect(app.now().until(lease_until!).total('hours')).toBe(240)
    expect(app.now().until(due_at).total('hours')).toBe(160)
  })

  it('is subscribed to again before the lease ends, and its refusal is recorded', async () => {
    await askForPushes(app)
    const { token } = await push()
    await challenge(token, url)
    expect(await askForPushes(app)).toBe(0)
    app.clock.later({ hours: 161 })
    expect(await askForPushes(app)).toBe(1)
    await challenge(token, url, 'denied')
    expect(await push()).toMatchObject({ state: 'refused' })
  })

  it('is polled at once after a signed push, and not after a forged one', async () => {
    const { token, secret } = await push()
    const post = (signature: string) =>
      createWeb(app).request(`/push/${token}`, {
        method: 'POST',
        body: 'news',
        headers: { 'x-hub-signature': signature },
      })
    const due = async () => Temporal.Instant.compare((await feedAt(app, url)).next_poll_at, app.now()) <= 0
    const sign = (method: string, key: string) => `${method}=${createHmac(method, key).update('news').digest('hex')}`
    for (const forged of ['', 'sha256=', sign('sha256', 'other'), sign('sha1', secret)]) {
      expect((await post(forged)).status).toBe(204)
      expect(await due()).toBe(false)
    }
    expect((await post(sign('sha256', secret))).status).toBe(204)
    expect(await due()).toBe(true)
  })

  it('is not read for a stranger: the body of a push is refused by its token and its header', async () => {
    const { token, secret } = await push()
    const send = async (path: string, signature: string, pieces: number) => {
      const read = { pieces: 0 }
      const pull = (controller: ReadableStreamDefaultController) =>
        read.pieces++ < pieces ? controller.enqueue(new Uint8Array(1_000_000)) : controller.close()
      const body = new ReadableStream({ pull }, { highWaterMark: 0 })
      const init = { method: 'POST', body, duplex: 'half', headers: { 'x-hub-signature': signature } }
      const { status } = await createWeb(app).request(path, init as RequestInit)
      return { status, read: read.pieces }
    }
    const signed = `sha256=${createHmac('sha256', secret).update(new Uint8Array(9_000_000)).digest('hex')}`
    expect(await send('/push/unknown', signed, 9)).toEqual({ status: 410, read: 0 })
    expect(await send(`/push/${token}`, 'sha256=00', 9)).toEqual({ status: 204, read: 0 })
    expect(await send(`/push/${token}`, signed, 100)).toEqual({ status: 413, read: 11 })
    expect((await send(`/push/${token}`, signed, 9)).status).toBe(204)
    expect(Temporal.Instant.compare((await feedAt(app, url)).next_poll_at, app.now())).toBe(0)
  })

  it('is not subscribed to when no hub could reach us', async () => {
    for (const address of ['http://localhost:3000', 'https://10.0.0.1', 'https://sitrep.local']) {
      app.config.publicUrl = address
      expect(await askForPushes(app)).toBe(0)
    }
    expect(forms).toEqual([])
  })
})
