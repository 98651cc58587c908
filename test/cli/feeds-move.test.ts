import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { entries, rssOf } from '../parsing/entries.ts'
import { runCommand } from '../support/command.ts'
import { feedAt, insertFeedAt } from '../support/feeds.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
let from: string
let to: string
beforeAll(async () => {
  // The commands run by the clock of the machine.
  app = await openTestApp({ feedServer: true, at: Temporal.Now.instant().subtract({ hours: 2 }) })
  app.feedServer.set('/old', { body: rssOf(entries(3)) })
  from = await insertFeedAt(app, '/old')
  await pollDueFeeds(app)
  to = `${app.feedServer.url}/new`
})
afterAll(() => app.close())

const move = (...args: string[]) =>
  runCommand(['feeds', 'move', ...args], { ...settingsOf(app), FETCH_ALLOW: '127.0.0.0/8' })

test('a move to nothing, or to a feed without a known entry, is refused in one sentence', async () => {
  expect(await move(from, to)).toEqual({
    code: 2,
    stdout: '',
    stderr: `There is no feed to move to. ${to} could not be fetched: the server answers 404 (nothing is at this address).\n`,
  })
  app.feedServer.set('/new', { body: rssOf(entries(2, 'other')) })
  expect(await move(from, to)).toEqual({
    code: 2,
    stdout: '',
    stderr: `${to} has no entry of ${from}. Use --force if it is the same feed all the same.\n`,
  })
  expect((await feedAt(app, from)).url).toBe(from)
})

test('a move says what it would do, and does it', async () => {
  app.feedServer.set('/new', { body: rssOf([...entries(2), { id: 'new', at: app.now().add({ hours: 1 }) }]) })
  const planned = await move(from, to, '--dry-run')
  expect(planned.stdout).toContain('Desk: 3 entries. 2 are known, 1 may be mailed as news, 0 are kept without mail.')
  expect(planned.stdout).toMatch(/\d{4}-\d\d-\d\d {2}news {3}Report new\n {2}no date {5}known {2}Report 0/)
  expect(planned.stdout).toMatch(/\nNothing was changed: this was a dry run\.\n$/)
  expect((await feedAt(app, from)).url).toBe(from)
  const moved = await move(from, to)
  expect([moved.code, moved.stdout]).toEqual([0, `Moved ${from} to ${to}. A worker polls it next.\n`])
  expect((await feedAt(app, to)).url).toBe(to)
})

test('a move is forced where a person knows better', async () => {
  const other = app.feedServer.set('/other', { body: rssOf(entries(2, 'other')) })
  expect((await move(to, other, '--force')).stdout).toContain(`to ${other}. A worker polls it next.`)
})
