import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFetcher } from '../../src/http/fetch.ts'

/** Every spelling of places that are not public, as a URL may write them. */
const spellings = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '0x7f.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '127.0.0.1.',
  ],
  ...[
    '0x7F.0X0.0.0x1',
    '0177.0x0.0.1',
    '127.255.255.254',
    '１２７.０.０.１',
    '127。0。0。1',
    '①②⑦.⓪.⓪.①',
    '127%2e0.0.1',
  ],
  ...['0', '0.0.0.0', '0x0', '10.0.0.1', '10.255.255.255', '167772161', '0xa000001', '012.0.0.1', '172.16.0.1'],
  ...['172.31.255.255', '192.168.1.1', '3232235777', '0xc0a80101', '169.254.169.254', '2852039166', '0xA9FEA9FE'],
  ...['0251.0376.0251.0376', '100.64.0.1', '100.127.255.255', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1'],
  ...['203.0.113.5', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '[::]', '[::1]', '[0:0::1]'],
  ...[
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::FFFF:10.0.0.1]',
    '[::ffff:a9fe:a9fe]',
    '[::127.0.0.1]',
    '[::7f00:1]',
  ],
  ...[
    '[0000:0000:0000:0000:0000:0000:0000:0001]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
  ],
  ...['[ff02::1]', '[64:ff9b::7f00:1]', '[64:ff9b::a00:1]', '[64:ff9b:1::7f00:1]', '[100::1]', '[2002:7f00:1::]'],
  ...['[2002:a00:1::]', '[2001::1]', '[2001:db8::1]', '[2001:10::1]', '[3fff::1]', '[5f00::1]', '[::ffff:0:127.0.0.1]'],
]
/** What else a URL can be made of. */
const shapes = [
  ...[
    'http://user@1.1.1.1/',
    'http://user:pass@1.1.1.1/',
    'http://1.1.1.1@127.0.0.1/',
    'http://1.1.1.1:25/',
    'http://1.1.1.1:6379/',
  ],
  ...[
    'https://1.1.1.1:22/',
    'file:///etc/passwd',
    'ftp://1.1.1.1/',
    'gopher://1.1.1.1/',
    'data:text/xml,<rss/>',
    'javascript:1',
  ],
  ...[
    'http:\\\\127.0.0.1\\',
    'http://127.0.0.1#@1.1.1.1/',
    'http://127.0.0.1%23@1.1.1.1/',
    'http://\t127.0.0.1/',
    '//127.0.0.1/',
  ],
]
/** What a hostile resolver may answer. */
const answers: [string, string[][]][] = [
  ['a private address', [['10.0.0.1']]],
  ['a public and a private address', [['1.1.1.1', '127.0.0.1']]],
  ['a private address in IPv6 clothes', [['::ffff:192.168.0.1']]],
  ['the metadata service', [['169.254.169.254']]],
  ['its own machine in IPv6', [['::1']]],
  ['NAT64 of a private address', [['64:ff9b::a00:1']]],
  ['6to4 of loopback', [['2002:7f00:1::']]],
  ['nothing', [[]]],
  ['no address at all', [['localhost']]],
  ['an address with a zone', [['fe80::1%eth0']]],
]

const tried: string[] = []
const redirector = createServer((request, response) => {
  const location = Buffer.from(decodeURIComponent(request.url!.slice(2))).toString('latin1')
  response.writeHead(request.url!.startsWith('/p') ? 308 : 302, { location }).end()
})
let port: number

beforeAll(async () => {
  redirector.listen(0, '127.0.0.1')
  await once(redirector, 'listening')
  port = (redirector.address() as AddressInfo).port
})
afterAll(() => redirector.close())

/** Every attempt to connect is noted, and none but to the redirector leaves this process. */
beforeEach(() => {
  tried.length = 0
  const connect = Socket.prototype.connect
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given: unknown[]) {
    const [options] = [given[0]].flat() as [{ host?: string; port?: number | string }]
    if (options.host === '127.0.0.1' && Number(options.port) === port) return connect.apply(this, given as never)
    tried.push(`${options.host}:${options.port}`)
    queueMicrotask(() => this.destroy(Object.assign(new Error('not in a test'), { code: 'ECONNREFUSED' })))
    return this
  })
})
afterEach(() => void vi.restoreAllMocks())

const open = (resolve?: (host: string) => Promise<string[]>) =>
  createFetcher({
    site: 'https://sitrep.example',
    contact: 'desk@sitrep.example',
    gapMs: 10,
    allow: [`127.0.0.1:${port}`],
    ...(resolve && { resolve }),
  })

const targets = [...spellings.map((spelling) => `http://${spelling}/`), ...shapes]

describe('no connection is made to a place that is not public', () => {
  it.each(targets)('asked for %s', async (target) => {
    const fetcher = open()
    expect((await fetcher.get(target)).kind).toBe('refused')
    expect(tried).toEqual([])
    await fetcher.close()
  })

  it.each(targets.filter((target) => target !== '//127.0.0.1/'))('sent to %s by a redirect', async (target) => {
    const fetcher = open()
    const outcome = await fetcher.get(
      `http://127.0.0.1:${port}/${target.length % 2 ? 'p' : 't'}${encodeURIComponent(target)}`,
    )
    expect(outcome.kind).toBe('refused')
    expect(tried).toEqual([])
    await fetcher.close()
  })

  it.each(answers)('when a name resolves to %s', async (_, [addresses]) => {
    const fetcher = open(async () => addresses!)
    expect((await fetcher.get('http://feeds.example/')).kind).toBe('refused')
    expect(tried).toEqual([])
    await fetcher.close()
  })

  it.each(['127.0.0.1', '10.0.0.1', '::1', '::ffff:10.0.0.1'])(
    'when a name turns to %s after it was checked',
    async (to) => {
      let asked = 0
      const fetcher = open(async () => [asked++ ? to : '1.1.1.1'])
      await fetcher.get('http://feeds.example/')
      expect(tried).toEqual(['feeds.example:80'])
      expect(asked).toBe(1)
      expect((await fetcher.get('http://feeds.example/')).kind).toBe('refused')
      expect(tried).toHaveLength(1)
      await fetcher.close()
    },
  )
})
