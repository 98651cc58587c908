import fc from 'fast-check'
import { type ParsedMail, simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { createReusableBuffer } from '../../src/delivery/message/reusable-buffer.ts'
import { createMessageTemplate, type MessageDraft } from '../../src/delivery/message/template.ts'
import {
  fillPlaceholders,
  type Placeholder,
  placeholders,
  stripPlaceholders,
} from '../../src/editions/mail/placeholders.ts'
import { composeMime } from '../support/whole-mail.ts'

const draft: MessageDraft = {
  from: 'Sitrep <sitrep@example.org>',
  replyTo: 'desk@example.org',
  subject: 'Two strikes on Одеса',
  html: '<p>One & two</p>',
  text: 'One',
  listId: 'Sitrep <sitrep.example.org>',
}
const date = Temporal.Instant.from('2026-11-23T12:00:00Z')
const own = { to: 'olena@example.org', messageId: '<1@example.org>', date, unsubscribe: 'https://example.org/u/abc' }

/** Bodies with long lines, full stops at line starts, spaces at line ends, many alphabets, placeholders anywhere. */
const words = ['.', '..', '=', ' ', '  ', '\t', '\n', '\n\n', 'x'.repeat(80), 'звіт', '€', '🌊', 'a', '&amp;', 'From ']
const word = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme', maxLength: 20 }).map(clean))
const placeholderWord = fc.constantFrom(...placeholders).map((placeholder) => `@@${placeholder}@@`)
const body = fc
  .array(fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: placeholderWord }), { maxLength: 40 })
  .map((parts) => `a${parts.map((part) => (/^@@\w+@@$/.test(part) ? part : stripPlaceholders(part))).join('')}z`)
const value = fc.oneof(
  fc.constantFrom('https://example.org/u/x.y', '.', 'o&b@example.org'),
  fc.webUrl({ size: 'large' }),
)
const values = fc.record({
  unsubscribe: value,
  preferences: value,
  confirm: value,
  mute: value,
  label: value,
  takeAddress: value,
  keepAddress: value,
  undo: value,
  address: value,
})

const earlierIds = fc.array(
  fc.integer({ min: 2, max: 99 }).map((n) => `<${n}@example.org>`),
  { maxLength: 20 },
)

function clean(text: string): string {
  return text.replace(/[\0-\x1f\x7f@]/g, '') // the texts of feeds have none of these when they come here
}

const shown = ({ headerLines: _, ...mail }: ParsedMail) => ({
  text: mail.text,
  html: mail.html,
  subject: mail.subject,
  from: mail.from,
  to: mail.to,
  date: mail.date,
  replyTo: mail.replyTo,
  messageId: mail.messageId,
  inReplyTo: mail.inReplyTo,
  references: mail.references,
  list: mail.headers.get('list'),
  unanswered: ['auto-submitted', 'x-auto-response-suppress', 'precedence'].map((name) => mail.headers.get(name)),
})

test('a message made from a template says exactly what the same mail composed whole would say', async () => {
  await fc.assert(
    fc.asyncProperty(
      body,
      body,
      values,
      fc.constantFrom(draft.listId, null),
      earlierIds,
      async (html, text, filling, listId, inReplyTo) => {
        const template = createMessageTemplate({ ...draft, html, text, listId })
        const wire = await template.personalise({
          ...own,
          inReplyTo,
          values: (placeholder: Placeholder) => filling[placeholder],
        })
        const whole = await composeMime({
          ...draft,
          ...own,
          inReplyTo,
          listId,
          html: fillPlaceholders(html, filling, 'html'),
          text: fillPlaceholders(text, filling, 'text'),
        })
        expect(shown(await simpleParser(unstopped(wire)))).toEqual(shown(await simpleParser(whole)))
        for (const line of lines(wire)) expect(line.length).toBeLessThanOrEqual(76)
      },
    ),
    { numRuns: 120, endOnFailure: true },
  )
})

test('messages that use the same memory one after the other are the same as messages with memory of their own', async () => {
  const memory = createReusableBuffer()
  const template = createMessageTemplate({ ...draft, html: '<p>@@address@@</p>', text: 'For @@address@@.' })
  for (const name of ['a', 'b'.repeat(500), 'c', 'd'.repeat(60)]) {
    const recipient = { ...own, values: () => `${name}@example.org` }
    expect((await template.personalise(recipient, memory)).equals(await template.personalise(recipient))).toBe(true)
  }
})

test('only the last line of a message begins with a full stop', async () => {
  const dots = '.\n..\n.x\n'.repeat(3)
  const template = createMessageTemplate({
    ...draft,
    text: `${dots}@@address@@\n@@address@@.`,
    html: `${dots}@@address@@`,
  })
  const wire = await template.personalise({ ...own, values: () => '.o@example.org' })
  const starts = wire
    .toString('latin1')
    .split('\r\n')
    .filter((line) => line.startsWith('.'))
  expect(starts).toEqual(['.'])
})

test('Cyrillic text is encoded in base64, English text in quoted-printable, and both are sent as ASCII', async () => {
  const template = createMessageTemplate({
    ...draft,
    text: 'Звіт про удари по мережі. '.repeat(20),
    html: 'Strikes. '.repeat(200),
  })
  const wire = (await template.personalise({ ...own, values: () => '' })).toString('latin1')
  expect(wire.match(/Content-Transfer-Encoding: .*/g)).toEqual([
    'Content-Transfer-Encoding: base64',
    'Content-Transfer-Encoding: quoted-printable',
  ])
  expect(wire).toMatch(/^[\t\r\n -~]*$/)
})

/** The message as the server passes it on: without the line that ended it. */
function unstopped(wire: Buffer): Buffer {
  expect(wire.subarray(-5).toString()).toBe('\r\n.\r\n')
  return wire.subarray(0, -3)
}

const lines = (wire: Buffer) =>
  wire
    .toString('latin1')
    .split(/\r\n\r\n/)
    .slice(1)
    .join('\r\n\r\n')
    .split('\r\n')
