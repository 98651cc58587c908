import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { timelineWords } from '../../src/readers/rules/timeline-words.ts'
import { importOfRequest } from '../../src/readers/store/imports.ts'
import { timelineOf } from '../../src/readers/store/timeline.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { importText } from '../support/import-file.ts'
import { network, olena } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { kindsTo, mailsTo, readerOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const consented = { defaults: { consentSource: 'List at the door', consentDate: '2026-11-03' } }

describe('confirmation mails of an import', () => {
  const wordsTo = async (email: string) => {
    const { text } = await app.db
      .selectFrom('deliveries')
      .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
      .innerJoin('subscribers', 'subscribers.id', 'deliveries.subscriber_id')
      .select('editions.text')
      .where('subscribers.email', '=', email)
      .executeTakeFirstOrThrow()
    return text.replace(/\s+/g, ' ')
  }

  test('name the list and its date, or the file, and say who imported it when', async () => {
    const listed = 'a@example.org,pending,Fair in Lviv,2026-11-03\nc@example.org,pending,Fair in Kyiv,2026-11-04'
    await importText(app, `email,state,consent source,consent date\n${listed}\nb@example.org,,,`)
    const imported = 'localhost:3000 imported this list on 23 November 2026.'
    expect(await wordsTo('a@example.org')).toContain(
      `You are on the list “Fair in Lviv” of 3 November 2026. ${imported} If you want the mails below, please confirm.`,
    )
    expect(await wordsTo('c@example.org')).toContain(`because you are on the list “Fair in Kyiv” of 4 November 2026.`)
    expect(await wordsTo('b@example.org')).toContain(`You are on the list “readers”. ${imported}`)
    expect(await wordsTo('b@example.org')).not.toMatch(/somebody requested/i)
  })

  test('say so too when the reader asks for a new link, and no more once the reader signed up', async () => {
    await importText(app, 'email\na@example.org')
    const { id } = await readerOf(app, 'a@example.org')
    const asked = () => app.db.transaction().execute((tx) => importOfRequest(tx, id))
    expect((await asked())?.file).toBe('readers.csv')
    await subscribe(app, { ...olena, email: 'a@example.org' }, network)
    expect(await asked()).toBeUndefined()
  })

  const text = `email\n${Array.from({ length: 5 }, (_, n) => `reader${n}@example.org`).join('\n')}`

  test('leave at the rate, and those of the next import behind them', async () => {
    const { confirmationsUntil } = await importText(app, text, { confirmRate: 60 })
    const due = async (n: number) => (await mailsTo(app, `reader${n}@example.org`)).map((one) => String(one.dated_at))
    expect(await Promise.all([0, 1, 4].map(due))).toEqual([
      ['2026-11-23T12:00:00Z'],
      ['2026-11-23T12:01:00Z'],
      ['2026-11-23T12:04:00Z'],
    ])
    expect(String(confirmationsUntil)).toBe('2026-11-23T12:05:00Z')
    await importText(app, 'email\nnext@example.org', { confirmRate: 60 })
    expect((await mailsTo(app, 'next@example.org')).map((one) => String(one.dated_at))).toEqual([
      '2026-11-23T12:05:00Z',
    ])
  })

  test('count as mails that an address was sent, so that nobody gets two on a day', async () => {
    await importText(app, text)
    await subscribe(app, { ...olena, email: 'reader0@example.org' }, network)
    expect(await kindsTo(app, 'reader0@example.org')).toEqual(['confirmation'])
  })
})

test('the timeline tells of the import on its day, and of the consent on its own', async () => {
  await importText(app, 'email,topics\na@example.org,displacement', consented)
  const { id } = await readerOf(app, 'a@example.org')
  const told = (await timelineOf(app.db, id, { limit: 9 })).map(
    ({ at, facts }) => `${String(at).slice(0, 10)} ${timelineWords(facts, 'UTC')}`,
  )
  expect(told).toEqual([
    expect.stringMatching(/^2026-11-23 Imported from readers\.csv \(import \d+\)\.$/),
    '2026-11-23 First seen.',
    expect.stringMatching(
      /^2026-11-03 Agreed, as an admin recorded \(List at the door\): Imported on 2026-11-23 from line 2 /,
    ),
  ])
  await importText(app, 'email\nb@example.org')
  const waiting = await timelineOf(app.db, (await readerOf(app, 'b@example.org')).id, { limit: 9 })
  expect(waiting.map(({ facts }) => timelineWords(facts, 'UTC')).join(' ')).toContain('Entered by an import: ')
})
