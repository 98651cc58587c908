import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listAudit, verifyAudit } from '../../src/platform/audit/audit.ts'
import { openImportFile } from '../../src/readers/import-file.ts'
import { importSubscribers } from '../../src/readers/import-subscribers.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { listSubscribers } from '../../src/readers/store/subscribers.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { importText, withFile } from '../support/import-file.ts'
import { john, mira, network, olena, taras } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { join, joinAndLeave, kindsTo, readerOf, suppressAddress } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const emails = async () => (await listSubscribers(app.db, { limit: 99 })).map(({ email }) => email)
const consented = { defaults: { consentSource: 'List at the door', consentDate: '2026-11-03' } }

describe('an import of a spreadsheet', () => {
  const spreadsheet = [
    '\ufeffE-Mail;Name;Consent source;Consent date',
    'anna@example.org;"Berg; Anna";Fair in Lviv;3.11.2026',
    'BORYS@EXAMPLE.ORG;"Borys ""Bo"" K.";Fair in Lviv;2026-11-03',
    ';;;',
    '',
    'borys@example.org;Borys;Fair in Lviv;2026-11-03',
    'not an address;X;Fair in Lviv;2026-11-03',
    ';Nobody;Fair in Lviv;2026-11-03',
    'two@@example.org;X;Fair in Lviv;2026-11-03',
    'olena@example.org;Olena;Fair in Lviv;2026-11-03',
    'Taras@example.org;Taras;Fair in Lviv;2026-11-03',
    'mira@example.net;Mira;Fair in Lviv;2026-11-03',
    'dmytro@example.org;Dmytro;;',
    'half@example.org;Half;Fair in Lviv;',
  ].join('\r\n')

  beforeEach(async () => {
    await join(app, olena)
    await joinAndLeave(app, taras)
    await suppressAddress(app, mira.email)
  })

  const outcomes = {
    active: 2,
    pending: 1,
    known: 1,
    duplicate: 1,
    gone: 1,
    inactive: 0,
    suppressed: 1,
    erased: 0,
    bad: 4,
  }

  test.each([true, false])('tells every line apart, with its number (dry run: %s)', async (dryRun) => {
    const before = await emails()
    const { notTaken, ...summary } = await importText(app, spreadsheet, { dryRun })
    expect(summary).toMatchObject({ lines: 11, outcomes, delimiter: ';', ignoredColumns: ['Name'], resumedAfter: null })
    expect(notTaken.map(({ line, outcome }) => [line, outcome])).toEqual([
      [6, 'duplicate'],
      [7, 'bad'],
      [8, 'bad'],
      [9, 'bad'],
      [10, 'known'],
      [11, 'gone'],
      [12, 'suppressed'],
      [14, 'bad'],
    ])
    expect(notTaken[1]!.reason).toMatch(/^email: Give one mail address/)
    expect(notTaken.at(-1)!.reason).toBe('consent date: say when the reader agreed, beside the source.')
    const added = ['anna@example.org', 'borys@example.org', 'dmytro@example.org']
    expect(await emails()).toEqual(dryRun ? before : [...before, ...added])
  })

  test('keeps the source and the date of each consent, and mails no confirmation where there is one', async () => {
    await importText(app, spreadsheet)
    const { id, state, subscriptions, written_email } = await readerOf(app, 'borys@example.org')
    expect([state, subscriptions[0]!.state, written_email]).toEqual(['active', 'active', 'BORYS@example.org'])
    const [consent, ...others] = await consentsOf(app.db, id)
    expect(others).toEqual([])
    expect(consent).toMatchObject({ kind: 'given', source: 'Fair in Lviv' })
    expect(String(consent!.at)).toBe('2026-11-03T00:00:00Z')
    expect(consent!.text).toMatch(
      /^Imported on 2026-11-23 from line 3 of readers\.csv, with a consent of 2026-11-03\. Chosen: daily digest at 07:00 UTC on displacement\.$/,
    )
    expect(await kindsTo(app, 'borys@example.org')).toEqual([])
    expect(await kindsTo(app, 'dmytro@example.org')).toEqual(['confirmation'])
    expect((await readerOf(app, 'dmytro@example.org')).state).toBe('pending')
  })

  test('leaves those who unsubscribed as they are, also with a consent', async () => {
    await importText(app, spreadsheet)
    const { state, subscriptions } = await readerOf(app, taras.email)
    expect([state, ...subscriptions.map((one) => one.state)]).toEqual(['gone', 'ended'])
    expect(await kindsTo(app, taras.email)).toEqual([])
  })

  test('is in the audit log with its sums and without addresses', async () => {
    await importText(app, spreadsheet)
    const [end, begin] = await listAudit(app.db, { limit: 2 })
    expect(end).toMatchObject({ actor: 'cli', action: 'import subscribers', reason: 'From readers.csv.' })
    expect(end!.detail).toMatchObject({ counts: { active: 2, bad: 4 } })
    expect(begin).toMatchObject({ action: 'begin import of subscribers', subject: end!.subject })
    expect(JSON.stringify([end, begin])).not.toContain('@')
    expect(await verifyAudit(app.db, app.config.auditKeys)).toBeNull()
  })
})

