import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/platform/user-error.ts'
import { read } from '../../src/reading/rules/read.ts'
import { parseRule, TopicRuleError } from '../../src/reading/rules/topics/rule.ts'
import type { TopicRule } from '../../src/reading/rules/types.ts'

function topic(rule: unknown, threshold = 0.5): TopicRule {
  return { slug: 'test', name: 'Test', description: '', version: 3, threshold, rule }
}

const signal = (find: unknown, more: object = {}) => topic({ signals: [{ weight: 1, find }], ...more })
const words = (text: string, rule: TopicRule) =>
  read({ text }, [rule]).topics.flatMap((t) => t.words.map((word) => word.text))

describe('a rule finds', () => {
  test('a phrase in every inflection, with hyphens and in any case', () => {
    expect(words('They offered Security-Guarantees to Kyiv.', signal('security guarantee'))).toEqual([
      'Security-Guarantees',
    ])
  })

  test('only the exact form after =, and any ending before *', () => {
    expect(words('Trains carry trainees in training.', signal('=trains'))).toEqual(['Trains'])
    expect(words('Peacekeepers keep peacekeeping.', signal('peacekeep*'))).toEqual(['Peacekeepers', 'peacekeeping'])
    expect(words('Обстріли та обстрілів.', signal('обстріл*'))).toEqual(['Обстріли', 'обстрілів'])
  })

  test('all things in neighbouring sentences where the rule allows it', () => {
    const text = 'Drones came at night. Nobody slept. The port is dark.'
    expect(words(text, signal({ all: ['drone', 'port'], sentences: 3 }))).toEqual(['Drones', 'port'])
    expect(words(text, signal({ all: ['drone', 'port'], sentences: 2 }))).toEqual([])
  })

  test('all things in one sentence, not in two', () => {
    const rule = signal({ all: ['drone', 'port'] })
    expect(words('A drone fell by the port.', rule)).toEqual(['drone', 'port'])
    expect(words('A drone fell. The port is open.', rule)).toEqual([])
  })

  test('things near each other, in order where the rule asks for it', () => {
    const near = { near: ['drone', 'port'], within: 3 }
    expect(words('The port saw one drone today.', signal(near))).toEqual(['port', 'drone'])
    expect(words('The port saw one drone today.', signal({ ...near, ordered: true }))).toEqual([])
    expect(words('The port was very calm when one drone came.', signal(near))).toEqual([])
  })

  test('any phrase of a named list', () => {
    expect(words('A depot burns.', signal('@target', { lists: { target: ['port', 'depot'] } }))).toEqual(['depot'])
  })

  test('nothing where a barred thing is in the sentence, or an exclusion holds the word', () => {
    expect(words('A storm hit the port.', signal({ any: ['port'], none: ['storm'] }))).toEqual([])
    const strike = signal('strike', { exclusions: ['labour strike'] })
    expect(words('A labour strike began.', strike)).toEqual([])
    expect(words('A labour strike began before the strike on Dara.', strike)).toEqual(['strike'])
  })
})

test('a rule finds nothing in a sentence that holds a thing of its own none, but does in the next sentence', () => {
  const rule = topic({
    none: [{ near: ['earthquake', 'damage'], within: 3 }],
    signals: [
      { weight: 0.5, find: 'port' },
      { weight: 0.5, find: 'bridge' },
    ],
  })
  expect(words('An earthquake damaged the port and a bridge.', rule)).toEqual([])
  expect(words('An earthquake damaged the port. The bridge was bombed.', rule)).toEqual(['bridge'])
})

test('a rule is not skipped where its first thing is a number', () => {
  const rule = signal({ near: ['1*', 'leave'], within: 3, ordered: true })
  expect(words('Some 1,200 people leave.', rule)).toEqual(['1', 'leave'])
})

describe('a claim comes first, its evidence second', () => {
  const rule = topic({
    signals: [
      { weight: 0.6, find: { near: ['missile', 'plant'], within: 6 } },
      { weight: 0.2, find: 'blackout' },
    ],
  })
  const report = (claim: string, body: string) =>
    read(
      {
        html: `<h2>Key takeaways</h2><ul><li>${claim}</li><li>Wheat prices doubled in the southern markets.</li></ul><p>${body}</p>`,
      },
      [rule],
    )
  const topicsOf = (claim: string, body: string) =>
    report(claim, body).takeaways.flatMap(({ topics }) => topics.map(({ topic: slug }) => slug))

  test('a claim that says it has the topic', () => {
    expect(topicsOf('A missile hit the plant of Dara.', 'It rained for a week.')).toEqual(['test'])
  })

  test('evidence completes the topic of which the claim shows a sign', () => {
    const body = 'Engineers in Dara said that a blackout began when a missile hit the plant.'
    expect(topicsOf('A blackout began in Dara, engineers said.', body)).toEqual(['test'])
  })

  test('a passing mention in the evidence gives no topic', () => {
    const body = 'The council of Dara met on Monday, a week after a missile hit the plant, and chose a mayor.'
    expect(topicsOf('The council of Dara met on Monday and chose a mayor.', body)).toEqual([])
  })
})

test('the score is one minus the product of one minus each weight, each signal counted once', () => {
  const rule = topic({
    signals: [
      { weight: 0.5, find: 'drone' },
      { weight: 0.5, find: 'port' },
    ],
  })
  expect(read({ text: 'Drones and drones met over the port.' }, [rule]).topics).toMatchObject([
    { topic: 'test', version: 3, score: 0.75 },
  ])
  expect(read({ text: 'A drone fell.' }, [{ ...rule, threshold: 0.6 }]).topics).toEqual([])
})

describe('a rule that cannot be used is refused with the path of the error', () => {
  test.each([
    [{ signals: [] }, 'signals', 'a rule needs at least one signal'],
    [{ signals: [{ weight: 2, find: 'port' }] }, 'signals[0].weight', '1'],
    [
      { signals: [{ weight: 1, find: { near: ['port', 'dr**ne'], within: 3 } }] },
      'signals[0].find.near[1]',
      'a phrase has only letters',
    ],
    [{ signals: [{ weight: 1, find: { near: ['port'], within: 3 } }] }, 'signals[0].find.near', 'at least two'],
    [{ signals: [{ weight: 1, find: { any: ['port'], nine: ['a'] } }] }, 'signals[0].find', 'nine'],
    [{ signals: [{ weight: 1, find: 7 }] }, 'signals[0].find', 'expected a phrase'],
    [{ signals: [{ weight: 1, find: '@ports' }] }, 'signals[0].find', 'no list named "ports"'],
  ])('%j', (rule, path, problem) => {
    const refused = () => parseRule({ slug: 'test', rule })
    expect(refused).toThrow(TopicRuleError)
    expect(refused).toThrow(UserError)
    expect(refused).toThrow(expect.objectContaining({ path, message: expect.stringContaining(problem) }))
  })
})
