import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { maxNewsEdits } from '../../src/reading/rules/edits/edit-limits.ts'
import { john, mira, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { composeOn, fewer, higher, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, feedServer: true })
})
afterEach(() => app.close())

/** Follows all topics by alerts alone. */
const alertOnly = { ...olena, email: 'alert@example.org', cadence: 'alert' as const }

describe('an alert', () => {
  test('tells what is new in an edit, once', async () => {
    await welcomed(app, john)
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    await report(app, 'one', [guarantee, strike])
    await Promise.all([raiseAlerts(app), raiseAlerts(app)])
    expect(await raiseAlerts(app)).toBe(0)
    const [, second, ...others] = await newsTo(app, john)
    expect(others).toEqual([])
    expect(second!.subject).toMatch(/^Partner states/)
    expect(second!.text).not.toContain('substation')
  })

  test('is not sent for a typo, for quotation marks or for another order', async () => {
    await welcomed(app, john)
    await report(app, 'one', [strike, guarantee])
    await raiseAlerts(app)
    await report(app, 'one', [guarantee.replace('binding', '“binding”'), strike.replace('substation', 'substaton')])
    expect(await raiseAlerts(app)).toBe(0)
  })

  test('corrects an alert at once, for those who had it', async () => {
    await welcomed(app, alertOnly, mira)
    await report(app, 'one', [flight])
    await raiseAlerts(app)
    await join(app, { ...alertOnly, email: 'newer@example.org' })
    await report(app, 'one', [fewer])
    await Promise.all([raiseAlerts(app), raiseAlerts(app), raiseAlerts(app)])
    const [, corrected, ...others] = await newsTo(app, alertOnly)
    expect(others).toEqual([])
    expect(corrected!.subject).toBe(`Corrected: ${fewer}`)
    expect(corrected!.text).toContain(`We told you: "${flight}"`)
    const [toNewer, ...more] = await newsTo(app, { email: 'newer@example.org' })
    expect(more).toEqual([])
    expect(toNewer!.subject).toBe(fewer.slice(0, -1))
    expect(toNewer!.text).not.toContain('Four thousand')
    await composeOn(app, 24)
    expect((await newsTo(app, mira)).map(({ text }) => text.includes('Corrected'))).toEqual([false])
  })

  test('says what was withdrawn, and once in any mail', async () => {
    await welcomed(app, alertOnly, { ...olena, email: alertOnly.email })
    await report(app, 'one', [strike, flight])
    await raiseAlerts(app)
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    await composeOn(app, 24)
    const [, withdrawn, digest, ...others] = await newsTo(app, alertOnly)
    expect(others).toEqual([])
    expect(withdrawn!.subject).toMatch(/^Corrected: no longer in the report: “Four thousand/)
    expect(digest!.text).not.toContain('displaced')
    expect(digest!.text).toContain('CONTINUING, AND FROM EARLIER - Drones struck a substation')
  })

  test('and a correction are one mail, and the digest after repeats neither', async () => {
    await welcomed(app, alertOnly, { ...olena, email: alertOnly.email })
    await report(app, 'one', [flight])
    await raiseAlerts(app)
    await report(app, 'one', [fewer, guarantee])
    await raiseAlerts(app)
    await composeOn(app, 24)
    const [, both, digest, ...others] = await newsTo(app, alertOnly)
    expect(others).toEqual([])
    expect(both!.subject).toBe(`Corrected: ${fewer} (+1 more)`)
    expect(both!.text).toContain(guarantee.slice(0, -1))
    expect(digest!.text).not.toContain('Changed since')
    expect(digest!.text).not.toContain('Four thousand')
    expect(digest!.text).toContain(fewer.slice(0, -1))
  })

  test('updates a figure that rose, without the old one', async () => {
    await welcomed(app, john)
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    await report(app, 'one', [higher])
    await raiseAlerts(app)
    expect(await raiseAlerts(app)).toBe(0)
    const [, second, ...others] = await newsTo(app, john)
    expect(others).toEqual([])
    expect(second!.subject).toMatch(/^Update: Drones/)
    expect(second!.text).toContain(higher.slice(0, -1))
    expect(second!.text).not.toContain('thirty thousand')
  })

  test('interrupts for so many edits of a report within a day, and the digest has the rest', async () => {
    await welcomed(app, john, { ...olena, email: john.email })
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    for (let minute = 1; minute <= 40; minute++) {
      app.clock.later({ minutes: 1 })
      await report(app, 'one', [strike.replace('thirty', String(30 + minute))])
      await raiseAlerts(app)
    }
    expect(await newsTo(app, john)).toHaveLength(1 + maxNewsEdits)
    await composeOn(app, 24)
    const digest = (await newsTo(app, john)).at(-1)!
    expect(digest.kind).toBe('daily')
    expect(digest.text).toContain('70 thousand homes')
    expect(digest.text).not.toContain('69 thousand')
    app.clock.later({ hours: 8 })
    await raiseAlerts(app)
    expect((await newsTo(app, john)).at(-1)).toEqual(digest)
  }, 120_000)

  test('tells once, a day later, what many edits brought, unless a digest did', async () => {
    const both = { ...alertOnly, email: 'both@example.org' }
    await welcomed(app, john, both, { ...olena, email: both.email })
    const ports = 'Alma Brod Cetin Dovre Essen Farsund Gavle Hamar Ilok Jelsa'.split(' ')
    const lines = Array.from({ length: maxNewsEdits + 3 }, (_, n) =>
      strike.replace('river port', `port of ${ports[n]}`),
    )
    for (const [n] of lines.entries()) {
      await report(app, 'one', lines.slice(0, n + 1))
      await raiseAlerts(app)
      app.clock.later({ minutes: 1 })
    }
    expect(await newsTo(app, john)).toHaveLength(1 + maxNewsEdits)
    await composeOn(app, 24)
    await join(app, { ...john, email: 'newer@example.com' })
    app.clock.later({ hours: 12 })
    expect(await raiseAlerts(app)).toBe(1)
    expect(await raiseAlerts(app)).toBe(0)
    const last = (await newsTo(app, john)).at(-1)!
    const words = last.text.replace(/\s+/g, ' ')
    const isTold = (line: string) => words.includes(line.replace(/\.$/, ''))
    expect(lines.map(isTold)).toEqual(lines.map((_, n) => n > maxNewsEdits))
    expect((await newsTo(app, both)).at(-1)!.kind).toBe('daily')
  })

  test('says nothing when the report says again what was alerted', async () => {
    await welcomed(app, alertOnly)
    await report(app, 'one', [flight])
    await raiseAlerts(app)
    await report(app, 'one', [fewer])
    await report(app, 'one', [flight])
    expect(await raiseAlerts(app)).toBe(0)
  })

  test('tells the last of many edits a day later to readers of alerts alone', async () => {
    await welcomed(app, john)
    await report(app, 'one', [strike])
    await raiseAlerts(app)
    for (let minute = 1; minute <= maxNewsEdits + 3; minute++) {
      app.clock.later({ minutes: 1 })
      await report(app, 'one', [strike.replace('thirty', String(30 + minute))])
      await raiseAlerts(app)
    }
    app.clock.later({ hours: 24 })
    await raiseAlerts(app)
    const mails = await newsTo(app, john)
    expect(mails).toHaveLength(2 + maxNewsEdits)
    expect(mails.at(-1)!.text).toContain(`${30 + maxNewsEdits + 3} thousand homes`)
  })
})

test('a revision that is read after a newer one brings no news', async () => {
  await welcomed(app, john)
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
