import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { composeOn, welcomed } from '../editions/edit-mails.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { mira, olena } from '../support/people.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ sink: true })
  await welcomed(app, olena, mira)
  await report(app, 'one', [strike])
  await composeOn(app, 24)
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
})
afterAll(() => app.close())

const run = (...args: string[]): Promise<CommandResult> => runCommand(args, settingsOf(app))

test('items who counts the readers at each step, lists them, and tells of one', async () => {
  const { stdout } = await run('items', 'who', '1', '--json')
  const steps = [
    { step: 'got', count: 1 },
    { step: 'no match', count: 1 },
  ]
  expect(JSON.parse(stdout)).toMatchObject({ item: 1, title: 'Report one', withheld: null, steps })
  expect((await run('items', 'who', '1')).stdout).toMatch(/1 +got +a mail with it was accepted +olena@example.org/)
  const listed = await run('items', 'who', '1', '--step', 'no match', '--json')
  expect(JSON.parse(listed.stdout)).toMatchObject([{ reader: mira.email, step: 'no match', edition: null }])
  const one = await run('items', 'who', '1', '--reader', olena.email)
  expect(one.stdout).toContain('olena@example.org: got: a mail with it was accepted.')
  expect((await run('items', 'who', '1', '--reader', 'nobody@example.org')).stderr).toContain('There is no reader')
})

test('a correction is planned, sent once, and refused for an unknown item', async () => {
  const correct = (...more: string[]) => run('corrections', 'send', '1', '--note', 'It was three thousand.', ...more)
  const plan = await correct('--dry-run')
  expect(plan.stdout).toBe(`1 reader would get the correction: ${olena.email}.\n`)
  expect(plan.stderr).toBe(`Mails told these takeaways of item 1:\n1  ${strike}\n`)
  expect((await correct('--dry-run', '--takeaways', '1')).stdout).toBe(plan.stdout)
  expect(await correct('--takeaways', '1,x')).toMatchObject({
    code: 2,
    stderr: '--takeaways: Give numbers with commas between them, as in 345,346; --dry-run lists them.\n',
  })
  expect(await correct('--takeaways', '9')).toMatchObject({ code: 2, stdout: '' })
  expect((await correct()).stdout).toBe('Queued the correction for 1 reader.\n')
  expect((await correct()).stdout).toContain('No reader would get the correction')
  expect(await run('corrections', 'send', '9', '--note', 'x')).toMatchObject({ code: 2, stdout: '' })
  expect((await run('corrections', 'send', '1', '--note', '  ')).stderr).toContain('--note: Say what was wrong')
})

test('hold, release and withdraw say what they did; a wrong number and an unknown item are one sentence', async () => {
  const act = (name: string, id = '1', ...more: string[]) => run('items', name, id, '--reason', 'doubtful', ...more)
  expect((await act('hold', '1', '--dry-run')).stdout).toBe('Item 1 would be held. No mail with it waits to be sent.\n')
  expect((await act('hold')).stdout).toBe('Item 1 is held. No mail with it waits to be sent.\n')
  expect((await act('hold')).stdout).toBe('Item 1 is held already; nothing has changed.\n')
  const { stdout } = await run('items', 'list', '--withheld', '--json')
  expect(JSON.parse(stdout)).toMatchObject([{ id: 1, withheld: 'held', reason: 'doubtful', feed: 'River Desk' }])
  expect((await act('release', '1', '--dry-run')).stdout).toBe(
    'Item 1 would be released. No reader would get it in a mail: all who want it were told it.\n',
  )
  expect((await act('release')).stdout).toBe(
    'Item 1 is released. Readers who missed it get it with their next alert or digest.\n',
  )
  expect((await act('release')).stdout).toBe('Item 1 is not held; nothing has changed.\n')
  await act('hold')
  await app.db.updateTable('items').set({ backfill: true }).where('id', '=', 1).execute()
  for (const more of [['--dry-run'], []])
    expect((await act('release', '1', ...more)).stdout).toContain('No mail tells it: it was old')
  expect((await act('withdraw')).stdout).toBe('Item 1 is withdrawn. No mail with it waits to be sent.\n')
  expect(await act('release')).toMatchObject({
    code: 2,
    stderr: 'Item 1 was withdrawn for ever, so it cannot be released.\n',
  })
  expect((await act('hold', '77')).stderr).toMatch(/^There is no item 77\./)
  expect(await act('hold', 'one')).toMatchObject({
    code: 2,
    stderr: 'ID: Give the number of an item; see `sitrep items list`.\n',
  })
})

test('editions preview is a mail for a named or a sample reader', async () => {
  const named = await run('editions', 'preview', '--reader', olena.email)
  expect(named.stdout + named.stderr).not.toContain('@@')
  const sample = await run('editions', 'preview', '--topics', 'displacement')
  expect(sample.stdout).toContain('This mail was sent to reader@example.org.')
  expect((await run('editions', 'preview')).stderr).toContain('Choose one of --reader EMAIL and --topics SLUGS.')
})
