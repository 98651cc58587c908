import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { createMessageTemplate } from '../../src/delivery/message/template.ts'
import { linkView } from '../../src/editions/mail/confirmation-view.ts'
import { createRenderer } from '../../src/editions/render.ts'
import { subjectHeadline } from '../../src/editions/rules/briefing/headline.ts'
import { cutAtGrapheme } from '../../src/platform/text/graphemes.ts'
import { oneLine, shorten } from '../../src/platform/text/shorten.ts'

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const signsOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)
const family = '👨‍👩‍👧‍👦'

/** Whether a text is some whole signs from the beginning of another one. */
const isWholeStart = (start: string, text: string): boolean => {
  const signs = signsOf(text)
  return signs.slice(0, signsOf(start).length).join('') === start
}

const sign = fc.constantFrom(family, '🇺🇦', '🏳️‍🌈', 'é', 'ї', 'и\u0306', '👩🏽‍🚒', 'a', ' ', 'ш', 'م', 'क्षि', '한')
const words = fc.array(sign, { minLength: 1, maxLength: 160 }).map((signs) => signs.join(''))

test('a text is cut between two signs, near the length that it may have', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 2, max: 120 }), (text, max) => {
      const cut = cutAtGrapheme(text, max)
      expect(cut.length).toBeLessThanOrEqual(max)
      expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, max) - family.length)
      expect(isWholeStart(cut, text)).toBe(true)
    }),
  )
})

test('text of endless marks is cut at the length that it may have', () => {
  expect(cutAtGrapheme(`a${'\u0301'.repeat(500)}`, 100)).toHaveLength(100)
  expect(cutAtGrapheme(`${'😀\u200d'.repeat(500)}`, 100).isWellFormed()).toBe(true)
})

test('subjects and shortened texts keep whole signs', () => {
  fc.assert(
    fc.property(words, (given) => {
      const line = oneLine(given)
      for (const cut of [subjectHeadline(line), shorten(line, 60).replace(/…$/, '')])
        expect(isWholeStart(cut, line)).toBe(true)
    }),
  )
})

describe('the header Subject', () => {
  const wireOf = async (subject: string) => {
    const draft = { from: 'Зведення — Київ <desk@example.org>', subject, html: '', text: 'One', listId: null }
    const recipient = { to: 'a@b.example', messageId: '<1@b.example>', date: Temporal.Now.instant(), values: () => '' }
    return (await createMessageTemplate(draft).personalise(recipient)).toString('latin1')
  }

  test('has encoded words of whole characters and at most 75 signs, in lines of at most 78', async () => {
    await fc.assert(
      fc.asyncProperty(words, async (given) => {
        const subject = oneLine(subjectHeadline(oneLine(given)))
        const wire = await wireOf(subject)
        const [head = ''] = wire.split('\r\n\r\n')
        for (const line of head.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
        for (const [word, encoding, text] of head.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)) {
          expect(word.length).toBeLessThanOrEqual(75)
          const bytes = encoding?.toUpperCase() === 'B' ? Buffer.from(text!, 'base64') : decodeQ(text!)
          expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow()
        }
        expect((await simpleParser(wire)).subject ?? '').toBe(subject)
      }),
      { numRuns: 60 },
    )
  })

  const decodeQ = (text: string): Buffer =>
    Buffer.from(
      text
        .replaceAll('_', ' ')
        .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    )

  test.each(['News\nBcc: x@y.example', 'News\r\n\r\n<b>body</b>', 'A\u2028B\u0000C', '=?UTF-8?Q?Bcc:_x?='])(
    'holds no other header for %j',
    async (title) => {
      const renderer = createRenderer({ templatesDir: 'templates' })
      const view = { ...linkView({ publicUrl: 'https://a.example', brand: { contact: 'x' } }), subject: title }
      const { subject, html } = await renderer.mail('link', view)
      expect(subject).not.toMatch(/[\p{Cc}\u2028]/u)
      expect(html).not.toContain('<b>body')
      const parsed = await simpleParser(await wireOf(subject))
      expect(parsed.bcc).toBeUndefined()
      expect(parsed.text?.trim()).toBe('One')
    },
  )
})