describe('who is taken', () => {
  test('one who never confirmed is taken with a consent, and known without', async () => {
    await subscribe(app, john, network)
    const known = await importText(app, `email\n${john.email}`)
    expect(known.outcomes).toMatchObject({ known: 1, pending: 0 })
    const taken = await importText(app, `email\n${john.email}`, consented)
    expect(taken.outcomes).toMatchObject({ active: 1 })
    const { state, subscriptions } = await readerOf(app, john.email)
    expect([state, ...subscriptions.map((one) => `${one.cadence} ${one.state}`)]).toEqual([
      'active',
      'alert pending',
      'daily active',
    ])
  })

  test('one who left and asked again, but did not confirm, stays out', async () => {
    await joinAndLeave(app, taras)
    await subscribe(app, taras, network)
    expect((await importText(app, `email\n${taras.email}`, consented)).outcomes).toMatchObject({ gone: 1, active: 0 })
    expect((await readerOf(app, taras.email)).state).toBe('pending')
  })

  test('lines of one reader with different choices become several subscriptions, and a known reader gets none', async () => {
    await join(app, olena)
    const text =
      'email,topics,cadence\na@example.org,displacement,daily\nA@example.org,"displacement, infrastructure-strikes",daily\na@example.org,displacement,alert\nolena@example.org,displacement,alert'
    expect((await importText(app, text, consented)).outcomes).toMatchObject({ active: 3, known: 1 })
    const { subscriptions } = await readerOf(app, 'a@example.org')
    expect(subscriptions.map((one) => [one.cadence, one.ordinal, one.topics.length])).toEqual([
      ['alert', 0, 1],
      ['daily', 0, 1],
      ['daily', 1, 2],
    ])
    expect((await readerOf(app, olena.email)).subscriptions).toHaveLength(1)
  })

  test('lines that bring the same in another order, case or spacing are one subscription', async () => {
    const text = [
      'email;topics;cadence;weekday;places;languages;zone',
      'a@example.org;displacement, infrastructure-strikes;daily;1;"UA-63; UA";en, uk;Europe/Kyiv',
      'A@example.org;Infrastructure-Strikes,Displacement , displacement;Daily;3;Ukraine;uk,en;europe/kiev',
      'a@example.org;infrastructure-strikes;daily;1;UA;uk;Europe/Kyiv',
    ].join('\n')
    const { outcomes, notTaken } = await importText(app, text, consented)
    expect(outcomes).toMatchObject({ active: 2, duplicate: 1 })
    expect(notTaken.map(({ line }) => line)).toEqual([3])
  })

  test('one who waits for a confirmation of the same is confirmed by a consent, and has it once', async () => {
    const waiting = 'email,topics\na@example.org,"displacement, infrastructure-strikes"'
    await importText(app, waiting)
    const text = 'email,topics\na@example.org,"infrastructure-strikes, displacement"\na@example.org,displacement'
    expect((await importText(app, text, consented)).outcomes).toMatchObject({ active: 2, known: 0 })
    const { subscriptions, state } = await readerOf(app, 'a@example.org')
    expect(state).toBe('active')
    expect(subscriptions.map((one) => [one.state, one.topics.length])).toEqual([
      ['active', 2],
      ['active', 1],
    ])
  })

  test('who left by the file stays out, and who is pending by the file must confirm', async () => {
    const text =
      'email,state\na@example.org,unsubscribed\nb@example.org,bounced\nc@example.org,pending\nd@example.org,odd'
    const { outcomes } = await importText(app, text, consented)
    expect(outcomes).toMatchObject({ inactive: 1, suppressed: 1, pending: 1, bad: 1 })
    expect(await emails()).toEqual(['c@example.org'])
  })

  test('addresses are those that sign-up takes, and one reader has one spelling', async () => {
    const text = [
      'email',
      'anna+news@example.org',
      'Anna.Berg@Example.ORG',
      'anna.berg@example.org',
      'olena@пошта.укр',
      'olena@xn--80a1acn3a.xn--j1amh',
      'иван@почта.рф',
      "o'neil@example.org",
      '"""a b""@example.org"',
      ' \u200bOleh <oleh@example.org>\u00a0',
    ].join('\n')
    const { outcomes, notTaken, smtpUtf8 } = await importText(app, text, consented)
    expect(outcomes).toMatchObject({ active: 6, duplicate: 2, bad: 1 })
    expect(smtpUtf8).toEqual({ addresses: 1, lines: [7] })
    expect(notTaken.map(({ line }) => line)).toEqual([4, 6, 9])
    expect((await readerOf(app, 'ANNA.BERG@example.org')).written_email).toBe('Anna.Berg@example.org')
    expect((await readerOf(app, 'olena@пошта.укр')).email).toBe('olena@xn--80a1acn3a.xn--j1amh')
  })
})

