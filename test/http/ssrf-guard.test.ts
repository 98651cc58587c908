import { describe, expect, it } from 'vitest'
import { createHostResolver } from '../../src/http/resolve-host.ts'
import { createSsrfGuard, RefusedError } from '../../src/http/ssrf-guard.ts'

/** Ways to write private addresses. The URL parser normalises them before the guard sees them. */
const spellings = `
  127.0.0.1 127.1 127.0.1 0x7f.1 0x7f000001 2130706433 017700000001 0177.0.0.1 127.0.0.1. 0 0.0.0.0
  10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 198.18.0.1 192.0.2.1
  203.0.113.5 224.0.0.1 240.0.0.1 255.255.255.255 １２７.０.０.１ 127。0。0。1 [::1] [::] [::ffff:127.0.0.1]
  [::ffff:7f00:1] [::127.0.0.1] [0:0:0:0:0:0:0:1] [fc00::1] [fd12:3456::1] [fe80::1] [fec0::1]
  [ff02::1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [100::1] [2002:7f00:1::] [2001::1] [2001:db8::1]
  [3fff::1] [5f00::1] [::ffff:0:127.0.0.1] 168.63.129.16 [::ffff:168.63.129.16] 100.100.100.200 [fd00:ec2::254]
`
  .trim()
  .split(/\s+/)

const addressOf = (spelling: string) => new URL(`http://${spelling}/`).hostname.replace(/^\[|\]$/g, '')

describe('the SSRF guard', () => {
  it.each(spellings)('refuses the private address %s', (spelling) => {
    const address = addressOf(spelling)
    expect(() => createSsrfGuard().checkAddresses(address, 80, [address])).toThrow(RefusedError)
  })

  it.each(['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '1.1.1.1'])(
    'allows the public address %s',
    (address) => {
      expect(() => createSsrfGuard().checkAddresses(address, 443, [address])).not.toThrow()
    },
  )

  it('refuses a name when any one of its addresses is private', () => {
    expect(() => createSsrfGuard().checkAddresses('feeds.example', 80, ['1.1.1.1', '10.0.0.1'])).toThrow(
      'feeds.example is at 10.0.0.1',
    )
  })

  it('refuses ports that no web server uses', () => {
    for (const port of [22, 25, 6379, 5432]) {
      expect(() => createSsrfGuard().checkAddresses('feeds.example', port, ['1.1.1.1'])).toThrow('not a web port')
    }
  })

  it('refuses other schemes, user names and passwords', () => {
    for (const url of ['file:///etc/passwd', 'ftp://a.example/', 'http://user@a.example/', 'http://u:p@a.example/']) {
      expect(() => createSsrfGuard().checkUrl(new URL(url))).toThrow(RefusedError)
    }
  })

  it('allows only what the administrator allowed', () => {
    const guard = createSsrfGuard({ allow: ['intra.example', '127.0.0.1:9000', '10.1.0.0/16', '::1'] })
    const check = (host: string, port: number, address: string) => () => guard.checkAddresses(host, port, [address])
    expect(check('intra.example', 3000, '192.168.0.9')).not.toThrow()
    expect(check('127.0.0.1', 9000, '127.0.0.1')).not.toThrow()
    expect(check('[::1]', 80, '::1')).not.toThrow()
    expect(check('10.1.2.3', 8000, '10.1.2.3')).not.toThrow()
    expect(check('127.0.0.1', 9001, '127.0.0.1')).toThrow(RefusedError)
    expect(check('any.example', 80, '10.2.0.1')).toThrow(RefusedError)
    expect(check('sub.intra.example', 80, '192.168.0.9')).toThrow(RefusedError)
  })

  it('allows a range for hosts that are written as addresses, and for no name that points into it', () => {
    const guard = createSsrfGuard({ allow: ['10.1.0.0/16', 'fd00::/8', 'intra.example'] })
    const check = (host: string, address: string) => () => guard.checkAddresses(host, 80, [address])
    expect(check('[fd00::1]', 'fd00::1')).not.toThrow()
    expect(check('intra.example', '10.1.2.3')).not.toThrow()
    expect(check('feeds.example', '10.1.2.3')).toThrow(
      'feeds.example is at 10.1.2.3, which is not a public address; to allow it, add feeds.example to FETCH_ALLOW',
    )
    expect(check('feeds.example', 'fd00::1')).toThrow(RefusedError)
    expect(check('10.1.2.3', '10.2.0.1')).toThrow(RefusedError)
  })

  it('refuses a socket that is connected to another address than the name has', async () => {
    const resolveHost = createHostResolver({ guard: createSsrfGuard(), resolve: async () => ['1.1.1.1'] })
    const { checkPeer } = await resolveHost('feeds.example', 80)
    expect(() => checkPeer('1.1.1.1')).not.toThrow()
    expect(() => checkPeer('::ffff:127.0.0.1')).toThrow(RefusedError)
    expect(() => checkPeer(undefined)).toThrow(RefusedError)
  })

  it('resolves a name once, so that a second answer cannot change it', async () => {
    let lookups = 0
    const resolveHost = createHostResolver({
      guard: createSsrfGuard(),
      resolve: async () => [lookups++ ? '127.0.0.1' : '1.1.1.1'],
    })
    const { lookup } = await resolveHost('feeds.example', 80)
    const found = await new Promise((resolve) => lookup('feeds.example', {}, (_error, address) => resolve(address)))
    expect([found, lookups]).toEqual(['1.1.1.1', 1])
  })
})
