import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planAccept } from '../../src/admin/plan-accept.ts'
import { prepareDatabase } from '../../src/admin/prepare-database.ts'
import { pauseEdition } from '../../src/delivery/store/pauses.ts'
import { entryOf } from '../../src/feeds/rules/feed-entry.ts'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { oweDigest } from '../delivery/owe-digest.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { john, join, olena } from '../support/people.ts'
import { runProgram } from '../support/program.ts'
import { strike } from '../support/report.ts'
import { saveEntry } from '../support/save-entry.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(Temporal.Now.instant().add({ minutes: 10 }).toString())
  await prepareDatabase(desk.app)
  const edition = await oweDigest(desk.app, 7)
  await desk.app.db.updateTable('deliveries').set({ state: 'unknown', due_at: null }).where('id', '<=', 2).execute()
  await desk.app.db.updateTable('deliveries').set({ state: 'failed', due_at: null }).where('id', '=', 3).execute()
  await desk.app.db.updateTable('deliveries').set({ due_at: null }).where('id', '=', 4).execute()
  await oweDigest(desk.app, 1, 'due')
  await desk.app.db
    .updateTable('feeds')
    .set({ next_poll_at: desk.app.now().subtract({ hours: 1 }) })
    .execute()
  await pauseEdition(desk.app.db, edition, '554 5.7.1 spam', desk.app.now())
})
afterAll(() => desk.close())

const sitrep = (...args: string[]) =>
  runProgram(args, {
    ...{ DATABASE_URL: desk.app.config.databaseUrl!, SECRET_KEY: desk.app.config.secretKeys[0]!, SAMPLES: '0' },
    SMTP_URL: desk.sink.url,
  })

/** A digest of every row of every table. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' order by 1`.execute(desk.app.db)
  const sums = rows.map(async ({ name }) => {
    const { rows: found } = await sql<{ sum: string }>`
      select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as sum from ${sql.table(name)} t`.execute(
      desk.app.db,
    )
    return [name, found[0]!.sum] as const
  })
  return Object.fromEntries(await Promise.all(sums))
}

const options = ['--topics', 'displacement', '--cadence', 'daily']
const because = ['--reason', 'a try']

test.each([
  [['resend', 'k', '--failed', ...because], /^1 reader would get it: reader3@example3\.org\.\n$/],
  [
    ['resend', 'k', '--unknown', ...because],
    /^2 readers would get it: reader1@example1\.org, reader2@example2\.org\.\n$/,
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
  [['run', '--once'], /^1 mail would be sent now\.\n {2}daily 1: reader1@example1\.org\nBefore that: 1 feed to poll, /],
])(
  '%j --dry-run prints how many readers and who, and changes nothing',
  async (args, answer) => {
    const before = await everything()
    const { code, stdout, stderr } = await sitrep(...args, '--dry-run')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(answer)
    expect(await everything()).toEqual(before)
    expect(desk.sink.messages).toEqual([])
  },
  60_000,
)

test('accepting a held feed can be tried: its reports are read, and the readers of their topics named', async () => {
  await join(desk.app, olena, john)
  await addSubscriber(desk.app, { ...john, email: 'pending@example.org' }, { actor: 'test' })
  const url = 'https://held.example/feed'
  const { id } = (await insertFeed(desk.app.db, { url, title: 'Held', now: desk.app.now() }))!
  const content = `<p><b>Key Takeaways:</b></p><ul><li>${strike}</li></ul>`
  const item = {
    ...{ key: 'a', title: 'Report', url: 'https://held.example/a', author: null, updated: null },
    ...{ published: desk.app.now().toString(), summary: null, content, categories: [] },
  }
  const entry = entryOf(item, { firstPoll: false, now: desk.app.now() })
  await saveEntry(desk.app.db, id, entry, desk.app.now(), { held: true })
  await desk.app.db.updateTable('feeds').set({ state: 'held' }).where('id', '=', id).execute()
  const before = await everything()
  expect(await planAccept(desk.app, url)).toEqual({
    ...{ reports: 1, read: 1 },
    alerts: { count: 1, sample: [john.email] },
    digests: { count: 1, sample: [olena.email] },
  })
  const { stdout } = await sitrep('feeds', 'accept', url, '--dry-run')
  expect(stdout).toContain(`1 reader would get an alert: ${john.email}.`)
  expect((await sitrep('feeds', 'skip', url, '--dry-run')).stdout).toBe('1 report would be kept, and no mail sent.\n')
  expect(await everything()).toEqual(before)
}, 60_000)

test('what is not held or not paused cannot be tried either', async () => {
  expect(await sitrep('feeds', 'accept', 'https://desk.example/feed', '--dry-run')).toMatchObject({ code: 2 })
  const { code, stderr } = await sitrep('editions', 'resume', 'due', '--dry-run', ...because)
  expect([code, stderr]).toEqual([2, 'Edition due is not paused.\n'])
}, 60_000)

test('the list of unknown deliveries has their Message-IDs and says what to do', async () => {
  const { stdout, stderr } = await sitrep('deliveries', 'list', '--state', 'unknown')
  expect(stdout).toMatch(/MESSAGEID/)
  expect(stderr).toContain('sitrep deliveries mark-accepted EDITION')
  const listed = await sitrep('deliveries', 'list', '--state', 'unknown', '--json')
  expect(JSON.parse(listed.stdout)[0]).toMatchObject({
    edition: 'k',
    kind: 'daily',
    subscriber: 'reader2@example2.org',
  })
  expect(listed.stderr).toBe('')
}, 60_000)
