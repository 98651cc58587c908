import { expect, test } from 'vitest'
import { createLog, errorForLog } from '../../src/platform/log.ts'
import { withoutAddresses } from '../../src/platform/text/without-addresses.ts'

test('an error in the log has no address, wherever it stands in it', () => {
  const error = Object.assign(new Error('550 <olena@example.org>: no such user'), {
    detail: 'Key (email)=(olena@example.org) already exists.',
    parameters: ['olena@example.org', 7],
    cause: new Error('olena@example.org'),
  })
  const text = JSON.stringify(errorForLog(error))
  expect(text).not.toContain('olena')
  expect(text).toContain('already exists')
  expect(text).toContain('no such user')
})

test.each([
  ['550 5.1.1 <olena@example.org>: no such user', '550 5.1.1 <[address]>: no such user'],
  ['Key (email)=(olena@example.org) exists', 'Key (email)=([address]) exists'],
  ['see https://example.org/?to=olena%40example.org', 'see https://example.org/?to=[address]'],
  [
    '550 "olena b"@example.org olena: unknown; Olena=example.org',
    '550 [address] [address]: unknown; [address]=example.org',
  ],
  ['550 molenar olenas', '550 molenar olenas'],
])('%s names nobody', (text, plain) => {
  expect(withoutAddresses(text, 'olena@example.org')).toBe(plain)
})

test.each([
  ['percent-encoded', 'rejected %3Colena%2Bnews%40example.org%3E, olena%2Bnews unknown'],
  ['percent-encoded twice', 'to=olena%252Bnews%2540example.org'],
  ['in a return path', '550 bounces+olena=example.org@lists.example'],
  ['in a return path, percent-encoded', 'b-olena=example.org%40lists.example'],
  ['in a forwarder’s path', 'SRS0=Ab1=XY=example.org=olena+news@fwd.example'],
  ['in upper case', '550 5.1.1 <OLENA+NEWS@EXAMPLE.ORG>: OLENA unknown'],
  ['in quoted-printable', 'olena=2Bnews=40example.org'],
  ['as an entity', 'olena&#64;example.org or olena&#x40;example.org or olena&commat;example.org'],
  ['in JSON', String.raw`{"to":"olena\u0040example.org"}`],
  ['with another sign', 'olena＠example.org, olena (at) example.org, olena[at]example.org'],
  ['with a quoted local part', String.raw`"olena \"o\" news"@example.org`],
  ['with an address of the network', 'olena@[192.0.2.1]'],
  ['as the UUCP path of old mail servers', 'example.org!olena'],
  ['without its plus part', 'User olena has no mailbox'],
  ['between percent-encoded brackets', 'user %3Colena%3E unknown'],
])('an address %s names nobody', (_spelling, text) => {
  expect(withoutAddresses(text, 'olena+news@example.org')).not.toMatch(/olena/i)
})

test('an address whose reader is not known names nobody in a return path either', () => {
  expect(withoutAddresses('bounces+jo.doe=example.org@lists.example')).toBe('[address]')
})

test('a short local part goes where its domain follows', () => {
  expect(withoutAddresses('no such user: no=example.org', 'no@example.org')).toBe('no such user: [address]=example.org')
})

test('a log line has no address in its fields and in its message, and keeps the rest', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => lines.push(line) })
  const at = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const error = Object.assign(new Error('550 <olena@example.org>'), { detail: 'Key (email)=(olena@example.org)' })
  log.warn(
    { returnPath: ['olena@example.org'], nested: { reply: '550 <OLENA@example.org>' }, at, n: 7 },
    'olena@example.org left',
  )
  log.error({ error, feed: 'https://medium.example/feed/@desk' }, 'failed')
  log.error({ err: error }, 'failed')
  expect(lines.join('')).not.toMatch(/olena/i)
  expect(JSON.parse(lines[0]!)).toMatchObject({ at: at.toString(), n: 7, msg: '[address] left' })
  expect(JSON.parse(lines[1]!)).toMatchObject({ feed: 'https://medium.example/feed/@desk', error: { type: 'Error' } })
})

test('a text of a megabyte is read in no more than the time of its length', () => {
  for (const text of ['a'.repeat(1_000_000), 'a=b.'.repeat(250_000), `${'a.'.repeat(500_000)}@`])
    expect(withoutAddresses(text).length).toBeGreaterThan(0)
})

test('a local part of two letters is a word, and stays', () => {
  expect(withoutAddresses('no such mailbox', 'no@example.org')).toBe('no such mailbox')
})
