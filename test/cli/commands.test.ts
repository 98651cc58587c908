import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { rssOf } from '../parsing/entries.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { startFeedServer } from '../support/feed-server.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'
import { runProgram } from '../support/program.ts'

let own: TestDb
let env: Record<string, string>
beforeAll(async () => {
  own = await createTestDb()
  env = { DATABASE_URL: own.url, SECRET_KEY: newSecretKey(), SAMPLES: '0' }
  await runCommand(['migrate'], env)
})
afterAll(() => own.close())

const sitrep = (...args: string[]) => runCommand(args, env)
const answer = async (...args: string[]) => JSON.parse((await sitrep(...args, '--json')).stdout)

const dailyReader = '{"topics":["displacement"],"cadence":"daily"}'

describe('a wrong command is answered by one sentence and exit code 2', () => {
  const wrong: [string[], RegExp][] = [
    [['nonsense'], /unknown command 'nonsense'/],
    [
      ['feeds', 'add', 'ftp://example.org/feed'],
      /^The URL of a feed starts with https:\/\/ or http:\/\/, not with ftp:\.\n$/,
    ],
    [['replay', '--reader', dailyReader], /^Give either --reports FILE or --stored\.\n$/],
    [['replay', '--stored', '--from', 'yesterday', '--reader', dailyReader], /^--from: give a date such as 2026-11-23/],
    [['topics', 'show', 'weather'], /^There is no topic "weather"; choose from security-guarantees/],
    [['resend', 'nothing', '--failed', '--reason', 'x'], /^There is no edition nothing/],
    [['resend', 'nothing', '--failed', '--unknown', '--reason', 'x'], /^Choose one of/],
    [['deliveries', 'list', '--state', 'lost'], /^--state: Choose one of due, claimed/],
    [
      ['subscribers', 'add', 'nobody', '--topics', 'displacement', '--cadence', 'daily'],
      /^EMAIL: Give one mail address/,
    ],
    [['feeds', 'add'], /^error: missing required argument 'url'/],
    [['deliveries', 'list', '--edition', 'nope'], /^There is no edition nope/],
    [['parse-feed', '/nowhere/feed.xml'], /^There is no file \/nowhere\/feed\.xml\. Check the path\./],
  ]
  const expectRefusal = ({ code, stdout, stderr }: CommandResult, sentence: RegExp) => {
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(sentence)
  }
  test.each(wrong)('%j', async (args, sentence) => expectRefusal(await sitrep(...args), sentence))
  test.each(wrong.slice(0, 3))('%j in a process of its own', async (args, sentence) => {
    expectRefusal(await runProgram(args, env), sentence)
  })

  test('all settings that are not valid are named at once', async () => {
    const { code, stderr } = await runCommand(['config'], { PORT: 'eighty', SMTP_URL: 'http://mail' })
    expect(code).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(2)
  })

  test('production refuses to start without its settings, one sentence each', async () => {
    const { code, stderr } = await runProgram(['web'], {
      NODE_ENV: 'production',
      SECRET_KEY: 'short',
      PORT: 'eighty',
    })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^DATABASE_URL is not set/m)
    expect(stderr).toMatch(/^SECRET_KEY is weak/m)
    expect(stderr).toMatch(/^PORT must be a port/m)
  })
})

test('doctor reports an old schema, and does not bring it up to date', async () => {
  const empty = await createTestDb({ empty: true })
  for (let run = 1; run <= 2; run++) {
    const { code, stdout } = await runCommand(['doctor'], { ...env, DATABASE_URL: empty.url })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^failure +database .*`sitrep migrate`/)
    expect(stdout).toMatch(/^ok +disk /m)
  }
  await empty.close()
})

test('config masks secrets', async () => {
  const hooks = {
    POSTMARK_WEBHOOK_AUTH: 'postmark:hunter2-hunter2-hunter2',
    MAILGUN_SIGNING_KEY: 'key-hunter2-hunter2',
  }
  const { stdout } = await runCommand(['config'], { ...env, ...hooks, SMTP_URL: 'smtp://me:hunter2@mail.example' })
  expect(stdout).toContain('smtp://me:***@mail.example')
  expect(stdout).toMatch(/^WEBHOOKS +postmark, mailgun$/m)
  expect(stdout).not.toContain('hunter2')
  expect(stdout).not.toContain(env.SECRET_KEY)
})

test('feeds are added, listed, made due and removed', async () => {
  const feed = 'https://desk.example/feed.xml'
  expect((await sitrep('feeds', 'add', `${feed}#top`)).stdout).toBe(`Added ${feed}. A worker polls it next.\n`)
  expect((await sitrep('feeds', 'add', feed)).stdout).toBe(`This feed is already in the list: ${feed}.\n`)
  expect(await answer('feeds', 'list')).toMatchObject([{ url: feed, state: 'active', items: 0 }])
  expect((await sitrep('feeds', 'set', feed, '--folder', 'War')).stdout).toBe(`Changed: ${feed}.\n`)
  expect((await sitrep('feeds', 'set', feed, '--folder', 'War')).stdout).toContain('Nothing to change')
  expect((await sitrep('feeds', 'set', feed, '--digest-only', 'on')).stdout).toBe(`Changed: ${feed}.\n`)
  await sitrep('feeds', 'set', feed, '--publisher', ' River  Desk ')
  expect(await answer('feeds', 'list')).toMatchObject([{ folder: 'War', digestOnly: true, publisher: 'River Desk' }])
  expect((await sitrep('feeds', 'list')).stdout).toContain('digest only')
  expect((await sitrep('feeds', 'poll', feed)).stdout).toContain('1 feed will be polled now.')
  expect((await sitrep('feeds', 'remove', feed)).stdout).toBe(`Removed: ${feed}. Its items are kept.\n`)
  expect(await answer('feeds', 'list')).toMatchObject([{ url: feed, state: 'gone' }])
}, 60_000)

