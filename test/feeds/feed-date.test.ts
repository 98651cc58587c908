import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedDate } from '../../src/domain/feed-date.ts'

describe('the dates of feeds', () => {
  it.each([
    ['Wed, 02 Jan 2019 15:04:05 +0200', '2019-01-02T13:04:05.000Z'],
    ['2 Jan 2019 15:04 GMT', '2019-01-02T15:04:00.000Z'],
    ['Wed, 02 Jan 19 15:04:05 EST', '2019-01-02T20:04:05.000Z'],
    ['Mon, 02 Jan 2019 15:04:05 PDT', '2019-01-02T22:04:05.000Z'],
    ['Wed, 2 January 2019 3:04:05 PM UTC', '2019-01-02T15:04:05.000Z'],
    ['January 2, 2019 12:30 am', '2019-01-02T00:30:00.000Z'],
    ['Wed Jan  2 15:04:05 EET 2019', '2019-01-02T13:04:05.000Z'],
    ['Wed, 02-Jan-2019 15:04:05 GMT+3', '2019-01-02T12:04:05.000Z'],
    ['1/2/2019 3:04:05 PM', '2019-01-02T15:04:05.000Z'],
    ['2019-01-02T15:04:05.678+02:00', '2019-01-02T13:04:05.000Z'],
    ['2019-01-02T15:04:05Z', '2019-01-02T15:04:05.000Z'],
    ['2019-01-02 15:04:05 +0000', '2019-01-02T15:04:05.000Z'],
    ['2019-01-02T15:04-05:30', '2019-01-02T20:34:00.000Z'],
    ['20190102T150405Z', '2019-01-02T15:04:05.000Z'],
    ['2019-01-02', '2019-01-02T00:00:00.000Z'],
    ['2019-03', '2019-03-01T00:00:00.000Z'],
    ['2019', '2019-01-01T00:00:00.000Z'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2016-12-31T23:59:59.000Z'],
  ])('reads %s', (text, iso) => {
    expect(feedDate(text)).toBe(iso)
  })

  it.each([
    '',
    'yesterday',
    'Wed, 32 Jan 2019 15:04:05 GMT',
    '2019-02-30',
    '2019-13-01',
    '0000-00-00',
    '12:30',
    '99999999999',
  ])('says of "%s" that it is no date', (text) => {
    expect(feedDate(text)).toBeNull()
  })

  it('reads back every second that it could have written, in either form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_000_000_000 }), (seconds) => {
        const date = new Date(seconds * 1000)
        expect(feedDate(date.toISOString())).toBe(date.toISOString())
        expect(feedDate(date.toUTCString())).toBe(date.toISOString())
      }),
    )
  })

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void feedDate(text)))
  })
})
