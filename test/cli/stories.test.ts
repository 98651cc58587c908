import { afterAll, beforeAll, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { runCommand } from '../support/command.ts'
import { olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { depotBurns, plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

/** The commands read the real clock. Digests of the next days are composed shortly after they are due, at any time of the day. */
const morning = Temporal.Now.zonedDateTimeISO('UTC').withPlainTime('06:30')

let app: TestApp
let dara: number
beforeAll(async () => {
  app = await openTestApp({ at: morning.subtract({ hours: 48 }).toInstant() })
  await join(app, olena, { ...olena, email: 'other@example.org', topics: ['infrastructure-strikes'] })
  await tell(app, plantHit, depotBurns, plantStops)
  dara = await storyOf(app, plantHit)
})
afterAll(() => app.close())

const sitrep = (...args: string[]) => runCommand(['stories', ...args], settingsOf(app))
const answer = async (...args: string[]) => JSON.parse((await sitrep(...args, '--json')).stdout)

test('stories are listed, the newest first, with their topics, feeds and claims', async () => {
  const stories = await answer('list')
  expect(stories.map(({ id }: { id: number }) => id)).toEqual([dara, await storyOf(app, depotBurns)])
  expect(stories[0]).toMatchObject({ headline: plantStops.title, topics: ['infrastructure-strikes'], feeds: 2 })
  expect((await sitrep('list')).stdout).toMatch(/^ID +HEADLINE +TOPICS +FEEDS +CLAIMS +LAST\n/)
})

test('only stories of the last days, of one topic, and so many are listed', async () => {
  expect(await answer('list', '--days', '1')).toEqual([])
  expect(await answer('list', '--topic', 'displacement')).toEqual([])
  expect(await answer('list', '--topic', 'infrastructure-strikes', '--limit', '1')).toHaveLength(1)
})

test('a story is shown with its claims by time and why they were joined: words, place, number and fact', async () => {
  const { claims, joins, figures } = await answer('show', String(dara))
  expect(claims.map(({ publisher }: { publisher: string }) => publisher)).toEqual(['wire', 'daily'])
  expect(joins).toEqual([
    expect.objectContaining({
      claim: claims[1].id,
      to: claims[0].id,
      terms: expect.arrayContaining(['Power', 'plant']),
    }),
  ])
  expect(figures).toMatchObject([{ role: 'without power', values: [{ value: '8,000 homes' }] }])
  const { stdout } = await sitrep('show', String(dara))
  expect(stdout).toMatch(/\n1\. \S+ {2}wire\n {3}Missiles hit/)
  expect(stdout).toMatch(/\n2\. \S+ {2}daily\n.*\n {3}joined to 1, likeness 0\.\d\d: terms .*plant/)
})

test('a story is shown with the mails that told it, once for readers of other topics', async () => {
  app.clock.later({ hours: 24 })
  await composeDigests(app)
  const digests = await app.db.selectFrom('editions').select('slug').where('kind', '=', 'daily').execute()
  const { mails } = await answer('show', String(dara))
  expect(digests).toHaveLength(2)
  expect(mails).toMatchObject([{ kind: 'daily' }])
  expect(digests.map(({ slug }) => slug)).toContain(mails[0].slug)
})

test('the newest mail that told a story is found behind a thousand older ones', async () => {
  const plain = ['key', 'slug', 'kind', 'subject', 'html', 'text', 'takeaways', 'topics', 'closed_at'] as const
  const [digest] = await app.db.selectFrom('editions').select(plain).where('kind', '=', 'daily').execute()
  if (!digest) throw new Error('There is no digest.')
  const later = Array.from({ length: 1_001 }, (_, n) => ({
    ...digest,
    key: `key-${n}`,
    slug: `later-${n}`,
    closed_at: digest.closed_at.add({ minutes: n + 1 }),
  }))
  await app.db.insertInto('editions').values(later).execute()
  await app.db
    .insertInto('editions')
    .values({ ...digest, key: 'key', slug: 'last', kind: 'alert', closed_at: app.now().add({ hours: 24 * 9 }) })
    .execute()
  expect((await answer('show', String(dara))).mails[0]).toMatchObject({ kind: 'alert', slug: 'last' })
})

test.each([
  [['show', '999'], /^There is no story 999; see `sitrep stories list`\.\n$/],
  [['show', 'one'], /^ID: Give the number of a story/],
  [['list', '--topic', 'weather'], /^There is no topic "weather"; choose from/],
  [['list', '--days', '0'], /^--days: Give a whole number of days from 1 to 366\.\n$/],
  [['list', '--limit', 'all'], /^--limit: Give a whole number from 1 to 500\.\n$/],
])('%j is refused in one sentence', async (args, sentence) => {
  const { code, stdout, stderr } = await sitrep(...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(sentence)
})
