import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig, settingNames } from '../../src/config.ts'
import { refusalOf } from '../support/refusal-of.ts'

const pemOf = ({ privateKey }: { privateKey: KeyObject }) =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const pem = pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }))
const shortKey = pemOf(generateKeyPairSync('rsa', { modulusLength: 512 }))
const otherKey = pemOf(generateKeyPairSync('ed25519'))

/** Wrong values of each setting: `refused` with a sentence that names it, or `harmless` for the reason that stands there. */
type Wrong = { refused: string[]; harmless?: Record<string, string> }

const numbers = ['', 'ten', '-1', '1e3', '0x10', '1.5', '99999999999', 'NaN', '1 2']
const tooBig = (...values: string[]) => ({ refused: [...numbers.slice(1), ...values] })
const urls = ['relay.example', 'ftp://host/x', '://', 'https//host']
const line = ['a\u0000b', 'a\nBcc: x@example.org', 'a\r\nb', 'a\u2028b']
const addresses = ['nobody', '@example.org', 'a@b@example.org', 'a b@example.org', 'Desk\u0007 <desk@example.org>']

const databases = [
  ...urls,
  'mysql://host/sitrep',
  'postgres://host',
  'postgres://host/',
  'postgres://host/a/b',
  'postgres://host/sitrep?sslmode=required',
  'postgres://host/sitrep?ssl=true',
  'postgres://host/sitrep?options=-c%20TimeZone%3DUTC',
  'postgres://host/sitrep?sslmode=require&sslmode=disable',
  'postgres://user:pass#word@host/sitrep',
  'postgres://user:50%@host/sitrep',
  'postgres://host:0/sitrep',
  'postgres://host/sitrep?sslmode=verify-full&sslrootcert=/no/such/file',
  'postgres://host/a%00b',
  'postgres://a:5432,b:0/sitrep',
  'postgres://a,b,/sitrep',
  'postgres://a,b/sitrep?target_session_attrs=any',
  'postgres://host/sitrep?sslmode=verify-ca',
]

