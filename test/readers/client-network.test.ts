import { expect, test } from 'vitest'
import { maskAddress, suppressionHash } from '../../src/platform/address.ts'
import { withoutAddresses } from '../../src/platform/text/without-addresses.ts'
import { limitedSource, recordedSource } from '../../src/readers/rules/sign-up-limits.ts'

test('the proof of consent keeps the network, never the whole address', () => {
  expect(recordedSource('203.0.113.77')).toBe('203.0.113.0/24')
  expect(recordedSource('::ffff:203.0.113.77')).toBe('203.0.113.0/24')
  expect(recordedSource('2001:db8:12:34:56:78:9a:bc')).toBe('2001:db8:12::/48')
  expect(recordedSource('fe80::1%eth0')).toBe('fe80::/48')
  expect(recordedSource('cli')).toBe('cli')
})

test('a limit counts one IPv4 address, and the /48 of an IPv6 address', () => {
  expect(limitedSource('203.0.113.77')).not.toBe(limitedSource('203.0.113.78'))
  expect(limitedSource('2001:db8:1:2::1')).toBe(limitedSource('2001:db8:1:ffff:ffff::9'))
  expect(limitedSource('2001:db8:1:2::1')).not.toBe(limitedSource('2001:db8:2:2::1'))
})

test('a suppressed address is recognised in any spelling, and only with the key', () => {
  expect(suppressionHash('key', 'Olena@Example.org ')).toBe(suppressionHash('key', 'olena@example.org'))
  expect(suppressionHash('key', 'olena@example.org')).not.toBe(suppressionHash('other', 'olena@example.org'))
})

test('an address is masked on a page that a stranger may see, and removed from records that outlive it', () => {
  expect(maskAddress('olena@example.org')).toBe('o…@example.org')
  expect(withoutAddresses('Olena <olena@example.org> asked, cc b@example.org.')).not.toContain('@')
})
