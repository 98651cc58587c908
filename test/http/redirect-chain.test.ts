import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/http/fetch.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'

let server: FeedServer
let fetcher: Fetcher
const named = (host: string) => `http://${host}:${server.port}`

beforeAll(async () => {
  server = await startFeedServer()
  fetcher = createFetcher({
    site: 'https://sitrep.example',
    contact: 'desk@sitrep.example',
    allow: [],
    countsAsPublic: ['127.0.0.0/8'],
    resolve: async () => ['127.0.0.1'],
    gapMs: 0,
  })
})
afterAll(async () => {
  await fetcher.close()
  await server.close()
})

const redirect =
  (location: string, cookies: string[] = []) =>
  (_request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(302, { location, 'set-cookie': cookies }).end()
const cookiesAt = (path: string) => server.requests.filter((one) => one.path === path).map((one) => one.headers.cookie)

/** Answers with the document if the request has this cookie, and otherwise redirects to itself with it. */
const behindCookie = (path: string, cookie: string, attributes = '') =>
  server.set(path, {
    handle: (request, response) => {
      if (request.headers.cookie?.includes(cookie)) response.end('<rss/>')
      else redirect(path, [cookie + attributes])(request, response)
    },
  })

describe('cookies', () => {
  it('are kept along the redirects of one request, and forgotten after it', async () => {
    const url = behindCookie('/wants-cookie', 'seen=1', '; Path=/; HttpOnly')
    for (let round = 0; round < 2; round++) expect(await fetcher.get(url)).toMatchObject({ kind: 'fetched', url })
    expect(cookiesAt('/wants-cookie')).toEqual([undefined, 'seen=1', undefined, 'seen=1'])
  })

  it('go with the redirects that follow, all of them, the newest value of each', async () => {
    server.set('/first', { handle: redirect('/second', ['a=1; Path=/', 'b=1; Path=/']) })
    server.set('/second', { handle: redirect('/third', ['b=2; Path=/']) })
    server.set('/third', { body: '<rss/>' })
    expect(await fetcher.get(`${server.url}/first`)).toMatchObject({ kind: 'fetched' })
    expect(cookiesAt('/third')[0]?.split('; ').sort()).toEqual(['a=1', 'b=2'])
  })

  it.each([
    ['another path', 'seen=1; Path=/private', '/other/feed'],
    ['another protocol', 'seen=1; Path=/; Secure', '/secure/feed'],
    ['another time', 'seen=1; Path=/; Max-Age=0', '/expired/feed'],
    ['a whole top-level domain', 'seen=1; Path=/; Domain=example', '/domain/feed'],
  ])('that are for %s are not sent', async (_, cookie, path) => {
    server.set('/set', { handle: redirect(path, [cookie]) })
    server.set(path, { body: '<rss/>' })
    expect(await fetcher.get(`${named('feeds.example')}/set`)).toMatchObject({ kind: 'fetched' })
    expect(cookiesAt(path)).toEqual([undefined])
  })

  it('of one host do not go to another one, unless they are for both', async () => {
    const target = `${named('feeds.publisher.example')}/shared`
    server.set('/own', { handle: redirect(target, ['own=1', 'both=1; Domain=publisher.example']) })
    server.set('/shared', { body: '<rss/>' })
    await fetcher.get(`${named('www.publisher.example')}/own`)
    expect(cookiesAt('/shared')).toEqual(['both=1'])
  })
})

describe('a chain of redirects', () => {
  it('that comes back to an address with the same cookies is named a circle at once', async () => {
    const url = server.set('/here', { handle: redirect('/there', ['a=1; Path=/']) })
    server.set('/there', { handle: redirect('/here', ['a=1; Path=/']) })
    expect(await fetcher.get(url)).toEqual({
      kind: 'failed',
      reason: `the server redirects in a circle, back to ${server.url}/there`,
    })
    expect(server.count('/here')).toBe(2)
  })

  it('is given up after ten redirects', async () => {
    for (let n = 0; n < 20; n++) server.set(`/hop-${n}`, { handle: redirect(`/hop-${n + 1}`) })
    server.set('/hop-10', { body: '<rss/>' })
    expect(await fetcher.get(`${server.url}/hop-0`)).toMatchObject({ kind: 'fetched' })
    server.set('/hop-10', { handle: redirect('/hop-11') })
    expect(await fetcher.get(`${server.url}/hop-0`)).toEqual({
      kind: 'failed',
      reason: `more than 10 redirects, the last one to ${server.url}/hop-11`,
    })
    expect(server.count('/hop-11')).toBe(0)
  })

  it('leads to addresses that are written in UTF-8', async () => {
    const path = encodeURI('/новини.xml')
    server.set(path, { body: '<rss/>' })
    server.set('/old', { handle: redirect(Buffer.from('/новини.xml').toString('latin1')) })
    expect(await fetcher.get(`${server.url}/old`)).toMatchObject({ kind: 'fetched', url: server.url + path })
  })

  it('may lead nowhere', async () => {
    expect(await fetcher.get(server.set('/bad', { handle: redirect('http://[') }))).toEqual({
      kind: 'refused',
      reason: 'the server redirects to something that is not a URL',
    })
    expect(await fetcher.get(server.set('/silent', { status: 302 }))).toMatchObject({
      reason: 'the server answers 302 (it does not say where the document is)',
    })
  })
})
