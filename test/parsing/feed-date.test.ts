import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedDate } from '../../src/parsing/dates/feed-date.ts'

describe('feedDate', () => {
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
    ['Tue, 01 Jan 2019 24:00:00 GMT', '2019-01-02T00:00:00.000Z'],
    ['Wed, 02 Jan 2019 08:04:05 -0700 (PDT)', '2019-01-02T15:04:05.000Z'],
    ['Wed,  02  Jan,  2019,  16:04  +1', '2019-01-02T15:04:00.000Z'],
    ['Wed Jan  2 15:04:05 2019 +0100', '2019-01-02T14:04:05.000Z'],
    ['15:04:05 2 Jan 2019', '2019-01-02T15:04:05.000Z'],
    ['2019 Jan 02 15:04', '2019-01-02T15:04:00.000Z'],
    ['Wed, 2019/01/02 15:04:05 EDT', '2019-01-02T19:04:05.000Z'],
    ['30/12/2018', '2018-12-30T00:00:00.000Z'],
    ['02.01.2019 15:04', '2019-01-02T15:04:00.000Z'],
    ['2019-01-02t15:04:05.123456789z', '2019-01-02T15:04:05.000Z'],
    ['2019-01-02T17:04:05+02:00[Europe/Kyiv]', '2019-01-02T15:04:05.000Z'],
    ['2019-W01-3', '2019-01-02T00:00:00.000Z'],
    ['2019-002', '2019-01-02T00:00:00.000Z'],
    ['20190102150405', '2019-01-02T15:04:05.000Z'],
    ['031231', '2003-12-31T00:00:00.000Z'],
    ['1546441445', '2019-01-02T15:04:05.000Z'],
    ['1546441445000', '2019-01-02T15:04:05.000Z'],
  ])('reads %s', (text, iso) => {
    expect(feedDate(text)).toBe(iso)
  })

  it.each([
    ['mar. 2 août 2019 à 15h04', '2019-08-02T15:04:00.000Z'],
    ['Mi, 2. März 2019, 15.04 Uhr', '2019-03-02T15:04:00.000Z'],
    ['martes, 2 de enero de 2019', '2019-01-02T00:00:00.000Z'],
    ['mar, 02 gen 2019 15:04:05 +0100', '2019-01-02T14:04:05.000Z'],
    ['2 de fevereiro de 2019', '2019-02-02T00:00:00.000Z'],
    ['wo, 02 mrt 2019', '2019-03-02T00:00:00.000Z'],
    ['śr., 2 listopada 2018', '2018-11-02T00:00:00.000Z'],
    ['2. července 2019', '2019-07-02T00:00:00.000Z'],
    ['Ср, 02 янв 2019 18:04:05 +0300', '2019-01-02T15:04:05.000Z'],
    ['2 січня 2019 р., 15:04', '2019-01-02T15:04:00.000Z'],
    ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00.000Z'],
    ['2019-július-13T9:15-05:00', '2019-07-13T14:15:00.000Z'],
    ['02 ARALIK 2018 Pazar', '2018-12-02T00:00:00.000Z'],
    ['ons 2 augusti 2019', '2019-08-02T00:00:00.000Z'],
    ['2. desember 2018', '2018-12-02T00:00:00.000Z'],
    ['2. maj 2019 kl. 15.04', '2019-05-02T15:04:00.000Z'],
    ['2. marraskuuta 2018 klo 15.04', '2018-11-02T15:04:00.000Z'],
    ['2 iunie 2019', '2019-06-02T00:00:00.000Z'],
    ['٢ يناير ٢٠١٩ ١٥:٠٤', '2019-01-02T15:04:00.000Z'],
    ['۲ ژانویه ۲۰۱۹', '2019-01-02T00:00:00.000Z'],
    ['2019年1月2日(水) 15時04分', '2019-01-02T15:04:00.000Z'],
    ['2019年1月2日 下午3:04', '2019-01-02T15:04:00.000Z'],
    ['2019-01-03 오전 12:04:05', '2019-01-02T15:04:05.000Z'],
  ])('reads %s in its language', (text, iso) => {
    expect(feedDate(text)).toBe(iso)
  })

  it('reads a day of every month in 18 languages, in long and short form', () => {
    const languages = [
      'fr',
      'de',
      'es',
      'it',
      'pt',
      'nl',
      'pl',
      'cs',
      'ru',
      'uk',
      'el',
      'hu',
      'tr',
      'sv',
      'nb',
      'da',
      'fi',
      'ro',
    ]
    const misread = languages.flatMap((language) =>
      (['long', 'medium'] as const).flatMap((dateStyle) =>
        Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2019, month, 5))).flatMap((day) => {
          const text = new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' }).format(day)
          return feedDate(text) === day.toISOString() ? [] : [`${language}: ${text}`]
        }),
      ),
    )
    expect(misread).toEqual([])
  })

  it.each([
    '',
    'yesterday',
    'Wed, 32 Jan 2019 15:04:05 GMT',
    '2019-02-30',
    '2019-13-01',
    '0000-00-00',
    '12:30',
    '2 Jan',
    'Version 1.2.3',
    '5 maple 2019',
    '99999999999',
  ])('gives null for "%s"', (text) => {
    expect(feedDate(text)).toBeNull()
  })

  it('reads every second between 1970 and 2191 in ISO 8601 and in RFC 822', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_000_000_000 }), (seconds) => {
        const date = new Date(seconds * 1000)
        expect(feedDate(date.toISOString())).toBe(date.toISOString())
        expect(feedDate(date.toUTCString())).toBe(date.toISOString())
      }),
    )
  })

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void feedDate(text)))
  })
})
