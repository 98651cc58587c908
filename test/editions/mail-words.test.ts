import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layOut } from '../../src/editions/render.ts'
import { outwardLink, passageLink } from '../../src/platform/text/outward-link.ts'
import { oneLine, shorten } from '../../src/platform/text/shorten.ts'

describe('shortening', () => {
  test('a short text stays as it is', () => expect(shorten('Power is back.', 20)).toBe('Power is back.'))
  test('a long text ends at a word, without its comma, with an ellipsis', () => {
    expect(shorten('Two substations, four pumping stations and a bridge', 30)).toBe('Two substations, four pumping…')
    expect(shorten('Two substations, four pumping', 18)).toBe('Two substations…')
  })
  test('no text comes out longer than asked for, or broken within a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 4, max: 100 }), (text, max) => {
        const short = shorten(text, max)
        expect(short.length).toBeLessThanOrEqual(max)
        expect(short.isWellFormed()).toBe(true)
      }),
    )
  })
  test('line breaks, control characters and marks that turn the direction are gone', () => {
    expect(oneLine(' a\r\nBcc: b\u0000c\u202Ed\u2066e ')).toBe('a Bcc: b c d e')
  })
})

describe('links to the world', () => {
  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'https://bank.example@evil.example/', '', 'no link', null])(
    '%s is not followed',
    (url) => expect(outwardLink(url)).toBeNull(),
  )
  test('a link that is longer than a mail should carry is left out', () => {
    expect(outwardLink(`https://a.example/${'x'.repeat(1000)}`)).toBeNull()
  })
  test('a link cannot carry a placeholder', () => {
    expect(outwardLink('https://a.example/?q=@@unsubscribe@@')).toBe('https://a.example/?q=%40%40unsubscribe%40%40')
  })
  test('it opens at the first and the last words of the quote', () => {
    const quote = 'Two of the high-voltage lines, rebuilt in May, were cut again on Sunday night.'
    expect(passageLink('https://a.example/r', quote)).toBe(
      'https://a.example/r#:~:text=Two%20of%20the%20high%2Dvoltage,Sunday%20night.',
    )
    expect(passageLink('https://a.example/r#part-2', 'Power is back.')).toBe(
      'https://a.example/r#part-2:~:text=Power%20is%20back.',
    )
  })
  test('without words to open at it opens the page', () => {
    expect(passageLink('https://a.example/r', 'Power')).toBe('https://a.example/r')
    expect(passageLink(null, 'Power is back.')).toBeNull()
  })
})

describe('the text part', () => {
  test('breaks long lines between words and keeps indents and quotes', () => {
    const words = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'
    expect(layOut(`12. ${words}\n    > ${words}`).split('\n')).toEqual([
      '12. one two three four five six seven eight nine ten eleven twelve thirteen',
      '    fourteen fifteen',
      '    > one two three four five six seven eight nine ten eleven twelve',
      '    > thirteen fourteen fifteen',
      '',
    ])
  })
  test('has no line over 76 columns but an address, and loses no word', () => {
    const line = fc
      .array(fc.constantFrom('word', 'longer-word', '>', '-', '1.', 'ж'), { maxLength: 60 })
      .map((w) => w.join(' '))
    fc.assert(
      fc.property(fc.constantFrom('', '  ', '    > ', '- ', ' 7. '), line, (lead, text) => {
        const laid = layOut(lead + text)
        expect(laid.split('\n').every((each) => each.length <= 76)).toBe(true)
        const bare = (all: string) => all.replace(/[>\s]+/g, '')
        expect(bare(laid)).toBe(bare(lead + text))
      }),
    )
  })
  test('leaves an address whole', () => {
    const link = `https://a.example/${'x'.repeat(100)}`
    expect(layOut(`See the passage: ${link}`)).toBe(`See the passage:\n${link}\n`)
  })
  test('never has two empty lines in a row', () => expect(layOut('a\n\n \n\nb')).toBe('a\n\nb\n'))
})
