import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { planCorrection, sendCorrection } from '../../src/delivery/send-correction.ts'
import { previewDigest } from '../../src/editions/preview-digest.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { numberMatches } from '../../src/reading/store/takeaways.ts'
import { composeOn, welcomed } from '../editions/edit-mails.ts'
import { pagesOf } from '../support/pages.ts'
import { mira, olena, topics } from '../support/people.ts'
import { flight, report, strike } from '../support/report.ts'
import { depotBurns, plantHit, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const note = 'The figure was 800 homes, not 8,000 & more.'

async function deliver(): Promise<void> {
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
}

const takeawayOf = async (text: string): Promise<number> => {
  const query = app.db.selectFrom('takeaways').select('id').where('text', '=', text)
  return (await query.executeTakeFirstOrThrow()).id
}

test('a correction of one takeaway goes to those who were told it, and marks it in the mail', async () => {
  await welcomed(app, olena, mira)
  await report(app, 'one', [strike, flight])
  await composeOn(app, 24)
  await deliver()
  const takeaways = [await takeawayOf(strike)]
  const plan = await planCorrection(app, { item: 1, takeaways, note })
  expect(plan).toMatchObject({ count: 1, sample: [olena.email] })
  expect(plan.told.map((one) => one.text)).toEqual([strike, flight])
  expect(await planCorrection(app, { item: 1, note })).toMatchObject({ count: 2 })
  expect(await sendCorrection(app, { item: 1, takeaways, note, actor: 'test' })).toBe(1)
  await deliver()
  const mail = app.sink.messages.find(({ parsed }) => parsed.subject?.startsWith('Correction: '))?.parsed
  const words = mail?.text?.replace(/\s+/g, ' ') ?? ''
  expect(words).toContain(`THIS WAS WRONG - "${strike}" WHAT ELSE WE TOLD YOU OF THIS REPORT - "${flight}"`)
  expect(mail?.html).toMatch(
    /This was wrong<[\s\S]*substation[\s\S]*What else we told you of this report<[\s\S]*border/,
  )
  await expect(sendCorrection(app, { item: 1, note, actor: 'test' })).rejects.toThrow('sent for other takeaways')
  await expect(planCorrection(app, { item: 1, takeaways: [99], note })).rejects.toThrow('Item 1 has no takeaway 99.')
  const page = await (await pagesOf(app).get('/items/1')).text()
  expect(page).toContain(`This was wrong: <q>${strike}</q>`)
})

/** Pages of the story, the day, the topic and the item, the web copy of the first digest, and the next digest, each as text. */
async function placesOf(): Promise<string[]> {
  const daily = app.db.selectFrom('editions').select('slug').where('kind', '=', 'daily')
  const { slug } = await daily.executeTakeFirstOrThrow()
  const story = await storyOf(app, plantHit)
  const paths = [
    '/items/1',
    `/stories/${story}`,
    '/days/2026-11-23',
    '/topics/infrastructure-strikes',
    `/editions/${slug}`,
  ]
  const pages = await Promise.all(paths.map(async (path) => (await pagesOf(app).get(path)).text()))
  const { html, text } = await previewDigest(app, topics, 48)
  return [...pages, html, text.replace(/\s+/g, ' ')]
}

test('the note stands wherever the claim is shown: on pages, on web copies and in later mails, and by no other claim', async () => {
  await welcomed(app, olena)
  await tell(app, plantHit, depotBurns)
  await app.db.transaction().execute(numberMatches)
  await composeOn(app, 24)
  await deliver()
  const before = await placesOf()
  expect(before.filter((place) => place.includes('800 homes,'))).toEqual([])
  app.clock.later({ hours: 1 })
  await sendCorrection(app, { item: 1, note, actor: 'test' })
  const after = await placesOf()
  const escaped = note.replace('&', '&amp;')
  expect(after.map((place) => place.split(place.includes(escaped) ? escaped : note).length - 1)).toEqual(
    after.map(() => 1),
  )
  const [, story, day, topic, copy, , digest] = after
  const on = 'Corrected on Tuesday, 24 November 2026:'
  for (const page of [story, day, topic]) expect(page).toContain(`<b>${on}</b> ${escaped} (wire)`)
  expect(copy).toContain(`Corrected on 2026-11-24, the report “${plantHit.title}”: ${escaped}`)
  expect(digest).toContain(`== Corrections of reports in this mail == - ${on} ${note} wire: ${plantHit.title}`)
  expect(digest).toMatch(/Infrastructure strikes · New · Corrected/)
  const other = await (await pagesOf(app).get(`/stories/${await storyOf(app, depotBurns)}`)).text()
  expect(other).not.toContain('Corrected on')
})
