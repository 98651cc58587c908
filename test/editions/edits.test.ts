import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { oneLine } from '../../src/platform/text/shorten.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { maxNewsEdits } from '../../src/reading/rules/edits/edit-limits.ts'
import { rssOf } from '../parsing/entries.ts'
import { insertFeedAt, pollAgain } from '../support/feeds.ts'
import { john, mira, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, feedServer: true })
})
afterEach(() => app.close())

/** Confirms readers and creates their welcome digests, so that what comes next is news. */
async function welcomed(...readers: (typeof olena)[]): Promise<void> {
  await join(app, ...readers)
  await welcomeNewcomers(app)
}

type Mail = { kind: string; subject: string; text: string }

/** The alerts and digests to a reader, oldest first; the welcome digest is left out. */
async function mailsTo({ email }: { email: string }): Promise<Mail[]> {
  const rows = await app.db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select(['e.kind', 'e.subject', 'e.text', 'e.html'])
    .where('p.email', '=', email)
    .where('e.kind', '!=', 'welcome')
    .orderBy('d.id')
    .execute()
  return rows.map(({ kind, subject, text }) => ({ kind, subject, text: oneLine(text) }))
}

/** Composes the digests of a day in November at seven o'clock in Kyiv and Warsaw. */
async function digestsOf(day: number): Promise<void> {
  app.clock.at(`2026-11-${day}T06:00:00Z`)
  await composeDigests(app)
}

const fewer = flight.replace('Four thousand', 'Four hundred')
const higher = strike.replace('thirty thousand', 'forty thousand')
const alertOnly = { ...olena, email: 'alert@example.org', cadence: 'alert' as const }

describe('a digest', () => {
  test('tells the newest figure when the report was corrected before', async () => {
    await welcomed(mira)
    await report(app, 'one', [flight])
    await report(app, 'one', [fewer])
    await digestsOf(24)
    const [digest, ...others] = await mailsTo(mira)
    expect(others).toEqual([])
    expect(digest!.text).toContain(fewer)
    expect(digest!.text).not.toContain('Four thousand')
    expect(digest!.text).not.toContain('Corrected')
  })

  test('also when the correction is read after the slot was opened: then the next digest tells it', async () => {
    await welcomed(mira)
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
    await digestsOf(24)
    expect(await mailsTo(mira)).toEqual([])
    await digestsOf(25)
    expect((await mailsTo(mira)).map(({ text }) => text.includes(fewer))).toEqual([true])
  })

  test('leaves out what was withdrawn before', async () => {
    await welcomed(olena)
    await report(app, 'one', [strike, flight])
    await report(app, 'one', [strike])
    await digestsOf(24)
    const [digest] = await mailsTo(olena)
    expect(digest!.text).toContain(strike)
    expect(digest!.text).not.toContain('displaced')
  })

  test('has the words of now, once, when only the typography changed', async () => {
    await welcomed(mira)
    const curly = flight.replace('border district', '“border” district')
    await report(app, 'one', [flight.replace('border district', '"border" district')])
    await report(app, 'one', [curly])
    await digestsOf(24)
    await digestsOf(25)
    const mails = await mailsTo(mira)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.text).toContain('“border”')
  })

  test('tells once what is new in an edit, and not what stayed', async () => {
    await welcomed(olena)
    await report(app, 'one', [strike])
    await digestsOf(24)
    await report(app, 'one', [flight, strike, guarantee])
    await digestsOf(25)
    await digestsOf(26)
    const [, second, ...others] = await mailsTo(olena)
    expect(others).toEqual([])
    expect(second!.text).toContain(flight)
    expect(second!.text).toContain(guarantee)
    expect(second!.text).not.toContain(strike)
    expect(second!.text).not.toContain('Changed since')
  })

  test('corrects a figure for exactly those who had it, once, and tells others the figure of now', async () => {
    await welcomed(mira)
    await report(app, 'one', [flight])
    await digestsOf(24)
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
    await digestsOf(25)
    await digestsOf(26)
    const [, corrected, ...others] = await mailsTo(mira)
    expect(others).toEqual([])
    expect(corrected!.subject).toBe('Daily digest, Wed 25 Nov: 1 change')
    expect(corrected!.text).toContain(`Corrected: ${fewer} We told you: "${flight}" River Desk`)
    expect(corrected!.text).toContain('https://desk.example/one')
    const [toLate, ...more] = await mailsTo(late)
    expect(more).toEqual([])
    expect(toLate!.text).toContain(fewer)
    expect(toLate!.text).not.toContain('Four thousand')
    expect(toLate!.text).not.toContain('Corrected')
  })

  test('says what was withdrawn to those who had it, once', async () => {
    await welcomed(olena)
    await report(app, 'one', [strike, flight])
    await digestsOf(24)
    await report(app, 'one', [strike])
    await digestsOf(25)
    await digestsOf(26)
    const [, corrected, ...others] = await mailsTo(olena)
    expect(others).toEqual([])
    expect(corrected!.text).toContain(`Corrected: the report no longer says this. We told you: "${flight}"`)
    expect(corrected!.text).not.toContain(strike)
  })

  test('says nothing when the report says again what its reader was told', async () => {
    await welcomed(mira)
    await report(app, 'one', [flight])
    await digestsOf(24)
    await report(app, 'one', [fewer])
    await report(app, 'one', [flight])
    await digestsOf(25)
    expect(await mailsTo(mira)).toHaveLength(1)
  })

  test('compares with what the reader was told, not with the version in between', async () => {
    await welcomed(mira)
    await report(app, 'one', [flight])
    await digestsOf(24)
    await report(app, 'one', [flight.replace('Four', 'Nine')])
    await report(app, 'one', [fewer])
    await digestsOf(25)
    await report(app, 'one', [fewer.replace('hundred', 'dozen')])
    await digestsOf(26)
    const [, second, third] = await mailsTo(mira)
    expect(second!.text).toContain(`Corrected: ${fewer} We told you: "${flight}"`)
    expect(second!.text).not.toContain('Nine')
    expect(third!.text).toContain(`We told you: "${fewer}"`)
  })

  test('is the same for all workers at once', async () => {
    await welcomed(mira, { ...mira, email: 'twin@example.net' })
    await report(app, 'one', [flight])
    await digestsOf(24)
    await report(app, 'one', [fewer])
    app.clock.at('2026-11-25T06:00:00Z')
    await Promise.all(Array.from({ length: 5 }, () => composeDigests(app)))
    expect(await mailsTo(mira)).toHaveLength(2)
    expect(await mailsTo({ email: 'twin@example.net' })).toHaveLength(2)
  })
})

