import { describe, expect, test } from 'vitest'
import { layoutOf, parseColumns } from '../../src/readers/rules/import/columns.ts'
import { parseConsentDate } from '../../src/readers/rules/import/consent-date.ts'
import { csvField, withoutGuard } from '../../src/readers/rules/import/csv-guard.ts'

describe('the head of a file', () => {
  const layout = (text: string, ...columns: string[]) => layoutOf(text, parseColumns(columns))

  test.each([
    [',', 'email,topics,cadence'],
    [';', 'E-Mail;Topics;Cadence'],
    ['\t', 'EMAIL\tTopics\tCadence'],
    [';', 'sep=;\r\nemail;topics;cadence'],
    [',', '\n\nemail,"Topics",cadence,"a;b;c;d"'],
  ])('is found with the delimiter %j in %j', (delimiter, text) => {
    expect(layout(text)).toMatchObject({ delimiter, columns: { email: 0, topics: 1, cadence: 2 } })
  })

  test('says how many lines it has, and which columns mean nothing', () => {
    const found = layout('sep=;\n\nemail;"Given\nname";topics\na@example.org;A;displacement')
    expect(found).toMatchObject({ linesBefore: 4, columns: { email: 0, topics: 2 }, ignored: ['Given\nname'] })
  })

  test('takes a header that the person named, before one that it knows', () => {
    const found = layout('Mail;Adresse;Wann', 'email=Adresse', 'consent-date=wann')
    expect(found).toMatchObject({ columns: { email: 1, consentDate: 2 }, ignored: ['Mail'] })
  })

  test.each<[string, string[], RegExp]>([
    ['', [], /^The file is empty\.$/],
    ['name;topics\nA;b', [], /^No header of the file names the address \(found: “name”, “topics”\)/],
    ['email;mail', [], /^Two columns have the field email\. Name one by --column email=HEADER\.$/],
    ['email;topics', ['zone=Zeit'], /^--column: the file has no header “Zeit”\.$/],
    ['email;topics', ['colour=Farbe'], /^--column: give a field and its header/],
  ])('of %j with %j is answered by a sentence', (text, columns, sentence) => {
    expect(() => layout(text, ...columns)).toThrow(sentence)
  })
})

describe('the date of a consent', () => {
  const now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  const parse = (text: string) => {
    const parsed = parseConsentDate(text, now)
    return 'at' in parsed ? String(parsed.at) : parsed.problem
  }

  test.each([
    ['2026-11-03', '2026-11-03T00:00:00Z'],
    ['2026-11-03 14:05', '2026-11-03T14:05:00Z'],
    ['2026-11-03T14:05:00+02:00', '2026-11-03T12:05:00Z'],
    ['2026/11/03', '2026-11-03T00:00:00Z'],
    ['3.11.2026', '2026-11-03T00:00:00Z'],
    ['11/13/2026', '2026-11-13T00:00:00Z'],
    ['13/11/2026', '2026-11-13T00:00:00Z'],
    ['5/5/2026', '2026-05-05T00:00:00Z'],
    ['3/11/2026', '“3/11/2026” can be two days. Write it as 2026-11-03.'],
    ['31.2.2026', '“31.2.2026” is no date such as 2026-11-03.'],
    ['yesterday', '“yesterday” is no date such as 2026-11-03.'],
    ['2026-12-01', '“2026-12-01” is in the future.'],
  ])('%s is %s', (text, at) => {
    expect(parse(text)).toBe(at)
  })
})

describe('a field of a CSV file', () => {
  const texts = [
    '=1+1',
    '+a@example.org',
    '-x',
    '@x',
    '\tx',
    '\rx',
    '＝1',
    "'=1",
    "''+1",
    'a,b',
    'a"b',
    'a\nb',
    ' a',
    "o'neil",
  ]

  test.each(texts)('never begins as a formula: %j', (text) => {
    const cell = csvField(text).replace(/^"|"$/g, '')
    expect(cell).not.toMatch(/^[=+\-@\t\r＝]/)
  })

  test.each(texts)('is read back as it was: %j', (text) => {
    const field = csvField(text)
    const cell = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
    expect(withoutGuard(cell)).toBe(text)
  })

  test('has an apostrophe only where it needs one', () => {
    expect([csvField('a@example.org'), csvField('07:00'), csvField('=x')]).toEqual(['a@example.org', '07:00', `"'=x"`])
  })
})
