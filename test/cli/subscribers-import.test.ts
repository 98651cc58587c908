import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listSubscribers, setPause } from '../../src/readers/store/subscribers.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { eventually } from '../support/eventually.ts'
import { withFile } from '../support/import-file.ts'
import { john, mira, olena, taras } from '../support/people.ts'
import { emptyTables } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import { join, joinAndLeave, suppressAddress } from '../support/readers.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const sitrep = (...args: string[]) => runCommand(args, settingsOf(app))
const importOf = (text: string, ...options: string[]) =>
  withFile(text, (path) => sitrep('subscribers', 'import', path, ...options))
const choice = ['--topics', 'displacement', '--cadence', 'daily']

/** What a subscription asks for, and its reader. */
const choicesIn = async (db: TestApp['db'], readers = 999) =>
  (await listSubscribers(db, { limit: readers })).flatMap(
    ({ email, written_email, state, subscriptions, paused_until }) =>
      subscriptions.map(
        ({ id, subscriber_id, created_at, confirmed_at, ended_at, from_position, state: own, ...rest }) => ({
          email,
          written_email,
          state,
          own,
          paused: paused_until && String(paused_until),
          ...rest,
        }),
      ),
  )

describe('sitrep subscribers import', () => {
  const text = 'email\na@example.org\nA@example.org\nnobody\n'

  test('lists the lines that are not taken, and sums', async () => {
    const { code, stdout } = await importOf(text, ...choice)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Line 3 \(duplicate\): an earlier line/m)
    expect(stdout).toMatch(/^Line 4 \(bad\): email: Give one mail address/m)
    expect(stdout).toMatch(/^ +1 {2}must confirm by the mail that asks for it$/m)
    expect(stdout).toMatch(/^3 lines read as utf-8, without the header\.\nWhat became of the lines:$/m)
    expect(stdout).toMatch(/^Confirmation mails leave until \w+ \d+ \w+ \d+, \d\d:\d\d UTC, at most 1000 an hour\.$/m)
  })

  test('says in a dry run what would be, and which addresses need a relay of a kind', async () => {
    const { stdout } = await importOf('email\nіван@example.org\n', ...choice, '--dry-run')
    expect(stdout).toMatch(/^Nothing was stored, and no mail is sent\. An import would do this with the lines:$/m)
    expect(stdout).toMatch(/^1 address has letters outside ASCII before the @ \(line 2\)\.$/m)
    expect(stdout).not.toContain('leave until')
  })

  test('prints one object for programs, and a dry run stores nothing', async () => {
    const { stdout } = await importOf(text, ...choice, '--json', '--dry-run')
    expect(JSON.parse(stdout)).toMatchObject({
      notTaken: [
        { line: 3, outcome: 'duplicate' },
        { line: 4, outcome: 'bad' },
      ],
      lines: 3,
      outcomes: { pending: 1, duplicate: 1, bad: 1 },
      dryRun: true,
    })
    expect(await listSubscribers(app.db, { limit: 9 })).toEqual([])
    expect(JSON.parse((await importOf('email\nb@example.org', ...choice, '--json')).stdout).notTaken).toEqual([])
  })

  test('says in the help how it is used', async () => {
    const { stdout } = await sitrep('subscribers', 'import', '--help')
    expect(stdout).toContain('--column email=Adresse')
  })

  test.each<[string, string[], RegExp]>([
    ['name\nAnna', choice, /^No header of the file names the address/],
    ['email\na@example.org', [], /^The file has no column topics\. Give --topics, or name the column/],
    ['email\na@example.org', ['--topics', 'displacement'], /^The file has no column cadence\./],
    ['email\na@example.org', [...choice, '--confirm-rate', '0'], /Give a number from 1/],
    ['email\na@example.org', [...choice, '--column', 'zone=Zeit'], /^--column: the file has no header “Zeit”\./],
    ['', choice, /^The file is empty\./],
  ])('answers bad usage by a sentence: %j %j', async (file, options, sentence) => {
    const { code, stdout, stderr } = await importOf(file, ...options)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(sentence)
  })

  test('answers a file that is not there by a sentence', async () => {
    const { code, stderr } = await sitrep('subscribers', 'import', '/nowhere/readers.csv', ...choice)
    expect([code, stderr]).toEqual([2, 'There is no file /nowhere/readers.csv. Check the path.\n'])
  })

  test('killed in the middle and started again takes everybody once', async () => {
    const count = 20_000
    const lines = Array.from({ length: count }, (_, n) => `reader${n}@example.org,${n % 2 ? 'door,2026-11-03' : ','}`)
    await withFile(['email,consent_source,consent_date', ...lines].join('\n'), async (path) => {
      const args = ['subscribers', 'import', path, ...choice, '--json']
      const program = startProgram(args, settingsOf(app))
      const stored = async () =>
        Number(
          (
            await app.db
              .selectFrom('subscribers')
              .select((eb) => eb.fn.countAll().as('n'))
              .executeTakeFirstOrThrow()
          ).n,
        )
      await eventually(async () => (await stored()) >= 2_000, 'the first readers')
      expect(await program.end('SIGKILL')).toBe('SIGKILL')
      expect(await stored()).toBeLessThan(count)
      const { stdout, stderr } = await sitrep(...args)
      const { resumedAfter, outcomes } = JSON.parse(stdout)
      expect(resumedAfter).toBeGreaterThan(2_000)
      expect(outcomes).toMatchObject({ active: count / 2, pending: count / 2, known: 0, duplicate: 0 })
      expect(stderr).toMatch(/lines are done/)
    })
    const sums = await app.db
      .selectFrom('subscriptions')
      .select((eb) => [
        eb.fn.countAll<number>().as('all'),
        eb.fn.count<number>('subscriber_id').distinct().as('readers'),
      ])
      .executeTakeFirstOrThrow()
    expect([Number(sums.all), Number(sums.readers)]).toEqual([count, count])
    const mails = await app.db.selectFrom('deliveries').select('subscriber_id').distinct().execute()
    expect(mails).toHaveLength(count / 2)
  }, 120_000)
})

