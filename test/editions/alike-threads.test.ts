import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { placeClaims } from '../../src/stories/place-claims.ts'
import { addStory } from '../../src/stories/store/stories.ts'
import { john } from '../support/people.ts'
import { report } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const first = 'Drones struck a substation in Odesa and cut power to the river port.'
const again = 'A strike destroyed the transformer hall of a substation in Odesa.'

/** Puts the last claim into a story and a thread of its own, whose claims are alike to others or not. */
async function setApart(isAlike: boolean): Promise<void> {
  await app.db.transaction().execute(async (tx) => {
    const story = await addStory(tx)
    await sql`update story_claims set story_id = ${story} where wording = (select max(wording) from story_claims)`.execute(
      tx,
    )
    await sql`delete from story_links`.execute(tx)
    if (!isAlike) return
    await sql`insert into story_links (wording, other, likeness, why)
      select min(wording), max(wording), 0.05, '{}' from story_claims`.execute(tx)
  })
}

test.each([
  [true, 1],
  [false, 2],
])('an attack that another thread told is alerted again only where no claim is alike (%s)', async (isAlike, mails) => {
  await welcomed(app, john)
  await report(app, 'one', [first])
  await raiseAlerts(app)
  app.clock.later({ hours: 2 })
  await report(app, 'two', [again])
  await placeClaims(app)
  await setApart(isAlike)
  await raiseAlerts(app)
  expect(await newsTo(app, john)).toHaveLength(mails)
})