const wrong: Record<string, Wrong> = {
  NODE_ENV: { refused: ['prod', 'Prod', 'live', 'production1', '1'] },
  DATABASE_URL: { refused: databases },
  DATABASE_DIRECT_URL: { refused: databases },
  REDIS_URL: {
    refused: [
      ...urls,
      'redis://host/one',
      'redis://host?tls=true',
      'redis://host/0?family=5',
      'redis://host#1',
      'redis://:50%@host',
      'redis://secret@host',
      'redis://one,,two',
      'redis+sentinel://one,two',
      'redis+cluster://one,two/0',
      'redis://host?cacert=/no/such/file',
    ],
  },
  SMTP_URL: {
    refused: [
      ...urls,
      'smtp://relay.example?tls=require',
      'smtp://relay.example?tls=maybe',
      'smtp://relay.example?tls',
      'smtp://relay.example?TLS=required',
      'smtp://relay.example?bogus=1',
      'smtp://relay.example?weight=-1',
      'smtp://relay.example?weight=0',
      'smtp://relay.example?rate=fast',
      'smtp://relay.example?rate=0',
      'smtp://relay.example?rate=5&rate=6',
      'smtp://relay.example/inbox',
      'smtp://user@relay.example',
      'smtp://user:50%@relay.example',
      'smtp://relay.example:0',
      'smtp://relay.example:70000',
      'smtp://one.example,smtp://two.example?tls=require',
      'smtp://one.example,two.example',
      ',',
    ],
  },
  SMTP_CONNECTIONS: tooBig('0', '501'),
  SMTP_MESSAGES: tooBig('0', '100001'),
  BOUNCE_DOMAIN: { refused: ['a b', 'https://example.org', 'example..org', '-', 'a@example.org'] },
  BOUNCE_PORT: tooBig('65536'),
  FEEDBACK_ADDRESSES: { refused: [...addresses.slice(0, 4), ','] },
  SES_TOPIC_ARN: { refused: ['bounces', 'arn:aws:sqs:eu-west-1:123456789012:x', 'arn:aws:sns:eu-west-1:1:x', ','] },
  POSTMARK_WEBHOOK_AUTH: { refused: ['me:short', 'nobody', ':0123456789abcdef', 'me:with blank 0123456789'] },
  MAILGUN_SIGNING_KEY: { refused: ['short', 'with a blank in 0123456789', 'x'.repeat(201)] },
  SEND_RATE: { refused: ['fast', '0', '-1', '1e3', '100001', '1,5', 'Infinity'] },
  SEND_WARMUP: { refused: ['soon', '2026-13-01', '2026-02-30', '01.12.2026'] },
  SEND_ALLOWLIST: { refused: ['a b', '@', 'a@b@example.org', 'exa mple.org', '*.example.org', ','] },
  DKIM_DOMAIN: { refused: ['a b', 'example..org', 'https://example.org'] },
  DKIM_SELECTOR: { refused: ['a b', 'x'.repeat(64), 'sél'] },
  DKIM_PRIVATE_KEY: { refused: ['x', '-----BEGIN PRIVATE KEY-----', pem.slice(0, 200), shortKey, otherKey] },
  PUBLIC_URL: {
    refused: [
      ...urls,
      'https://x.example/path?q',
      'https://x.example?',
      'https://x.example/#top',
      'https://u:p@x.example',
      'ws://x.example',
    ],
  },
  SECRET_KEY: { refused: [',', ' , '], harmless: { short: 'Nobody else reaches the pages of this machine.' } },
  AUDIT_KEY: { refused: [','], harmless: { short: 'Nobody else reaches the pages of this machine.' } },
  HOST: { refused: ['a b', 'http://localhost', 'local/host', 'host,other'] },
  PORT: tooBig('65536'),
  MAIL_FROM: { refused: addresses },
  MAIL_FROM_CONFIRM: { refused: addresses },
  REPLY_TO: { refused: addresses },
  POSTAL_ADDRESS: { refused: [...line, 'x'.repeat(301)] },
  CONTACT: { refused: [...line, 'x'.repeat(201)] },
  OPERATOR_NAME: { refused: [...line, 'x'.repeat(201)] },
  PRIVACY_URL: { refused: [...urls, 'http://example.org/privacy', 'https://u:p@example.org'] },
  ADMIN_EMAIL: { refused: [...addresses, 'Chief <chief@example.org>'] },
  TRUST_PROXY: { refused: ['2', 'on', 'TRUE!', '10.0.0.1'] },
  ALERT_SMTP_URL: {
    refused: ['relay.example', 'http://relay.example', 'smtp://relay.example?tls=require', 'smtp://user@relay.example'],
  },
  ALERT_WEBHOOK: {
    refused: ['hooks.example', 'ftp://hooks.example/x', 'https://u:p@hooks.example/x', 'https://hooks.example/x#top'],
  },
  METRICS_TOKEN: { refused: ['short', 'with a blank in 0123456789', 'ключ0123456789abcdef'] },
  FETCH_ALLOW: {
    refused: [
      '10.0.0.0/99',
      '10.0.0.0/',
      '300.1.1.1',
      '::1/129',
      'host/8',
      'host:99999',
      'a b',
      'http://host',
      '*',
      ',',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.5, 0.0.0.0/1',
      '2000::/3',
    ],
    harmless: { '10.0.0.0/8,fc00::/7,192.168.1.7': 'These are private.' },
  },
  DATA_DIR: { refused: line, harmless: { 'no/such/folder': 'It is made.' } },
  KEEP_DELIVERIES: tooBig('59', '36501'),
  KEEP_MAILBOX: tooBig('0', '36501'),
  SHUTDOWN_SECONDS: tooBig('1', '3601'),
  LOG_LEVEL: { refused: ['loud', 'warning', '30'] },
  SAMPLES: { refused: ['2', 'maybe', 'nein'] },
}

const needed: Record<string, Record<string, string>> = {
  DKIM_DOMAIN: { DKIM_PRIVATE_KEY: pem },
  DKIM_SELECTOR: { DKIM_PRIVATE_KEY: pem },
}