describe('sitrep subscribers export', () => {
  const fill = async () => {
    await join(app, {
      ...olena,
      places: ['UA-63', 'UA'],
      quietMail: true,
      minutes: null,
      email: 'Olena+news@xn--80a1acn3a.xn--j1amh',
    })
    await join(app, {
      ...olena,
      topics: ['displacement'],
      allTopics: true,
      minScore: 0.5,
      email: 'olena+news@xn--80a1acn3a.xn--j1amh',
    })
    await join(app, {
      ...john,
      quiet: { from: '22:00', to: '06:00' },
      maxAlerts: 3,
      languages: ['uk'],
      email: "+john'o@example.com",
    })
    await joinAndLeave(app, taras)
    await suppressAddress(app, mira.email)
    await join(app, { ...mira, email: 'later@example.net' })
    const later = (await listSubscribers(app.db, { limit: 9, email: 'later' }))[0]!
    await app.db.transaction().execute((tx) => setPause(tx, later.id, Temporal.Instant.from('2099-01-01T00:00:00Z')))
    await subscribe(app, { ...mira, email: 'pending@example.net' }, { source: '203.0.113.7' })
  }

  test('is read back by an import as it was', async () => {
    await fill()
    const { stdout } = await sitrep('subscribers', 'export')
    const other = await openTestApp()
    const env = settingsOf(other)
    try {
      const result = await withFile(stdout, (path) => runCommand(['subscribers', 'import', path, '--json'], env))
      expect(JSON.parse(result.stdout)).toMatchObject({ lines: 6, outcomes: { active: 4, pending: 1, inactive: 1 } })
      const taken = await choicesIn(other.db)
      const before = await choicesIn(app.db)
      expect(taken).toEqual(before.filter(({ state }) => state !== 'gone'))
      const again = await runCommand(['subscribers', 'export'], env)
      expect(proofs(again)).toEqual(proofs({ stdout }).filter(({ state }) => state !== 'gone'))
    } finally {
      await other.close()
    }
  })

  /** The consents of an export. */
  const proofs = ({ stdout }: Pick<CommandResult, 'stdout'>): Record<string, string>[] =>
    parse<Record<string, string>>(stdout, { columns: true, bom: true }).map(
      ({ email, state, consent_source, consent_date }) => ({
        email: email!,
        state: state!,
        consent_source: consent_source!,
        consent_date: consent_date!,
      }),
    )

  test('runs no formula in a spreadsheet, and shows addresses as people read them', async () => {
    await fill()
    const { stdout } = await sitrep('subscribers', 'export')
    expect(stdout).toMatch(/^\ufeffemail,state,topics,/)
    const rows = parse(stdout, { bom: true }) as string[][]
    expect(rows.map(([email]) => email)).toContain("'+john'o@example.com")
    expect(rows.map(([email]) => email)).toContain('Olena+news@пошта.укр')
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
  })

  test('says who got what with --deliveries', async () => {
    await fill()
    const edition = await createEdition(app, {
      kind: 'daily',
      slug: 'd',
      subject: '=HYPERLINK("https://evil.example")',
    })
    await createDelivery(app, edition, "+john'o@example.com", { state: 'failed', reason: '550 no such user' })
    const { stdout } = await sitrep('subscribers', 'export', '--deliveries')
    const [row] = parse<Record<string, string>>(stdout, { columns: true, bom: true })
    expect(row).toMatchObject({
      email: "'+john'o@example.com",
      edition: 'd',
      subject: `'=HYPERLINK("https://evil.example")`,
      state: 'failed',
      reason: '550 no such user',
    })
    const json = await sitrep('subscribers', 'export', '--deliveries', '--format', 'json')
    expect(JSON.parse(json.stdout)[0]).toMatchObject({ email: "+john'o@example.com", state: 'failed' })
  })

  test('is a JSON array on request, with consents and suppressions, and is in the audit log', async () => {
    await fill()
    await suppressAddress(app, taras.email)
    const readers = JSON.parse((await sitrep('subscribers', 'export', '--format', 'json')).stdout)
    expect(readers).toHaveLength(5)
    expect(readers[0]).toMatchObject({ consent: { kind: 'given', source: 'test' }, suppressed: null })
    expect(readers[2]).toMatchObject({ email: taras.email, state: 'gone', suppressed: 'complaint' })
    const events = await app.db
      .selectFrom('audit_events')
      .select(['action', 'detail'])
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    expect(events[0]).toMatchObject({ action: 'export subscribers', detail: { format: 'json', deliveries: false } })
  })
})

test('docs/readers.md names every column of an export', async () => {
  const { stdout } = await sitrep('subscribers', 'export')
  const text = await readFile('docs/readers.md', 'utf8')
  const columns = stdout.replace('\ufeff', '').trim().split(',')
  expect(columns.filter((column) => !text.includes(`\`${column}\``))).toEqual([])
})