describe('an alert', () => {
  test('tells what is new in an edit, once', async () => {
    await welcomed(john)
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    await report(app, 'one', [guarantee, strike])
    await Promise.all([raiseAlerts(app), raiseAlerts(app)])
    expect(await raiseAlerts(app)).toBe(0)
    const [, second, ...others] = await mailsTo(john)
    expect(others).toEqual([])
    expect(second!.subject).toMatch(/^Alert: Partner states/)
    expect(second!.text).not.toContain('substation')
  })

  test('is not sent for a typo, for quotation marks or for another order', async () => {
    await welcomed(john)
    await report(app, 'one', [strike, guarantee])
    await raiseAlerts(app)
    await report(app, 'one', [guarantee.replace('binding', '“binding”'), strike.replace('substation', 'substaton')])
    expect(await raiseAlerts(app)).toBe(0)
  })

  test('corrects an alert at once, for those who had it', async () => {
    await welcomed(alertOnly, mira)
    await report(app, 'one', [flight])
    await raiseAlerts(app)
    await join(app, { ...alertOnly, email: 'newer@example.org' })
    await report(app, 'one', [fewer])
    await Promise.all([raiseAlerts(app), raiseAlerts(app), raiseAlerts(app)])
    const [, corrected, ...others] = await mailsTo(alertOnly)
    expect(others).toEqual([])
    expect(corrected!.subject).toBe(`Corrected: ${fewer}`)
    expect(corrected!.text).toContain(`We told you: "${flight}"`)
    const [toNewer, ...more] = await mailsTo({ email: 'newer@example.org' })
    expect(more).toEqual([])
    expect(toNewer!.subject).toBe(`Alert: ${fewer}`)
    expect(toNewer!.text).not.toContain('Four thousand')
    await digestsOf(24)
    expect((await mailsTo(mira)).map(({ text }) => text.includes('Corrected'))).toEqual([false])
  })

  test('says what was withdrawn, and once in any mail', async () => {
    await welcomed(alertOnly, { ...olena, email: alertOnly.email })
    await report(app, 'one', [strike, flight])
    await raiseAlerts(app)
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    await digestsOf(24)
    const [, withdrawn, digest, ...others] = await mailsTo(alertOnly)
    expect(others).toEqual([])
    expect(withdrawn!.subject).toMatch(/^Corrected: no longer in the report: “Four thousand/)
    expect(digest!.text).not.toContain('displaced')
    expect(digest!.text).toContain('Already sent to you as alerts')
  })

  test('and a correction are one mail, and the digest after repeats neither', async () => {
    await welcomed(alertOnly, { ...olena, email: alertOnly.email })
    await report(app, 'one', [flight])
    await raiseAlerts(app)
    await report(app, 'one', [fewer, guarantee])
    await raiseAlerts(app)
    await digestsOf(24)
    const [, both, digest, ...others] = await mailsTo(alertOnly)
    expect(others).toEqual([])
    expect(both!.subject).toBe(`Corrected: ${fewer} (+1 more takeaway)`)
    expect(both!.text).toContain(guarantee)
    expect(digest!.text).not.toContain('Changed since')
    expect(digest!.text).not.toContain('Four thousand')
    expect(digest!.text).toContain(fewer)
  })

  test('updates a figure that rose, without the old one', async () => {
    await welcomed(john)
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    await report(app, 'one', [higher])
    await raiseAlerts(app)
    expect(await raiseAlerts(app)).toBe(0)
    const [, second, ...others] = await mailsTo(john)
    expect(others).toEqual([])
    expect(second!.subject).toMatch(/^Updated: Drones/)
    expect(second!.text).toContain(higher)
    expect(second!.text).not.toContain('thirty thousand')
  })

  test('interrupts for so many edits of a report within a day, and the digest has the rest', async () => {
    await welcomed(john, { ...olena, email: john.email })
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    for (let minute = 1; minute <= 40; minute++) {
      app.clock.later({ minutes: 1 })
      await report(app, 'one', [strike.replace('thirty', String(30 + minute))])
      await raiseAlerts(app)
    }
    expect(await mailsTo(john)).toHaveLength(1 + maxNewsEdits)
    await digestsOf(24)
    const digest = (await mailsTo(john)).at(-1)!
    expect(digest.kind).toBe('daily')
    expect(digest.text).toContain('70 thousand homes')
    expect(digest.text).not.toContain('69 thousand')
    app.clock.later({ hours: 8 })
    await raiseAlerts(app)
    expect((await mailsTo(john)).at(-1)).toEqual(digest)
  }, 120_000)

  test('tells the last of many edits a day later to readers of alerts alone', async () => {
    await welcomed(john)
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    for (let minute = 1; minute <= maxNewsEdits + 3; minute++) {
      app.clock.later({ minutes: 1 })
      await report(app, 'one', [strike.replace('thirty', String(30 + minute))])
      await raiseAlerts(app)
    }
    app.clock.later({ hours: 24 })
    await raiseAlerts(app)
    const mails = await mailsTo(john)
    expect(mails).toHaveLength(2 + maxNewsEdits)
    expect(mails.at(-1)!.text).toContain(`${30 + maxNewsEdits + 3} thousand homes`)
  })
})

