import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalZone, knownZones } from '../../src/readers/rules/zone.ts'

describe('a time zone', () => {
  test('has one name whatever alias was given', () => {
    for (const name of ['Europe/Kiev', 'Europe/Kyiv', 'europe/kyiv', 'Europe/Uzhgorod']) {
      expect(canonicalZone(name)).toBe('Europe/Kyiv')
    }
    expect(canonicalZone('US/Eastern')).toBe('America/New_York')
    expect(canonicalZone('Asia/Calcutta')).toBe('Asia/Kolkata')
    for (const name of ['Etc/UTC', 'GMT', 'Zulu', 'UTC']) expect(canonicalZone(name)).toBe('UTC')
  })

  test('keeps its name when it is parsed again, and is known to Temporal', () => {
    const noon = Temporal.Instant.from('2026-11-23T12:00:00Z')
    for (const zone of knownZones()) {
      expect(canonicalZone(zone)).toBe(zone)
      expect(noon.toZonedDateTimeISO(zone).timeZoneId).toBe(zone)
    }
  })

  test('is shown by its present name', () => {
    expect(knownZones()).toEqual(expect.arrayContaining(['Europe/Kyiv', 'America/New_York', 'Asia/Yangon', 'UTC']))
    expect(knownZones()).not.toContain('Europe/Kiev')
    expect(new Set(knownZones()).size).toBe(knownZones().length)
  })

  test('is no offset, no unknown abbreviation, and no other text', () => {
    for (const name of ['+02:00', '-05', 'Nowhere/City', '', ' ', 'Europe/Kyiv\n', '../etc/passwd', 'Europe']) {
      expect(canonicalZone(name)).toBeNull()
    }
  })

  test('from any text is null, or a name that stays as it is', () => {
    const parts = fc.constantFrom(
      'Europe',
      'Etc',
      'US',
      'Kiev',
      'GMT+5',
      'Pacific',
      'Truk',
      '/',
      '+',
      '-',
      '02:00',
      '\0',
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(parts).map((some) => some.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const zone = canonicalZone(text)
        expect(zone && canonicalZone(zone)).toBe(zone)
      }),
    )
  })
})
