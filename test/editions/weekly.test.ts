import { afterEach, beforeEach, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { forWeb } from '../../src/editions/mail/web-copy.ts'
import { taras } from '../support/people.ts'
import { guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { newsTo, welcomed } from './edit-mails.ts'
import { wordsOfHtml } from './read-mail.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

/** Saves a report at a time. */
async function reportAt(at: string, guid: string, ...claims: string[]): Promise<void> {
  app.clock.at(at)
  await report(app, guid, claims)
}

/** Composes the digests of a Monday at seven in Kyiv. */
async function composeOnMonday(date: string): Promise<number> {
  app.clock.at(`${date}T05:00:00Z`)
  return composeDigests(app)
}

const again = strike.replace('Drones struck', 'Drones again struck').replace('thirty thousand', 'fifty thousand')

test('a weekly digest tells its threads by days, beside the week before', async () => {
  await welcomed(app, taras)
  await reportAt('2026-11-24T10:00:00Z', 'one', strike)
  expect(await composeOnMonday('2026-11-30')).toBe(1)
  await reportAt('2026-12-01T10:00:00Z', 'two', again)
  await reportAt('2026-12-03T10:00:00Z', 'three', guarantee)
  await reportAt('2026-12-04T10:00:00Z', 'four', 'Crews still repair the substation near the river port.')
  expect(await composeOnMonday('2026-12-07')).toBe(1)
  expect(await composeDigests(app)).toBe(0)
  const [first, second] = await newsTo(app, taras)
  expect(first!.text).not.toContain('last week')
  expect(second!.subject).toMatch(/^Drones again struck a substation/)
  expect(second!.text).toContain('without power: fifty thousand homes (Tue 1, River Desk)')
  expect(second!.text).toContain('last week thirty thousand homes (Tue 24, River Desk)')
  expect(second!.text).toContain(guarantee.slice(0, -1))
})

test('its web copy and its stories are those of the mail', async () => {
  await welcomed(app, taras)
  await reportAt('2026-11-24T10:00:00Z', 'one', strike, guarantee)
  await composeOnMonday('2026-11-30')
  const edition = await app.db.selectFrom('editions').selectAll().where('kind', '=', 'weekly').executeTakeFirstOrThrow()
  const web = wordsOfHtml(forWeb(edition.html, 'https://sitrep.example.org'))
  expect(web).toContain(strike.slice(0, -1))
  expect(web).not.toContain('You get this mail because')
  const stories = edition.stories as { told: string; takeaways: number[] }[]
  expect(stories.map(({ told }) => told)).toEqual(['full', 'line'])
  expect(stories.flatMap(({ takeaways }) => takeaways).toSorted()).toEqual(edition.takeaways.toSorted())
})

test('a week without a match sends nothing', async () => {
  await welcomed(app, taras)
  await reportAt('2026-11-24T10:00:00Z', 'one', 'The harvest of sunflowers was smaller than in the year before.')
  expect(await composeOnMonday('2026-11-30')).toBe(0)
})
