import { expect, test } from 'vitest'
import { withoutAddresses } from '../../src/platform/address.ts'
import { errorForLog } from '../../src/platform/log.ts'

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

test('a local part of two letters is a word, and stays', () => {
  expect(withoutAddresses('no such mailbox', 'no@example.org')).toBe('no such mailbox')
})
