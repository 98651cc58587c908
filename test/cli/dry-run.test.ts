import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planAccept } from '../../src/admin/plan-accept.ts'
import { pauseEdition } from '../../src/delivery/store/pauses.ts'
import { entryOf } from '../../src/feeds/rules/feed-entry.ts'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { runCommand } from '../support/command.ts'
import { createDigest } from '../support/deliveries.ts'
import { john, olena } from '../support/people.ts'
import { runProgram } from '../support/program.ts'
import { join } from '../support/readers.ts'
import { feedItem, strike } from '../support/report.ts'
import { saveEntry } from '../support/save-entry.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ at: Temporal.Now.instant().add({ minutes: 10 }), sink: true })
  await insertFeed(app.db, { url: 'https://desk.example/feed', title: 'River Desk', now: app.now() })
  const edition = await createDigest(app, 7)
  await app.db.updateTable('deliveries').set({ state: 'unknown', due_at: null }).where('id', '<=', 2).execute()
  await app.db.updateTable('deliveries').set({ state: 'failed', due_at: null }).where('id', '=', 3).execute()
  await app.db.updateTable('deliveries').set({ due_at: null }).where('id', '=', 4).execute()
  await createDigest(app, 1, { key: 'due' })
  await app.db
    .updateTable('feeds')
    .set({ next_poll_at: app.now().subtract({ hours: 1 }) })
    .execute()
  await pauseEdition(app.db, edition, '554 5.7.1 spam', app.now())
})
afterAll(() => app.close())

const sitrep = (...args: string[]) => runCommand(args, settingsOf(app))

/** A digest of every row of every table. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' order by 1`.execute(app.db)
  const sums = rows.map(async ({ name }) => {
    const { rows: found } = await sql<{ sum: string }>`
      select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as sum from ${sql.table(name)} t`.execute(
      app.db,
    )
    return [name, found[0]!.sum] as const
  })
  return Object.fromEntries(await Promise.all(sums))
}

const options = ['--topics', 'displacement', '--cadence', 'daily']
const because = ['--reason', 'a try']

const dryRuns: [string[], RegExp][] = [
  [['resend', 'k', '--failed', ...because], /^1 reader would get the edition: reader3@example3\.org\.\n$/],
  [
    ['resend', 'k', '--unknown', ...because],
    /^2 readers would get the edition: reader1@example1\.org, reader2@example2\.org\.\n$/,
  ],
  [
    ['deliveries', 'mark-accepted', 'k', ...because],
    /^2 deliveries would be marked as accepted: reader2@.*, reader1@.*\.\n$/,
  ],
  [
    ['deliveries', 'mark-accepted', 'k', '--to', 'Reader1@example1.org', ...because],
    /^1 delivery would be marked as accepted: reader1@example1\.org\.\n$/,
  ],
  [['editions', 'resume', 'k', ...because], /^4 deliveries would be due again: reader4@example4\.org, .*\.\n$/],
  [
    ['subscribers', 'add', 'new@example.org', ...options],
    /^1 reader would get a confirmation mail: new@example\.org\.\n$/,
  ],
  [
    ['subscribers', 'add', 'new@example.org', ...options, '--consent', 'on paper'],
    /^1 reader would get a welcome digest: new@example\.org\.\n$/,
  ],
  [
    ['run', '--once'],
    /^1 mail would be sent now\.\n {2}daily 1: reader1@example1\.org\nFirst, Sitrep would poll 1 feed and /,
  ],
]
async function expectDryRun(run: typeof runCommand, args: string[], answer: RegExp): Promise<void> {
  const before = await everything()
  const { code, stdout, stderr } = await run([...args, '--dry-run'], settingsOf(app))
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(answer)
  expect(await everything()).toEqual(before)
  expect(app.sink.messages).toEqual([])
}

test.each(dryRuns)('%j --dry-run prints how many readers and who, and changes nothing', (args, answer) =>
  expectDryRun(runCommand, args, answer),
)

test.each([dryRuns[0]!, dryRuns.at(-1)!])('%j --dry-run in a process of its own logs nothing either', (args, answer) =>
  expectDryRun(runProgram, args, answer),
)

test('accepting a held feed can be tried: its new entries are read, and the readers of their topics named', async () => {
  await join(app, olena, john)
  await addSubscriber(app, { ...john, email: 'pending@example.org' }, { actor: 'test' })
  const url = 'https://held.example/feed'
  const { id } = (await insertFeed(app.db, { url, title: 'Held', now: app.now() }))!
  const entry = entryOf(feedItem('a', [strike], app.now()), { now: app.now() })
  await saveEntry(app.db, id, entry, app.now(), { held: true })
  await app.db.updateTable('feeds').set({ state: 'held' }).where('id', '=', id).execute()
  const before = await everything()
  expect(await planAccept(app, url)).toEqual({
    ...{ entries: 1, read: 1 },
    alerts: { count: 1, sample: [john.email] },
    digests: { count: 1, sample: [olena.email] },
  })
  const { stdout } = await sitrep('feeds', 'accept', url, '--dry-run')
  expect(stdout).toBe(
    `1 entry would count as news.\n1 reader would get an alert: ${john.email}.\n1 reader could get this entry in the next digest: ${olena.email}.\n`,
  )
  expect((await sitrep('feeds', 'skip', url, '--dry-run')).stdout).toBe('1 entry would be kept without mail.\n')
  expect(await everything()).toEqual(before)
})

test('what is not held or not paused cannot be tried either', async () => {
  expect(await sitrep('feeds', 'accept', 'https://desk.example/feed', '--dry-run')).toMatchObject({ code: 2 })
  const { code, stderr } = await sitrep('editions', 'resume', 'due', '--dry-run', ...because)
  expect([code, stderr]).toEqual([2, 'Edition due is not paused.\n'])
})

test('the list of unknown deliveries has their Message-IDs and says what to do', async () => {
  const { stdout, stderr } = await sitrep('deliveries', 'list', '--state', 'unknown')
  expect(stdout).toMatch(/MESSAGE-ID/)
  expect(stderr).toContain('sitrep deliveries mark-accepted EDITION')
  const listed = await sitrep('deliveries', 'list', '--state', 'unknown', '--json')
  expect(JSON.parse(listed.stdout)[0]).toMatchObject({
    edition: 'k',
    kind: 'daily',
    subscriber: 'reader2@example2.org',
  })
  expect(listed.stderr).toBe('')
})