describe('a live page', () => {
  const versions = [
    [
      'Three killed in drone strikes on two power plants',
      'Drones hit the turbine hall of the power plant of Dara, the mayor said.',
    ],
    [
      'Four killed in drone strikes on two power plants',
      'Drones hit the turbine hall of the power plant of Dara, the mayor said.',
    ],
    [
      'Oil depot of Lorn burns after missile attack',
      'Missiles struck the oil depot of Lorn, and "nobody was hurt" there.',
    ],
    [
      'Oil depot of Lorn burns after missile attack',
      'Missiles struck the oil depot of Lorn, and “nobody was hurt” there.',
    ],
  ] as const

  test('that moves on to other news tells each event once, and withdraws nothing', async () => {
    await welcomed(john)
    const url = await insertFeedAt(app, '/live')
    app.feedServer.set('/live', { body: rssOf([]) })
    await pollDueFeeds(app)
    for (const [title, text] of versions) {
      app.feedServer.set('/live', { body: rssOf([{ id: 'live', title, text }]) })
      await pollAgain(app, url)
      await readRevisions(app)
      await raiseAlerts(app)
    }
    const mails = await mailsTo(john)
    expect(mails.every(({ subject, text }) => !/Corrected/.test(subject + text))).toBe(true)
    expect(mails.filter(({ text }) => text.includes('turbine hall'))).toHaveLength(1)
    expect(mails.filter(({ text }) => text.includes('oil depot'))).toHaveLength(1)
    expect(mails.at(-1)!.text).toContain('Oil depot of Lorn burns')
  })

  test('that grows in place sends only what is new', async () => {
    await welcomed(john)
    const url = await insertFeedAt(app, '/flash')
    const body = (...items: string[]) =>
      rssOf([
        {
          id: 'flash',
          text: `&lt;h3&gt;Highlights&lt;/h3&gt;&lt;ul&gt;${items.map((each) => `&lt;li&gt;${each}&lt;/li&gt;`).join('')}&lt;/ul&gt;`,
        },
      ])
    app.feedServer.set('/flash', { body: body(strike) })
    await pollDueFeeds(app)
    await readRevisions(app)
    await raiseAlerts(app)
    app.feedServer.set('/flash', { body: body(strike, guarantee) })
    await pollAgain(app, url)
    await readRevisions(app)
    await raiseAlerts(app)
    const told = await mailsTo(john)
    expect(told.map(({ text }) => [text.includes(strike), text.includes(guarantee)])).toEqual([[false, true]])
  })
})

test('a revision that is read after a newer one brings no news', async () => {
  await welcomed(john)
  await report(app, 'one', [strike])
  await app.db.updateTable('revisions').set({ state: 'unread', attempts: 0 }).execute()
  const [first] = await app.db.selectFrom('revisions').selectAll().execute()
  await app.db.deleteFrom('takeaways').execute()
  await app.db.deleteFrom('passages').execute()
  await app.db
    .insertInto('revisions')
    .values({
      ...{ item_id: first!.item_id, n: 2, content_hash: 'x', title: first!.title, state: 'read', text: higher },
      ...{ html: `<p>${higher}</p>`, due_at: app.now(), saved_at: app.now() },
    })
    .execute()
  await readRevisions(app)
  expect(await raiseAlerts(app)).toBe(0)
})
