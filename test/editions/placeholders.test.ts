import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fillPlaceholders,
  placeholders,
  placeholdersIn,
  stripPlaceholders,
} from '../../src/editions/mail/placeholders.ts'
import { forWeb } from '../../src/editions/mail/web-copy.ts'

const body =
  '<a href="@@unsubscribe@@">Unsubscribe</a> <a href="@@preferences@@">x</a> @@confirm@@ @@mute@@ @@label@@ for @@address@@ @@takeAddress@@ @@keepAddress@@ @@undo@@'
const values = {
  unsubscribe: 'https://sitrep.example.org/u/abc',
  preferences: 'https://sitrep.example.org/p/abc',
  confirm: 'https://sitrep.example.org/c/abc',
  mute: 'https://sitrep.example.org/m/abc',
  label: 'https://sitrep.example.org/w/abc',
  address: 'olena@example.org',
  takeAddress: 'https://sitrep.example.org/a/abc',
  keepAddress: 'https://sitrep.example.org/k/abc',
  undo: 'https://sitrep.example.org/r/abc',
}
/** Texts made of the parts of placeholders, so that they come close to one. */
const nearlyPlaceholders = fc
  .array(fc.constantFrom('@', '@@', ...placeholders, ' ', 'x', '\n', '&#64;'))
  .map((parts) => parts.join(''))

test('each reader gets their own links and address', () => {
  const filled = fillPlaceholders(body, values, 'html')
  expect(filled).toContain('<a href="https://sitrep.example.org/u/abc">Unsubscribe</a>')
  expect(filled).toContain('for olena@example.org')
})

test('no text from a feed can become a placeholder', () => {
  fc.assert(fc.property(nearlyPlaceholders, (text) => placeholdersIn(`x ${stripPlaceholders(text)} y`).length === 0))
})

test('filling leaves no placeholder, whatever the values are', () => {
  const some = fc.record({
    unsubscribe: nearlyPlaceholders,
    preferences: nearlyPlaceholders,
    confirm: nearlyPlaceholders,
    mute: nearlyPlaceholders,
    label: nearlyPlaceholders,
    address: nearlyPlaceholders,
    takeAddress: nearlyPlaceholders,
    keepAddress: nearlyPlaceholders,
    undo: nearlyPlaceholders,
  })
  fc.assert(fc.property(some, (hostile) => placeholdersIn(fillPlaceholders(body, hostile, 'text')).length === 0))
})

test('an address that holds HTML stays an address', () => {
  const address = `"<b>o'brien"@example.org`
  expect(fillPlaceholders('@@address@@', { address }, 'html')).toBe('&quot;&lt;b&gt;o&#39;brien&quot;@example.org')
  expect(fillPlaceholders('@@address@@', { address }, 'text')).toBe(address)
})

test('a mail is not made when a placeholder has no value', () => {
  expect(() => fillPlaceholders(body, { address: 'olena@example.org' }, 'text')).toThrow('@@unsubscribe@@')
})

test('a word between @ signs that is no placeholder is left alone', () => {
  expect(fillPlaceholders('@@ -1 +1 @@ @@nobody@@', values, 'text')).toBe('@@ -1 +1 @@ @@nobody@@')
})

test('the placeholders of a body are found, each once', () => {
  expect(placeholdersIn(body + body)).toEqual([...placeholders])
  expect(placeholdersIn('nothing here')).toEqual([])
})

test('the web copy names no reader, and its links lead to the page that mails a fresh link', () => {
  const shown = forWeb(body, 'https://sitrep.example.org')
  expect(placeholdersIn(shown)).toEqual([])
  expect(shown).toContain('<a href="https://sitrep.example.org/preferences">Unsubscribe</a>')
  expect(shown).toContain('for all readers of this edition')
})