describe('an import that was interrupted', () => {
  const count = 3_500
  const text = `email,consent_source,consent_date\n${Array.from({ length: count }, (_, n) => `reader${n}@example.org,${n % 2 ? 'door,2026-11-03' : ','}`).join('\n')}\nbad\nreader1@example.org,door,2026-11-03`

  test('goes on where it was, with nobody twice and the sums of the whole', async () => {
    const request = {
      columns: new Map(),
      defaults: { topics: 'displacement', cadence: 'daily' },
      confirmRate: 100_000,
      dryRun: false,
      actor: 'cli',
    }
    const [stopped, whole] = await withFile(text, async (path) => {
      let batches = 0
      const stopping = {
        async onRefused() {
          batches += 1
          if (batches === 2) throw new Error('killed')
        },
        onProgress() {},
      }
      const quiet = { async onRefused() {}, onProgress() {} }
      const file = await openImportFile(path)
      await expect(importSubscribers(app, file, request, stopping)).rejects.toThrow('killed')
      const first = await listSubscribers(app.db, { limit: 9_999 })
      const second = await importSubscribers(app, await openImportFile(path), request, quiet)
      return [first, second] as const
    })
    expect(stopped).toHaveLength(500)
    expect(whole).toMatchObject({ lines: count + 2, resumedAfter: 501 })
    expect(whole.outcomes).toMatchObject({ active: count / 2, pending: count / 2, bad: 1, duplicate: 1, known: 0 })
    const all = await listSubscribers(app.db, { limit: 9_999 })
    expect(all).toHaveLength(count)
    expect(all.every(({ subscriptions }) => subscriptions.length === 1)).toBe(true)
    const sent = await app.db.selectFrom('deliveries').select('subscriber_id').execute()
    expect([sent.length, new Set(sent.map((one) => one.subscriber_id)).size]).toEqual([count / 2, count / 2])
  })

  test('is refused to a second process while the first one goes on', async () => {
    const request = {
      columns: new Map(),
      defaults: { topics: 'displacement', cadence: 'daily' },
      confirmRate: 1_000,
      dryRun: false,
      actor: 'cli',
    }
    await withFile(text, async (path) => {
      const file = await openImportFile(path)
      let other: Promise<unknown> | undefined
      const first = importSubscribers(app, file, request, {
        async onRefused() {
          other ??= importSubscribers(app, file, request, { async onRefused() {}, onProgress() {} })
          await other
        },
        onProgress() {},
      })
      await expect(first).rejects.toThrow('Another process imports this file.')
    })
    expect(await emails().then((all) => new Set(all).size)).toBe(99)
  })
})

describe('a second import of the same file', () => {
  test('finds all readers known and changes nothing', async () => {
    const text = 'email\na@example.org\nb@example.org'
    await importText(app, text, consented)
    expect((await importText(app, text, consented)).outcomes).toMatchObject({ active: 0, known: 2 })
  })
})
