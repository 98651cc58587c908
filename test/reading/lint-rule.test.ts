import { expect, test } from 'vitest'
import { explain } from '../../src/reading/rules/topics/explain.ts'
import { lintRule } from '../../src/reading/rules/topics/lint-rule.ts'
import { builtinTopics, parseTopics } from '../../src/reading/rules/topics/topic-file.ts'

const topic = (rule: object, about: object = {}) => ({
  slug: 'storms',
  name: 'Storms',
  description: 'Bad weather.',
  version: 1,
  threshold: 0.5,
  rule,
  ...about,
})
const signals = [{ weight: 0.6, find: 'storm' }]

test('the built-in rules give no warning', () => {
  expect(builtinTopics.flatMap(lintRule)).toEqual([])
})

test.each([
  [{ lists: { winds: ['gale'] }, signals }, 'lists.winds: no signal and no exclusion uses this list.'],
  [
    { lists: { winds: ['gale', 'gales'] }, signals: [{ weight: 0.6, find: '@winds' }] },
    'lists.winds[1]: "gales" finds the same as "gale".',
  ],
  [
    { signals: [{ weight: 0.6, find: { any: ['st*'] } }] },
    'signals[0].find.any[0]: "st*" finds too many words. Use at least 3 letters before *.',
  ],
  [
    { signals: [{ weight: 0.2, find: 'storm' }] },
    'signals: all signals together reach a score of 0.20, and the threshold is 0.5. The topic never matches. Raise the weights.',
  ],
])('%j gives a warning', (rule, warning) => {
  expect(lintRule(topic(rule))).toEqual([warning])
})

test.each([
  ['{', /^The file is not JSON: /],
  [
    JSON.stringify(topic({ signals }, { threshold: 2 })),
    /^Topic "storms" is wrong at threshold: the threshold is at most 1/,
  ],
  [JSON.stringify([topic({ signals }), 7]), /^Topic number 2 is wrong at the top level: /],
  [
    JSON.stringify(topic({ signals: [{ weight: 0.5, find: { any: [] } }] })),
    /signals\[0\]\.find\.any: the list is empty/,
  ],
])('a file that holds %s is refused with the path of the error', (json, sentence) => {
  expect(() => parseTopics(json)).toThrow(sentence)
})

test('digits may begin a prefix: numbers are a kind of word', () => {
  expect(lintRule(topic({ signals: [{ weight: 0.6, find: { near: ['storm', '1*'], within: 2 } }] }))).toEqual([])
})

test('an explanation names the words that silence a rule, for a storm in a glass is none', () => {
  const rule = { none: ['tea'], signals }
  const [found] = explain({ text: 'It was a storm in a cup of tea.' }, [topic(rule)])
  expect(found).toMatchObject({ score: 0, signals: [], silencing: ['tea'] })
})

test('an explanation names the signals, their words, and the excluded words', () => {
  const rule = {
    exclusions: ['brain storm'],
    signals: [...signals, { weight: 0.3, find: { near: ['wind', 'roof'], within: 3 } }],
  }
  const [found] = explain({ text: 'After the brain storm, a storm wind took the roof.' }, [topic(rule)])
  expect(found).toMatchObject({
    topic: 'storms',
    passage: 1,
    score: 0.72,
    threshold: 0.5,
    excluded: ['brain', 'storm'],
    signals: [
      { signal: 0, words: ['storm'] },
      { signal: 1, words: ['wind', 'roof'] },
    ],
  })
})
