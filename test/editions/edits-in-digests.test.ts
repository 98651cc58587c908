import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { mira, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { composeOn, fewer, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, feedServer: true })
})
afterEach(() => app.close())

/** The mail has the newest figure, and no word of the one before. */
function tellsFewerOnly({ text }: { text: string }): void {
  expect(text).toContain(fewer.slice(0, -1))
  expect(text).not.toContain('Four thousand')
  expect(text).not.toContain('Corrected')
}

describe('a digest', () => {
  test('tells the newest figure when the report was corrected before', async () => {
    await welcomed(app, mira)
    await report(app, 'one', [flight])
    await report(app, 'one', [fewer])
    await composeOn(app, 24)
    const [digest, ...others] = await newsTo(app, mira)
    expect(others).toEqual([])
    tellsFewerOnly(digest!)
  })

  test('also when the correction is read after the slot was opened: then the next digest tells it', async () => {
    await welcomed(app, mira)
    await report(app, 'one', [flight])
    await app.db
      .insertInto('slots')
      .values({
        ...{ cadence: 'daily', local_time: '07:00', zone: 'Europe/Warsaw', civil_date: '2026-11-24', state: 'open' },
        due_at: Temporal.Instant.from('2026-11-24T06:00:00Z'),
        to_position: 1,
      })
      .execute()
    await raiseAlerts(app)
    await report(app, 'one', [fewer])
    await composeOn(app, 24)
    expect(await newsTo(app, mira)).toEqual([])
    await composeOn(app, 25)
    expect((await newsTo(app, mira)).map(({ text }) => text.includes(fewer.slice(0, -1)))).toEqual([true])
  })

  test('leaves out what was withdrawn before', async () => {
    await welcomed(app, olena)
    await report(app, 'one', [strike, flight])
    await report(app, 'one', [strike])
    await composeOn(app, 24)
    const [digest] = await newsTo(app, olena)
    expect(digest!.text).toContain(strike.slice(0, -1))
    expect(digest!.text).not.toContain('displaced')
  })

  test('has the words of now, once, when only the typography changed', async () => {
    await welcomed(app, mira)
    const curly = flight.replace('border district', '“border” district')
    await report(app, 'one', [flight.replace('border district', '"border" district')])
    await report(app, 'one', [curly])
    await composeOn(app, 24)
    await composeOn(app, 25)
    const mails = await newsTo(app, mira)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.text).toContain('“border”')
  })

  test('tells once what is new in an edit, and not what stayed', async () => {
    await welcomed(app, olena)
    await report(app, 'one', [strike])
    await composeOn(app, 24)
    await report(app, 'one', [flight, strike, guarantee])
    await composeOn(app, 25)
    await composeOn(app, 26)
    const [, second, ...others] = await newsTo(app, olena)
    expect(others).toEqual([])
    expect(second!.text).toContain(flight.slice(0, -1))
    expect(second!.text).toContain(guarantee.slice(0, -1))
    expect(second!.text).not.toContain(strike.slice(0, -1))
    expect(second!.text).not.toContain('Changed since')
  })

  test('corrects a figure for exactly those who had it, once, and tells others the figure of now', async () => {
    await welcomed(app, mira)
    await report(app, 'one', [flight])
    await composeOn(app, 24)
    const late = { ...mira, email: 'late@example.net' }
    await join(app, late)
    await app.db
      .insertInto('windows')
      .columns(['subscription_id', 'kind', 'civil_date', 'from_position', 'to_position', 'reason'])
      .expression((eb) =>
        eb
          .selectFrom('subscriptions as s')
          .innerJoin('subscribers as p', 'p.id', 's.subscriber_id')
          .select((of) => [
            's.id',
            of.val('welcome' as const).as('kind'),
            of.val('2026-11-24').as('civil_date'),
            of.val(0).as('from_position'),
            of.val(1).as('to_position'),
            of.val('no welcome').as('reason'),
          ])
          .where('p.email', '=', late.email),
      )
      .execute()
    await report(app, 'one', [fewer])
    await composeOn(app, 25)
    await composeOn(app, 26)
    const [, corrected, ...others] = await newsTo(app, mira)
    expect(others).toEqual([])
    expect(corrected!.subject).toMatch(/^Corrected: Four hundred people were displaced/)
    expect(corrected!.text).toContain(`Corrected: ${fewer} We told you: "${flight}" River Desk`)
    expect(corrected!.text).toContain('https://desk.example/one')
    const [toLate, ...more] = await newsTo(app, late)
    expect(more).toEqual([])
    tellsFewerOnly(toLate!)
  })

  test('says what was withdrawn to those who had it, once', async () => {
    await welcomed(app, olena)
    await report(app, 'one', [strike, flight])
    await composeOn(app, 24)
    await report(app, 'one', [strike])
    await composeOn(app, 25)
    await composeOn(app, 26)
    const [, corrected, ...others] = await newsTo(app, olena)
    expect(others).toEqual([])
    expect(corrected!.text).toContain(`Corrected: the report no longer says this. We told you: "${flight}"`)
    expect(corrected!.text).not.toContain(strike.slice(0, -1))
  })

  test('says nothing when the report says again what its reader was told', async () => {
    await welcomed(app, mira)
    await report(app, 'one', [flight])
    await composeOn(app, 24)
    await report(app, 'one', [fewer])
    await report(app, 'one', [flight])
    await composeOn(app, 25)
    expect(await newsTo(app, mira)).toHaveLength(1)
  })

  test('compares with what the reader was told, not with the version in between', async () => {
    await welcomed(app, mira)
    await report(app, 'one', [flight])
    await composeOn(app, 24)
    await report(app, 'one', [flight.replace('Four', 'Nine')])
    await report(app, 'one', [fewer])
    await composeOn(app, 25)
    await report(app, 'one', [fewer.replace('hundred', 'dozen')])
    await composeOn(app, 26)
    const [, second, third] = await newsTo(app, mira)
    expect(second!.text).toContain(`Corrected: ${fewer} We told you: "${flight}"`)
    expect(second!.text).not.toContain('Nine')
    expect(third!.text).toContain(`We told you: "${fewer}"`)
  })

  test('is the same for all workers at once', async () => {
    await welcomed(app, mira, { ...mira, email: 'twin@example.net' })
    await report(app, 'one', [flight])
    await composeOn(app, 24)
    await report(app, 'one', [fewer])
    app.clock.at('2026-11-25T06:00:00Z')
    await Promise.all(Array.from({ length: 5 }, () => composeDigests(app)))
    expect(await newsTo(app, mira)).toHaveLength(2)
    expect(await newsTo(app, { email: 'twin@example.net' })).toHaveLength(2)
  })
})
