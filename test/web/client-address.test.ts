import { describe, expect, test } from 'vitest'
import { clientAddress, isLocal } from '../../src/web/client-address.ts'
import { routes } from '../../src/web/context.ts'

const config = { publicUrl: 'http://localhost:3000', trustProxy: false }

type Sent = { headers?: Record<string, string>; from?: string; url?: string }

async function ask<T>(find: (...args: Parameters<typeof isLocal>) => T, sent: Sent, given = config): Promise<T> {
  const { headers = {}, from = '127.0.0.1', url = 'http://localhost:3000/' } = sent
  const web = routes()
  let found: T | undefined
  web.get('/', (c) => {
    found = find(c, given)
    return c.body(null)
  })
  await web.request(url, { headers }, { incoming: { socket: { remoteAddress: from } } } as never)
  return found as T
}

describe('the address of a client', () => {
  const behindProxy = (header: string) =>
    ask((c) => clientAddress(c, true), { headers: { 'x-forwarded-for': header }, from: '172.18.0.1' })

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:4711', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['x, ,203.0.113.9 ', '203.0.113.9'],
  ])('is that of the last entry: %s', async (header, address) => {
    expect(await behindProxy(header)).toBe(address)
  })

  test.each([
    '',
    ',',
    '203.0.113.9,',
    'unknown',
    '_hidden',
    '1',
    '0x7f.1',
    '203.0.113.999',
    '203.0.113.9:port',
    '203.0.113.9:123456',
    '203.0.113.9 198.51.100.1',
    '[203.0.113.9]x',
    '2001:db8::1%eth0',
    'a'.repeat(500),
  ])('is that of the proxy where the last entry is none: "%s"', async (header) => {
    expect(await behindProxy(header)).toBe('172.18.0.1')
  })
})

describe('a request', () => {
  test('from this machine to this machine is local', async () => {
    expect(await ask(isLocal, {})).toBe(true)
    expect(await ask(isLocal, { from: '::1', url: 'http://[::1]:3000/' })).toBe(true)
  })

  test.each(
    `Forwarded Via X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port X-Forwarded-Server X-Forwarded
    X-Real-IP X-Client-IP True-Client-IP CF-Connecting-IP X-Envoy-External-Address Fly-Client-IP X-Cluster-Client-IP X-Scheme
    X-Original-Forwarded-For Fastly-Client-IP X-Azure-ClientIP X-Amzn-Trace-Id WL-Proxy-Client-IP X-Remote-Addr X-Original-Host
    X-AppEngine-User-IP`.split(/\s+/),
  )('with %s came through a proxy', async (name) => {
    expect(await ask(isLocal, { headers: { [name]: 'anything' } })).toBe(false)
  })

  test('with the headers of a browser or of a monitoring program is local', async () => {
    const names = `Accept Accept-Language Authorization Cookie DNT Host If-None-Match Origin Priority Referer Sec-CH-UA
      Sec-Fetch-Site Sec-Fetch-User Upgrade-Insecure-Requests User-Agent X-Prometheus-Scrape-Timeout-Seconds X-Requested-With
      Traceparent`.split(/\s+/)
    const headers = Object.fromEntries(names.map((name) => [name, name === 'Host' ? 'localhost:3000' : 'anything']))
    expect(await ask(isLocal, { headers })).toBe(true)
  })

  test('is not local where the site has a public name or a proxy, since a proxy may add no header', async () => {
    expect(await ask(isLocal, {}, { ...config, publicUrl: 'https://sitrep.example.org' })).toBe(false)
    expect(await ask(isLocal, {}, { ...config, trustProxy: true })).toBe(false)
  })

  test('from elsewhere, or to another name, is not local', async () => {
    expect(await ask(isLocal, { from: '172.18.0.1' })).toBe(false)
    expect(await ask(isLocal, { url: 'http://rebound.example/' })).toBe(false)
    expect(await ask(isLocal, { url: 'http://localhost.example/' })).toBe(false)
  })
})
