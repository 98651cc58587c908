import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishBuiltinTopics } from '../../src/reading/publish-builtin-topics.ts'
import { earlierVersion, publishTopics, renameTopicTo, rollBackTopic } from '../../src/reading/publish-topics.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import type { TopicRule } from '../../src/reading/rules/types.ts'
import { topicStates, topicVersions } from '../../src/reading/store/topic-versions.ts'
import { currentRules, requireKnownTopics } from '../../src/reading/store/topics.ts'
import { tryRule } from '../../src/reading/try-rule.ts'
import { harvest, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const topic = (slug: string, phrase: string, version = 1): TopicRule => ({
  ...{ slug, name: `About ${slug}`, description: '', version, threshold: 0.5 },
  rule: { lists: {}, exclusions: [], none: [], signals: [{ weight: 0.6, find: phrase }] },
})
const versionsOf = async (slug: string) =>
  (await topicVersions(app.db, slug)).map(({ version, builtin_version }) => [version, builtin_version])
const matchesOf = (slug: string) =>
  app.db.selectFrom('matches').select(['version', 'via']).where('topic', '=', slug).orderBy('id').execute()
const actions = async () =>
  (await app.db.selectFrom('audit_events').select(['action', 'subject']).orderBy('id').execute()).map(
    ({ action, subject }) => `${action} ${subject}`,
  )

describe('a topic of a team', () => {
  test('is published as version 1, can be followed, and matches only what is read from then on', async () => {
    await report(app, 'before', [harvest])
    expect(await publishTopics(app, [topic('sunflowers', 'sunflower')], 'cli')).toEqual([
      { slug: 'sunflowers', kind: 'published', version: 1 },
    ])
    await requireKnownTopics(app.db, [{ topics: ['sunflowers'] }])
    expect(await matchesOf('sunflowers')).toEqual([])
    await report(app, 'after', [`${harvest} Prices rose.`])
    expect(await matchesOf('sunflowers')).toEqual([{ version: 1, via: 'takeaway' }])
  })

  test('gets a higher version with each change, and none when nothing changed', async () => {
    const changed = topic('sunflowers', 'harvest', 1)
    expect(await publishTopics(app, [changed], 'cli')).toMatchObject([{ kind: 'published', version: 2 }])
    expect(await publishTopics(app, [{ ...changed, version: 2 }], 'cli')).toMatchObject([
      { kind: 'unchanged', version: 2 },
    ])
    expect(await versionsOf('sunflowers')).toEqual([
      [2, null],
      [1, null],
    ])
  })

  test('is not overwritten from a file that was made before the newest version', async () => {
    await publishTopics(app, [topic('sunflowers', 'oil', 2)], 'cli')
    const stale = publishTopics(app, [topic('rivers', 'river'), topic('sunflowers', 'seed', 1)], 'cli')
    await expect(stale).rejects.toThrow('has version 1, and version 3 is the newest one')
    expect(await versionsOf('rivers')).toEqual([])
  })

  test('goes back to an earlier rule as a new version', async () => {
    expect(await rollBackTopic(app, 'sunflowers', 1, 'cli')).toEqual({ version: 4, repeats: 1 })
    const rule = (await currentRules(app.db)).find(({ slug }) => slug === 'sunflowers')
    expect(rule).toMatchObject({ version: 4, rule: topic('sunflowers', 'sunflower').rule })
    const versions = await topicVersions(app.db, 'sunflowers')
    expect(() => earlierVersion('sunflowers', versions, 9)).toThrow('has the versions 4, 3, 2, 1')
    expect(() => earlierVersion('sunflowers', versions, 4)).toThrow('is in force already')
  })

  test('gets another name and keeps its rule', async () => {
    await renameTopicTo(app, 'sunflowers', 'Sunflowers and oil', 'cli')
    const rule = (await currentRules(app.db)).find(({ slug }) => slug === 'sunflowers')
    expect(rule).toMatchObject({ name: 'Sunflowers and oil', version: 4 })
  })

  test('has an audit event for each change', async () => {
    expect((await actions()).filter((one) => one.endsWith('topic:sunflowers'))).toEqual([
      'publish topic topic:sunflowers',
      'publish topic topic:sunflowers',
      'publish topic topic:sunflowers',
      'roll back topic topic:sunflowers',
      'rename topic topic:sunflowers',
    ])
  })
})

describe('a topic that comes with the program', () => {
  const newer = (slug: string, by: number) =>
    builtinTopics.map((one) => (one.slug === slug ? { ...one, version: one.version + by } : one))
  const versionOf = (slug: string) => builtinTopics.find((one) => one.slug === slug)!.version

  test('is brought up to date at start', async () => {
    await publishBuiltinTopics(app, newer('displacement', 1))
    const version = versionOf('displacement')
    expect(await versionsOf('displacement')).toEqual([
      [version + 1, version + 1],
      [version, version],
    ])
    await publishBuiltinTopics(app, newer('displacement', 1))
    expect(await versionsOf('displacement')).toHaveLength(2)
  })

  test('is never replaced once a team has published its own rule, until it goes back', async () => {
    const slug = 'infrastructure-strikes'
    const version = versionOf(slug)
    await publishTopics(app, [topic(slug, 'substation', version)], 'cli')
    await publishBuiltinTopics(app, newer(slug, 5))
    expect((await topicStates(app.db)).find((one) => one.slug === slug)).toMatchObject({
      version: version + 1,
      builtin_version: null,
    })
    await rollBackTopic(app, slug, undefined, 'cli')
    await publishBuiltinTopics(app, newer(slug, 5))
    expect((await versionsOf(slug))[0]).toEqual([version + 5, version + 5])
  })
})

test('a trial says what a rule gains and loses among the stored takeaways, and changes nothing', async () => {
  await report(app, 'strike', [strike])
  const [before] = (await currentRules(app.db)).filter(({ slug }) => slug === 'sunflowers')
  const seen: number[] = []
  const trial = await tryRule(
    app,
    { rule: topic('sunflowers', 'substation', 4), before },
    { samples: 1, onProgress: (done) => seen.push(done) },
  )
  expect(trial).toMatchObject({ takeaways: 3, matched: 1, matchedBefore: 2, gainedCount: 1, lostCount: 2 })
  expect(trial.gained).toMatchObject([{ text: strike, words: ['substation'] }])
  expect(trial.lost).toHaveLength(1)
  expect(seen.at(-1)).toBe(3)
  expect((await versionsOf('sunflowers'))[0]).toEqual([4, null])
})
