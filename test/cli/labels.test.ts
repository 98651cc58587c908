import { afterAll, beforeAll, expect, test } from 'vitest'
import { labelClaim } from '../../src/readers/label-claim.ts'
import { runCommand } from '../support/command.ts'
import { john, olena } from '../support/people.ts'
import { join, tokenOf } from '../support/readers.ts'
import { plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
let story: number
let claim: number
beforeAll(async () => {
  app = await openTestApp()
  await join(app, olena, john)
  await tell(app, plantHit, plantStops)
  story = await storyOf(app, plantHit)
  const first = await app.db.selectFrom('story_claims').select('wording').orderBy('wording').executeTakeFirstOrThrow()
  claim = first.wording
})
afterAll(() => app.close())

const sitrep = (...args: string[]) => runCommand(['labels', ...args], settingsOf(app))
const lines = async (...args: string[]) =>
  (await sitrep('export', ...args)).stdout.split('\n').flatMap((line) => (line ? JSON.parse(line) : []))
const label = async (reader: { email: string }, topic: string | null) =>
  labelClaim(app, await tokenOf(app, reader.email, 'label'), { claim, story, topic })

test('without labels, the export is empty and says so to people', async () => {
  const { stdout, stderr } = await sitrep('export')
  expect([stdout, stderr.trim()]).toEqual(['', 'There are no labels.'])
})

test('each label is a line with text, topic or story, verdict, time and report, and without its reader', async () => {
  await label(olena, 'infrastructure-strikes')
  await label(john, 'infrastructure-strikes')
  await label(olena, null)
  const at = app.now().toString()
  const exported = await lines()
  expect(exported).toMatchObject([
    {
      text: expect.stringContaining('power plant of Dara'),
      topic: 'infrastructure-strikes',
      verdict: 'not about this topic',
    },
    { topic: 'infrastructure-strikes', at },
    { story: { id: story, headline: expect.stringMatching(/\S/) }, verdict: 'not the same story', at },
  ])
  expect(exported.map(({ url }) => url)).toEqual(Array(3).fill(expect.stringMatching(/^https:\/\/desk\.example\//)))
  expect(await lines('--json')).toEqual(exported)
  expect(JSON.stringify(exported)).not.toMatch(/@|olena|john|subscriber/)
})

test('a label outlives the erasure of its reader, and two of them each other', async () => {
  const before = await lines()
  await app.db.deleteFrom('subscriptions').execute()
  await app.db.deleteFrom('consents').execute()
  await app.db.deleteFrom('subscribers').execute()
  expect(await lines()).toEqual(before)
})