describe('the settings', () => {
  test('are all in the table of wrong values', () => {
    expect(Object.keys(wrong).sort()).toEqual([...settingNames].sort())
  })

  const refused = Object.entries(wrong).flatMap(([name, { refused: values }]) =>
    values.filter(Boolean).map((value) => [name, value] as const),
  )
  test.each(refused)('refuse %s=%j in one sentence that names the setting', (name, value) => {
    const refusal = refusalOf({ ...needed[name], [name]: value })
    expect(refusal).toMatch(new RegExp(`^${name} [^\\n]{10,300}\\.$`))
  })

  const harmless = Object.entries(wrong).flatMap(([name, { harmless: values = {} }]) =>
    Object.entries(values).map(([value, why]) => [name, value, why] as const),
  )
  test.each(harmless)('take %s=%j: %s', (name, value) => {
    expect(refusalOf({ [name]: value })).toBe('')
  })

  test.each(settingNames)('never show what was in %s', (name) => {
    const secret = 'hunter2-hunter2'
    const values = [
      secret,
      `smtp://user:${secret}@host?tls=maybe`,
      `redis://:${secret}@host/one`,
      `redis+sentinel://one,two?sentinel_password=${secret}`,
      `${secret}\n${secret}`,
    ]
    for (const NODE_ENV of ['production', 'test']) {
      for (const value of values) expect(refusalOf({ NODE_ENV, [name]: value })).not.toContain(secret)
    }
    expect(refusalOf({ [`${name}_FILE`]: secret })).toBe(
      `${name}_FILE names a file that does not exist. Check the path.`,
    )
  })

  test.each(['Production', 'PRODUCTION'])('know NODE_ENV=%s as production, which needs them all', (NODE_ENV) => {
    expect(refusalOf({ NODE_ENV })).toContain('SECRET_KEY is not set, and production needs it')
  })

  test.each(['SECRET_KEY', 'AUDIT_KEY'])('refuse a weak %s in production', (name) => {
    expect(refusalOf({ NODE_ENV: 'production', [name]: 'changeme' })).toContain(`${name} is weak`)
  })

  test('refuse a value that is given twice, and half a signature', () => {
    expect(refusalOf({ SECRET_KEY: 'a', SECRET_KEY_FILE: '/run/secrets/key' })).toContain('both set')
    for (const half of [{ DKIM_SELECTOR: 'spring' }, { DKIM_DOMAIN: 'example.org' }])
      expect(refusalOf(half)).toContain('DKIM_PRIVATE_KEY is not')
  })

  test('take the selector that .env.example has had, without a key', () => {
    expect(refusalOf({ DKIM_SELECTOR: 'sitrep' })).toBe('')
  })

  test.each([
    ['SEND_ALLOWLIST', 'example.org'],
    ['PORT', '0'],
    ['BOUNCE_PORT', '00'],
    ['PUBLIC_URL', 'http://sitrep.example'],
  ])('refuse %s=%s in production', (name, value) => {
    expect(refusalOf({ NODE_ENV: 'production', [name]: value })).toMatch(new RegExp(`^${name} .*\\.$`, 'm'))
  })
})

describe('a file with the value of a setting', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sitrep-secret-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  test('is read without the white space around the value', () => {
    expect(readConfig({ SECRET_KEY_FILE: write('key', ' one,two\n') }).secretKeys).toEqual(['one', 'two'])
  })

  test('is refused when it is empty, too large, a folder, or without end', () => {
    const of = (path: string) => refusalOf({ SECRET_KEY_FILE: path })
    expect(of(write('empty', ' \n'))).toMatch(/^SECRET_KEY_FILE names an empty file\./)
    expect(of(write('large', 'x'.repeat(64 * 1024 + 1)))).toMatch(/^SECRET_KEY_FILE names a file of more than 64 kB\./)
    expect(of(folder)).toMatch(/^SECRET_KEY_FILE names a folder\./)
    expect(of('/dev/zero')).toMatch(/^SECRET_KEY_FILE names a file of more than 64 kB\./)
  })
})
