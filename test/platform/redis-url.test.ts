import { describe, expect, test } from 'vitest'
import { maskedRedisUrl, redisAddressOf, redisUrl } from '../../src/platform/redis/redis-url.ts'

const plain = { kind: 'servers', masterName: '', db: 0, login: {}, sentinelLogin: {}, family: 0 }
/** A file that exists. */
const file = import.meta.filename

describe('REDIS_URL', () => {
  test.each([
    ['redis://queue.example', { ...plain, hosts: [{ host: 'queue.example', port: 6379 }] }],
    [
      'redis://user:p%40ss+word@queue.example:6380/2?family=6',
      {
        ...plain,
        hosts: [{ host: 'queue.example', port: 6380 }],
        db: 2,
        login: { username: 'user', password: 'p@ss+word' },
        family: 6,
      },
    ],
    ['rediss://:secret@a', { ...plain, hosts: [{ host: 'a', port: 6379 }], login: { password: 'secret' }, tls: {} }],
    [
      'redis://a,[::1]:6380/1',
      {
        ...plain,
        hosts: [
          { host: 'a', port: 6379 },
          { host: '::1', port: 6380 },
        ],
        db: 1,
      },
    ],
    [
      'redis+sentinel://u:p@a,b:26380/my-master.1/3?sentinel_user=s&sentinel_password=a%26b+c',
      {
        ...plain,
        kind: 'sentinel',
        hosts: [
          { host: 'a', port: 26379 },
          { host: 'b', port: 26380 },
        ],
        masterName: 'my-master.1',
        db: 3,
        login: { username: 'u', password: 'p' },
        sentinelLogin: { username: 's', password: 'a&b+c' },
      },
    ],
    [
      `REDISS+CLUSTER://a:7001,b:7002/?cacert=${file}`,
      {
        ...plain,
        kind: 'cluster',
        hosts: [
          { host: 'a', port: 7001 },
          { host: 'b', port: 7002 },
        ],
        tls: { ca: file },
      },
    ],
  ])('%s is read', (text, address) => {
    expect(redisAddressOf(text)).toEqual(address)
  })

  test.each([
    ['redis+raft://a', 'redis+sentinel://'],
    ['redis+sentinel://a,b', 'the name of the master'],
    ['redis+sentinel://a,b/my master', 'the name of the master'],
    ['redis+cluster://a,b/0', 'no numbered databases'],
    ['redis://a,,b', 'separated by commas'],
    ['redis://a:x,b', 'separated by commas'],
    ['redis://a,b:0', 'a port from 1 to 65535'],
    ['redis://secret@a', 'a password after the user'],
    ['redis://a?sentinel_password=x', 'no parameter "sentinel_password"'],
    ['redis+sentinel://a/m?sentinel_user=x', '?sentinel_password with ?sentinel_user'],
    ['redis+sentinel://a/m?sentinel_password=', 'a value for ?sentinel_password'],
    [`redis://a?cacert=${file}`, 'must start with rediss'],
    ['rediss://a?cacert=/no/such/file', 'the path of a file for ?cacert'],
    [`rediss://a?cert=${file}`, 'both ?cert and ?key'],
    ['redis://:pass#word@a', 'write %23'],
  ])('%s is refused: %s', (text, words) => {
    const { error } = redisUrl.safeParse(text)
    expect(error?.issues).toHaveLength(1)
    expect(error?.issues[0]?.message).toMatch(/^must /)
    expect(error?.issues[0]?.message).toContain(words)
  })

  test.each([
    ['redis://:hunter2@a,b:6380/1', 'redis://:***@a,b:6380/1'],
    ['redis://user:hun@ter2@a', 'redis://user:***@a'],
    [
      'redis+sentinel://user:hunter2@a/m?sentinel_user=u&sentinel_password=hunter2&family=4',
      'redis+sentinel://user:***@a/m?sentinel_user=u&sentinel_password=***&family=4',
    ],
    ['redis+cluster://a,b', 'redis+cluster://a,b'],
  ])('%s is shown without its passwords', (text, masked) => {
    expect(maskedRedisUrl(text)).toBe(masked)
  })
})