test('a feed behind a protection against robots is added only on request', async () => {
  const server = await startFeedServer()
  const feed = server.set('/feed', { status: 403, headers: { 'cf-mitigated': 'challenge' } })
  const add = (...options: string[]) =>
    runCommand(['feeds', 'add', feed, ...options], { ...env, FETCH_ALLOW: '127.0.0.0/8' })
  const refused = await add()
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain('a protection against robots (Cloudflare) answers instead of the server.')
  expect(refused.stderr).toContain('The feed was not added. To add it anyway, use --yes.')
  expect(JSON.stringify(await answer('feeds', 'list'))).not.toContain(feed)
  expect((await add('--yes')).stdout).toBe(`Added ${feed}. A worker polls it next.\n`)
  await sitrep('feeds', 'remove', feed)
  await server.close()
}, 60_000)

test('the preview of a digest names the links of a reader without giving one', async () => {
  const server = await startFeedServer()
  const text = 'The flood drove 4,000 people from their homes in Dara.'
  const feed = server.set('/floods', {
    body: rssOf([{ id: 'flood', title: 'Thousands flee Dara', text, at: Temporal.Now.instant() }]),
  })
  const open = { ...env, FETCH_ALLOW: '127.0.0.0/8' }
  await runCommand(['feeds', 'add', feed], open)
  expect((await runProgram(['run', '--once'], open)).code).toBe(0)
  const { stdout } = await sitrep('editions', 'preview', '--topics', 'displacement', '--hours', '1')
  expect(stdout).toContain('Thousands flee Dara')
  expect(stdout).toContain("(the reader's own link)?claim=")
  expect(stdout).not.toContain('@@')
  const html = await sitrep('editions', 'preview', '--topics', 'displacement', '--hours', '1', '--html')
  expect(html.stdout).toContain('Thousands flee Dara')
  expect(html.stdout).not.toContain('@@')
  await sitrep('feeds', 'remove', feed)
  await server.close()
}, 60_000)

test('a reader with a consent is active and gets a welcome digest; a reader without one gets a confirmation mail', async () => {
  const options = ['--topics', 'displacement', '--cadence', 'daily', '--zone', 'Europe/Kyiv']
  await sitrep('subscribers', 'add', 'olena@example.org', ...options, '--consent', 'on paper, 3 May 2026')
  await sitrep('subscribers', 'add', 'new@example.org', ...options)
  expect((await answer('subscribers', 'list')).map((reader: { state: string }) => reader.state)).toEqual([
    'active',
    'pending',
  ])
  expect((await runProgram(['run', '--once'], env)).code).toBe(0)
  const deliveries = await answer('deliveries', 'list')
  expect(deliveries.map((one: { subscriber: string; state: string }) => [one.subscriber, one.state]).sort()).toEqual([
    ['new@example.org', 'accepted'],
    ['olena@example.org', 'accepted'],
  ])
  const welcome = (await answer('editions', 'list')).find((edition: { kind: string }) => edition.kind === 'welcome')
  expect(await answer('editions', 'show', welcome.key)).toMatchObject({ audience: 1, byState: { accepted: 1 } })
  expect((await sitrep('editions', 'preview', '--topics', 'displacement')).stdout).toContain('Daily digest')
  const resent = await sitrep('resend', welcome.key, '--to', 'olena@example.org', '--reason', 'lost it')
  expect(resent.stdout).toBe('Queued for 1 reader as sending 1.\n')
  expect((await sitrep('admins', 'invite', 'admin@example.org')).stdout).toMatch(
    /^http:\/\/localhost:3000\/admin\/sign-in\/\S+\n$/,
  )
})

test('a reader is added with everything that the preferences offer', async () => {
  await sitrep('feeds', 'add', 'https://wire.example/feed')
  const limits = ['--all-topics', '--feeds', 'https://wire.example/feed', '--languages', 'uk, fr', '--quiet-mail']
  const weekly = ['--topics', 'displacement,infrastructure-strikes', '--cadence', 'weekly', '--weekday', '4']
  await sitrep(
    'subscribers',
    'add',
    'weekly@example.org',
    ...weekly,
    ...limits,
    '--minutes',
    'all',
    '--consent',
    'on paper',
  )
  const [reader] = await answer('subscribers', 'list', '--email', 'weekly@')
  expect(reader.subscriptions).toMatchObject([
    {
      ...{ cadence: 'weekly', weekday: 4, allTopics: true, languages: ['uk', 'fr'], minutes: null, quietMail: true },
      feeds: [expect.any(Number)],
    },
  ])
  const other = await runProgram(
    ['subscribers', 'add', 'a@example.org', ...weekly, '--feeds', 'https://no.example/'],
    env,
  )
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('There is no feed with the URL')])
})

test('an empty listing is an empty array for programs, and a sentence on stderr for people', async () => {
  expect(await answer('deliveries', 'list', '--state', 'failed')).toEqual([])
  const { stdout, stderr } = await sitrep('deliveries', 'list', '--state', 'failed')
  expect(stdout).toBe('')
  expect(stderr).toContain('No delivery matches.')
})
