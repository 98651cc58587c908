import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import { displaced, notDisplaced } from '../fixtures/topics/displacement.ts'
import { noStrikes, strikes } from '../fixtures/topics/infrastructure-strikes.ts'
import { guaranteed, notGuaranteed } from '../fixtures/topics/security-guarantees.ts'
import { topicLabels } from '../support/labelled-sentences.ts'

const topicsOf = (text: string, title?: string) =>
  read({ text, ...(title ? { title } : {}) }, builtinTopics).topics.map((t) => t.topic)

test.each(guaranteed)('security guarantees: %s', (text) => expect(topicsOf(text)).toContain('security-guarantees'))
test.each(notGuaranteed)('no security guarantees: %s', (text) =>
  expect(topicsOf(text)).not.toContain('security-guarantees'),
)
test.each(strikes)('infrastructure strikes: %s', (text) => expect(topicsOf(text)).toContain('infrastructure-strikes'))
test.each(noStrikes)('no infrastructure strikes: %s', (text) =>
  expect(topicsOf(text)).not.toContain('infrastructure-strikes'),
)
test.each(displaced)('displacement: %s', (text) => expect(topicsOf(text)).toContain('displacement'))
test.each(notDisplaced)('no displacement: %s', (text) => expect(topicsOf(text)).not.toContain('displacement'))

test.each([
  'Railway workers voted for a labour strike over pay.',
  'An earthquake damaged the power plant in the hills.',
  'The Security Council met and adjourned.',
  'The loan guarantee covers half of the sum.',
  'The displacement of troops along the front went on.',
  'Wheat prices rose in every market of the south.',
])('no topic: %s', (text) => expect(topicsOf(text)).toEqual([]))

type Labelled = { labels: string; text: string }

/** G, S and D name the topics of a sentence; `-` belongs to none and uses their words; `0` is any other news. */
const sentencesOf = (file: string): Labelled[] =>
  readFileSync(`test/fixtures/topics/${file}.tsv`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [labels = '', text = ''] = line.split('\t')
      return { labels, text }
    })

/** Own sentences in less obvious words. */
const labelled = sentencesOf('own-sentences')

/** Sentences of three writers who were asked for words that no rule would expect. */
const unexpected = ['first-hand', 'second-hand', 'third-hand'].flatMap(sentencesOf)

test.each(topicLabels)(
  '%s is found in four of five sentences of less obvious words, and rarely elsewhere',
  (topic, label) => {
    const given = labelled.filter(({ text }) => topicsOf(text).includes(topic))
    const right = given.filter(({ labels }) => labels.includes(label)).length
    expect(right / labelled.filter(({ labels }) => labels.includes(label)).length).toBeGreaterThan(0.8)
    expect(right / given.length).toBeGreaterThan(0.95)
  },
)

test('of several hundred sentences that only use the words of topics, at most one in fifty is given one', () => {
  const traps = labelled.filter(({ labels }) => labels === '-')
  expect(traps.length).toBeGreaterThan(500)
  expect(traps.filter(({ text }) => topicsOf(text).length > 0).length / traps.length).toBeLessThan(0.02)
})

test.each([
  ['security-guarantees', 'G', 0.75],
  ['infrastructure-strikes', 'S', 0.75],
  ['displacement', 'D', 0.6],
])(
  '%s is found in more than half of the sentences in unexpected words, and nine of ten matches are right',
  (topic, label, floor) => {
    const given = unexpected.filter(({ text }) => topicsOf(text).includes(topic))
    const right = given.filter(({ labels }) => labels.includes(label)).length
    expect(right / unexpected.filter(({ labels }) => labels.includes(label)).length).toBeGreaterThan(floor)
    expect(right / given.length).toBeGreaterThan(0.9)
  },
)

test('of 700 sentences of other news, fewer than five in a hundred are given a topic', () => {
  const news = sentencesOf('neutral')
  expect(news.length).toBeGreaterThan(700)
  expect(news.filter(({ text }) => topicsOf(text).length > 0).length / news.length).toBeLessThan(0.05)
})

test('a title gives topics too, and single passages do where title and takeaways give none', () => {
  const filler = Array.from(
    { length: 30 },
    (_, i) => `The council of district ${i} met on Monday and agreed on the budget for its ${i} schools this year.`,
  )
  const aside = 'He saw it. It was late. They said refugees slept there.'
  const text = [...filler, aside].join('\n\n')
  expect(read({ text }, builtinTopics).topics).toMatchObject([{ topic: 'displacement', via: 'passage' }])
  expect(read({ text, title: 'Drone strikes on a power plant' }, builtinTopics).topics).toMatchObject([
    { topic: 'infrastructure-strikes', via: 'title' },
  ])
})
