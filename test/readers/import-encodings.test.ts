import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { importText } from '../support/import-file.ts'
import { emptyTables } from '../support/postgres.ts'
import { readerOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const text = 'email;consent source;consent date\r\nolena@example.org;Café Zoë;2026-11-03\r\n'
const utf16le = Buffer.from(text, 'utf16le')
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
const marked = (mark: number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes])

test.each<[string, string, Buffer]>([
  ['utf-8', 'UTF-8', Buffer.from(text)],
  ['utf-8', 'UTF-8 with a mark', marked([0xef, 0xbb, 0xbf], Buffer.from(text))],
  ['utf-16le', 'UTF-16 as spreadsheets save it', marked([0xff, 0xfe], utf16le)],
  ['utf-16be', 'UTF-16, big-endian', marked([0xfe, 0xff], swapped(utf16le))],
  ['utf-16le', 'UTF-16 without a mark', utf16le],
  ['windows-1252', 'Windows-1252', Buffer.from(text, 'latin1')],
])('%s is found in %s', async (encoding, _, bytes) => {
  expect(await importText(app, bytes)).toMatchObject({ encoding, outcomes: { active: 1 } })
  const { id } = await readerOf(app, 'olena@example.org')
  expect((await consentsOf(app.db, id))[0]!.source).toBe('Café Zoë')
})

test('UTF-8 is told from Windows-1252 by the whole file', async () => {
  const many = Array.from({ length: 5_000 }, (_, n) => `reader${n}@example.org;;\r\n`).join('')
  const bytes = Buffer.concat([
    Buffer.from('email;consent source;consent date\r\n'),
    Buffer.from(many),
    Buffer.from(text.slice(35), 'latin1'),
  ])
  expect((await importText(app, bytes)).encoding).toBe('windows-1252')
})

test('another encoding is named by the person', async () => {
  const bytes = Buffer.concat([
    Buffer.from(text.slice(0, -21)),
    Buffer.from([0xca, 0xe8, 0xbf, 0xe2]),
    Buffer.from(';2026-11-03'),
  ])
  const { encoding } = await importText(app, bytes, { encoding: 'windows-1251' })
  expect(encoding).toBe('windows-1251')
  const { id } = await readerOf(app, 'olena@example.org')
  expect((await consentsOf(app.db, id))[0]!.source).toContain('Київ')
  await expect(importText(app, bytes, { encoding: 'klingon' })).rejects.toThrow('--encoding: “klingon” is not known')
})

test('a spreadsheet that is no CSV file, and a file that is not there, are answered by a sentence', async () => {
  await expect(importText(app, Buffer.from('PK\x03\x04 and so on'))).rejects.toThrow('is a spreadsheet. Save it as CSV')
  await expect(importText(app, '')).rejects.toThrow('The file is empty.')
})

test('a NUL in a cell is left out', async () => {
  const { outcomes } = await importText(app, text.replace('Zoë', 'Zo\0ë'))
  expect(outcomes.active).toBe(1)
})
