import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { replay } from '../../src/admin/replay/replay.ts'
import { parseReports } from '../../src/admin/replay/report-line.ts'
import { storedReports } from '../../src/admin/store/stored-reports.ts'
import { choiceSchema } from '../../src/readers/rules/subscription.ts'
import { flight as flightClaim, report as saveReport, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const daily = choiceSchema.parse({ cadence: 'daily', topics: ['displacement'], at: '07:00', zone: 'Europe/Kyiv' })
const alerts = choiceSchema.parse({ cadence: 'alert', topics: ['infrastructure-strikes'] })

const flight = { feed: 'bulletin', published: '2026-03-02T14:00:00Z', title: 'Families flee Dara after floods' }
const reports = [
  { id: 'flight', ...flight, text: 'Some 3,400 people were displaced by the flood in Dara on Monday.' },
  {
    id: 'strike',
    feed: 'wire',
    published: '2026-03-02T15:00:00Z',
    title: 'Missiles hit Luna power plant, cutting power to 8,000 homes',
  },
  {
    id: 'again',
    ...flight,
    published: '2026-03-03T14:00:00Z',
    revises: 'flight',
    title: 'More families flee Dara after floods',
    text: 'Some 6,100 people were displaced by the flood in Dara on Monday.',
  },
]
const parsed = parseReports(reports.map((report) => JSON.stringify(report)).join('\n'))

test('a reader gets each morning what the reports of the day before brought', async () => {
  const mails = await replay(app, { reports: parsed, reader: daily })
  expect(mails.map(({ kind, at }) => [kind, at])).toEqual([
    ['daily', '2026-03-03T05:00:00Z'],
    ['daily', '2026-03-04T05:00:00Z'],
  ])
  const told = mails.map(({ stories }) => stories.flatMap(({ takeaways }) => takeaways.map(({ report }) => report)))
  expect(told).toEqual([['flight'], []])
  expect(mails[1]?.text).toContain('6,100')
})

test('an alert comes at the minute of its report', async () => {
  const mails = await replay(app, { reports: parsed, reader: alerts })
  expect(mails.map(({ kind, at, subject }) => ({ kind, at, subject }))).toEqual([
    { kind: 'alert', at: '2026-03-02T15:00:00Z', subject: expect.stringContaining('Missiles hit Luna power plant') },
  ])
})

test('the same reports give the same mails, and nothing is kept', async () => {
  const [one, two] = [
    await replay(app, { reports: parsed, reader: daily }),
    await replay(app, { reports: parsed, reader: daily }),
  ]
  expect(two.map(({ subject, text }) => [subject, text])).toEqual(one.map(({ subject, text }) => [subject, text]))
  const { rows } = await sql`select nspname from pg_namespace where nspname like 'temporary%'`.execute(app.db)
  expect(rows).toEqual([])
  expect(await app.db.selectFrom('items').select('id').execute()).toEqual([])
})

test.each([
  ['{"id": 1', 'Line 2 is not JSON.'],
  ['{"id": 1, "feed": "a", "published": "yesterday", "text": "A"}', /^Line 2 is no report: published: /],
  [
    '{"id": "flight", "feed": "a", "published": "2026-03-02T14:00:00Z", "text": "A"}',
    'Two reports have the id flight.',
  ],
  [
    '{"id": 1, "feed": "a", "published": "2026-03-02T14:00:00Z", "text": "A", "revises": "x"}',
    'Report 1 revises x, which is not before it.',
  ],
])('a line %s is one sentence', (line, sentence) => {
  expect(() => parseReports(`${JSON.stringify(reports[0])}\n${line}`)).toThrow(sentence)
})

test('what is stored is played with the revisions of a time, of some feeds, as they became known', async () => {
  const stored = await openTestApp()
  const begun = stored.now()
  await saveReport(stored, 'one', [strike])
  stored.clock.later({ hours: 2 })
  await saveReport(stored, 'two', [flightClaim])
  await saveReport(stored, 'one', [`${strike} Repairs took a day.`])
  const { id, url } = await stored.db.selectFrom('feeds').select(['id', 'url']).executeTakeFirstOrThrow()
  await stored.db.updateTable('feeds').set({ publisher: 'River', digest_only: true }).execute()
  const span = { from: begun, to: stored.now().add({ seconds: 1 }) }
  const all = await storedReports(stored.db, { ...span, feeds: [id] })
  expect(all.map(({ title, revises, published }) => [title, revises !== undefined, published.toString()])).toEqual([
    ['Report one', false, begun.toString()],
    ['Report two', false, stored.now().toString()],
    ['Report one', true, stored.now().toString()],
  ])
  expect(all[2]).toMatchObject({ revises: all[0]!.id, feed: url, publisher: 'River', digestOnly: true })
  expect(await storedReports(stored.db, { ...span, feeds: [id + 1] })).toEqual([])
  expect(await storedReports(stored.db, { from: begun.add({ hours: 1 }), to: span.to, feeds: [] })).toHaveLength(2)
  const [mail] = await replay(stored, { reports: all, reader: { ...daily, topics: alerts.topics } })
  expect(mail?.text.replace(/\s+/g, ' ')).toContain('cut power to thirty thousand homes. Repairs took a day')
  expect(await replay(stored, { reports: all, reader: alerts })).toEqual([])
  await stored.close()
})

test('a weekly digest of a replay comes on its weekday', async () => {
  const mails = await replay(app, { reports: parsed, reader: { ...daily, cadence: 'weekly', weekday: 5 } })
  expect(mails.map(({ kind, at }) => [kind, at])).toEqual([['weekly', '2026-03-06T05:00:00Z']])
})
