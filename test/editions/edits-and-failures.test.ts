import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { releaseHeld } from '../../src/feeds/store/held.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { mira, olena } from '../support/people.ts'
import { flight, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { composeOn, fewer, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const alertOnly = { ...olena, email: 'alert@example.org', cadence: 'alert' as const }

/** Makes the database refuse new rows of a table while `work` runs. */
async function refusing(table: string, work: () => Promise<unknown>): Promise<void> {
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$`.execute(
    app.db,
  )
  await sql`create trigger refuse before insert on ${sql.table(table)} for each row execute function refuse()`.execute(
    app.db,
  )
  await work()
  await sql`drop function refuse cascade`.execute(app.db)
}

test('a correction whose mails could not be saved is told by the next run, once', async () => {
  await welcomed(app, alertOnly, mira)
  await report(app, 'one', [flight])
  await raiseAlerts(app)
  await composeOn(app, 24)
  await report(app, 'one', [fewer])
  await refusing('deliveries', async () => {
    await expect(raiseAlerts(app)).rejects.toThrow('disk full')
    app.clock.at('2026-11-25T06:00:00Z')
    await expect(composeDigests(app)).rejects.toThrow('disk full')
  })
  await raiseAlerts(app)
  await raiseAlerts(app)
  await composeOn(app, 25)
  const toldTwice = [await newsTo(app, alertOnly), await newsTo(app, mira)]
  expect(toldTwice.map((mails) => mails.map(({ text }) => text.includes('Corrected:')))).toEqual([
    [false, true],
    [false, true],
  ])
})

test('an edit whose reading could not be saved changes nothing until it is read again', async () => {
  await welcomed(app, mira)
  await report(app, 'one', [flight])
  await refusing('matches', () => report(app, 'one', [fewer]))
  const current = app.db.selectFrom('takeaways').select('text').where('current', '=', true)
  expect(await current.execute()).toEqual([{ text: flight }])
  app.clock.later({ minutes: 6 })
  await readRevisions(app)
  expect(await current.execute()).toEqual([{ text: fewer }])
  await composeOn(app, 24)
  expect(
    (await newsTo(app, mira)).map(({ text }) => [text.includes(fewer.slice(0, -1)), text.includes('Corrected')]),
  ).toEqual([[true, false]])
})

test('a digest waits for a correction that came before its slot and is not read yet', async () => {
  await welcomed(app, mira)
  await report(app, 'one', [flight])
  await app.db
    .insertInto('revisions')
    .columns(['item_id', 'n', 'content_hash', 'title', 'html', 'state', 'due_at', 'saved_at'])
    .expression((eb) =>
      eb
        .selectFrom('revisions')
        .select((of) => [
          'item_id',
          of.val(2).as('n'),
          of.val('later').as('content_hash'),
          'title',
          of.val(`<p>${fewer}</p>`).as('html'),
          of.val('unread' as const).as('state'),
          'due_at',
          'saved_at',
        ]),
    )
    .execute()
  await composeOn(app, 24)
  expect(await newsTo(app, mira)).toEqual([])
  await readRevisions(app)
  expect(await composeDigests(app)).toBe(1)
  expect((await newsTo(app, mira))[0]!.text).toContain(fewer.slice(0, -1))
})

test('what an admin skipped is neither news nor a correction', async () => {
  await welcomed(app, alertOnly)
  await report(app, 'one', [flight])
  await raiseAlerts(app)
  const { id, url } = await app.db.selectFrom('feeds').select(['id', 'url']).executeTakeFirstOrThrow()
  await app.db.updateTable('feeds').set({ state: 'held' }).where('id', '=', id).execute()
  await sql`create function hold() returns trigger language plpgsql as $$
    begin new.state := 'held'; return new; end $$`.execute(app.db)
  await sql`create trigger hold before insert on revisions for each row execute function hold()`.execute(app.db)
  await report(app, 'one', [fewer, strike])
  await app.db.transaction().execute((tx) => releaseHeld(tx, url, { skipped: true, now: app.now() }))
  expect(await readRevisions(app)).toBe(1)
  expect(await raiseAlerts(app)).toBe(0)
})

test('a weekly digest sums up, and corrects only what its reader was told', async () => {
  const weekly = { ...mira, cadence: 'weekly' as const }
  await welcomed(app, weekly, mira)
  await report(app, 'one', [flight])
  await composeOn(app, 24)
  await report(app, 'one', [fewer])
  await composeOn(app, 25)
  await report(app, 'two', [flight.replace('district', 'villages')])
  app.clock.at('2026-11-30T06:00:00Z')
  await composeDigests(app)
  const mails = await newsTo(app, mira)
  const summary = mails.find(({ kind }) => kind === 'weekly')!
  expect(summary.text).toContain(fewer.slice(0, -1))
  expect(summary.text).not.toContain('Corrected')
  expect(mails.filter(({ text }) => text.includes('Corrected'))).toHaveLength(1)
})
