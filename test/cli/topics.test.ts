import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../support/command.ts'
import { mira } from '../support/people.ts'
import { join as enter } from '../support/readers.ts'
import { harvest, report, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'
import { labelledTopic } from '../support/topic-sketches.ts'

const folder = mkdtempSync(join(tmpdir(), 'topics-'))
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const harvests = {
  ...{ slug: 'harvests', name: 'Harvests', description: 'Harvests.', version: 1, threshold: 0.5 },
  rule: { lists: {}, signals: [{ weight: 0.6, find: 'harvest' }] },
}

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ at: Temporal.Now.instant() })
  await enter(app, mira)
  await report(app, 'one', [harvest, strike])
})
afterAll(() => app.close())

const sitrep = (...args: string[]) => runCommand(['topics', ...args], settingsOf(app))
const list = async () => JSON.parse((await sitrep('list', '--json')).stdout)

test('a dry run of a publication tells what the rule would match, and publishes nothing', async () => {
  const { stdout, code } = await sitrep('publish', file('harvests.json', JSON.stringify(harvests)), '--dry-run')
  expect(code).toBe(0)
  expect(stdout).toContain('harvests: the rule matches 1 of the stored 2 takeaways of 30 days.')
  expect(stdout).toContain(harvest)
  expect(stdout).toMatch(/\nNothing was published: this was a dry run\.\n$/)
  expect(await list()).toHaveLength(3)
})

test('a publication, a change and a way back are told with what is gained and lost', async () => {
  const first = await sitrep('publish', file('harvests.json', JSON.stringify(harvests)), '--json')
  expect(JSON.parse(first.stdout)).toMatchObject([{ slug: 'harvests', kind: 'published', version: 1 }])
  const changed = { ...harvests, rule: { lists: {}, signals: [{ weight: 0.6, find: 'substation' }] } }
  const second = await sitrep('publish', file('changed.json', JSON.stringify(changed)))
  expect(second.stdout).toMatch(/gained: 1\n.*substation[\s\S]*lost: 1\n.*harvest[\s\S]*as version 2/)
  const planned = await sitrep('rollback', 'harvests', '--dry-run')
  expect(planned.stdout).toMatch(/\nNothing was published: this was a dry run\.\n$/)
  const back = await sitrep('rollback', 'harvests')
  expect(back.stdout).toContain('Published the rule of version 1 of harvests again, as version 3.')
  expect((await list()).at(-1)).toMatchObject({ slug: 'harvests', version: 3, origin: 'own', retired: null })
  expect(JSON.parse((await sitrep('show', 'harvests', '--version', '2')).stdout).rule.signals[0].find).toBe(
    'substation',
  )
  expect(JSON.parse((await sitrep('versions', 'harvests', '--json')).stdout)).toHaveLength(3)
})

test('what cannot be done is one sentence and exit code 2', async () => {
  for (const [args, sentence] of [
    [['rollback', 'nothing'], /^There is no topic "nothing"/],
    [['rollback', 'displacement'], /has only one version/],
    [['rename', 'harvests', ' '], /^NAME: Give a name/],
    [['retire', 'displacement', '--move-to', 'nothing'], /^There is no topic "nothing"/],
    [
      [
        'add',
        '--name',
        'X',
        '--description',
        '',
        '--examples',
        file('few.txt', 'One.'),
        '--counter-examples',
        file('c.txt', 'Two.'),
      ],
      /^--examples: the file needs at least 3/,
    ],
  ] as [string[], RegExp][]) {
    const { code, stderr } = await sitrep(...args)
    expect(stderr).toMatch(sentence)
    expect(code).toBe(2)
  }
})

test('a retirement says before who would be told, and does it then', async () => {
  const planned = await sitrep('retire', 'displacement', '--dry-run')
  expect(planned.stdout).toContain(
    '1 of 1 subscription would end, without any other topic. 1 reader would get one mail',
  )
  await sitrep('rename', 'harvests', 'Harvests and crops')
  const { stdout } = await sitrep('retire', 'displacement', '--move-to', 'harvests')
  expect(stdout).toContain('1 subscription follows Harvests and crops instead. 1 reader gets one mail about it.')
  expect((await list()).find(({ slug }: { slug: string }) => slug === 'displacement').retired).not.toBeNull()
})

test('a topic is learned from files of sentences, and its rule is written to be edited', async () => {
  const { sketch } = labelledTopic('cholera')
  const out = join(folder, 'cholera.json')
  const { stdout, stderr } = await sitrep(
    ...['add', '--name', sketch.name, '--description', sketch.description],
    ...['--examples', file('examples.txt', sketch.examples.join('\n'))],
    ...['--counter-examples', file('counter.txt', sketch.counterExamples.join('\n'))],
    ...['--out', out],
  )
  expect(stderr).toBe('')
  expect(stdout).toContain('The rule matches 10 of 10 examples and 0 of 5 counter-examples.')
  expect(stdout).toContain('Published cholera as version 1.')
  const text = file('report.txt', 'Cholera killed nine patients in the camp of Dara.')
  const tested = await sitrep('test', text, '--rules', out)
  expect(tested.stdout).toMatch(/cholera \(rule version 1\) matches: score [\d.]+/)
  expect(tested.stdout).toMatch(/signals\[\d+\], weight 0\.3, @cholera: cholera/)
  expect(JSON.parse(readFileSync(out, 'utf8')).slug).toBe('cholera')
  expect((await list()).at(-1)).toMatchObject({ slug: 'cholera', origin: 'own' })
})
