import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeRule, describeSelfTest } from '../../src/reading/rules/learning/describe-rule.ts'
import { learnedTopic, learnRule } from '../../src/reading/rules/learning/learn-rule.ts'
import { testOnSketch } from '../../src/reading/rules/learning/leave-one-out.ts'
import { StreamWords } from '../../src/reading/rules/learning/stream-words.ts'
import { lintRule } from '../../src/reading/rules/topics/lint-rule.ts'
import type { Rule } from '../../src/reading/rules/topics/rule.ts'
import { topicsOfStored } from '../../src/reading/rules/topics/stored-claim.ts'
import { parseTopics } from '../../src/reading/rules/topics/topic-file.ts'
import { openLexicon } from '../../src/reading/wordnet.ts'
import { f1Of, labelledTopic } from '../support/topic-sketches.ts'

const lexicon = await openLexicon()
const unseenKinds = ['grain-exports', 'nuclear-plants', 'cholera']

const learned = (slug: string, stream = new StreamWords()) => {
  const { sketch } = labelledTopic(slug)
  return learnedTopic(slug, 1, sketch, learnRule(sketch, lexicon, stream))
}
const matches = (text: string, slug: string) => topicsOfStored({ text, quote: null }, [learned(slug)]).length > 0

test('a rule learned from ten examples finds unseen sentences on topics that it was not tuned on', () => {
  const scores = unseenKinds.map((slug) => f1Of(learned(slug), labelledTopic(slug).unseen))
  expect(Math.min(...scores)).toBeGreaterThanOrEqual(0.74)
  expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThanOrEqual(0.75)
})

test('on the topics that it was made with it is at least as good as it was', () => {
  const scores = ['prisoner-exchanges', 'elections', 'floods'].map((slug) =>
    f1Of(learned(slug), labelledTopic(slug).unseen),
  )
  expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeGreaterThan(0.63)
})

test('a learned rule is a valid rule, and the same one each time', () => {
  for (const slug of unseenKinds) {
    const json = JSON.stringify(learned(slug))
    expect(parseTopics(json)).toHaveLength(1)
    expect(lintRule(learned(slug)).filter((remark) => !remark.includes('finds the same'))).toEqual([])
    expect(JSON.stringify(learned(slug))).toBe(json)
  }
})

test('it serves words that no example has, where they mean the same', () => {
  expect(JSON.stringify(labelledTopic('grain-exports').sketch)).not.toMatch(/barley/)
  expect(matches('The ship carried barley to Spain.', 'grain-exports')).toBe(true)
})

test('a phrase of a counter-example means something else', () => {
  expect(matches('The submarine carries one nuclear warhead past the plant.', 'nuclear-plants')).toBe(false)
  const { exclusions } = learned('nuclear-plants').rule as Rule
  expect(exclusions).toContain('nuclear warhead')
})

test('a word that is frequent in the stream, with the name or without it, is no word of the subject', () => {
  const stream = new StreamWords()
  for (let i = 0; i < 600; i++)
    stream.add(i % 120 === 0 ? 'The captives and hostages sang a song.' : `A song of spring number ${i}.`)
  const anchors = (rule: Rule) =>
    rule.signals.flatMap(({ find }) => (typeof find === 'string' ? (rule.lists[find.slice(1)] ?? []) : []))
  expect(anchors(learned('prisoner-exchanges').rule as Rule)).toContain('captives')
  expect(anchors(learned('prisoner-exchanges', stream).rule as Rule)).not.toContain('captives')
})

test('it says in words what it learned, and what it does on its own sentences', () => {
  const { sketch } = labelledTopic('cholera')
  const words = describeRule(sketch, learnRule(sketch, lexicon)).join('\n')
  expect(words).toContain('Cholera: learned from 10 examples and 5 counter-examples.')
  expect(words).toMatch(/@cholera \(a counter-example has it in another sense\): cholera/)
  const told = describeSelfTest(sketch, testOnSketch(sketch, learned('cholera'), lexicon, new StreamWords()))
  expect(told[0]).toBe('The rule matches 10 of 10 examples and 0 of 5 counter-examples.')
  expect(told[1]).toMatch(/^Learned without the sentence in question, it matches \d of 10 examples/)
})

test('the whole topics of the docs are valid and find what they are about', () => {
  const page = readFileSync('docs/topic-rules.md', 'utf8').split('## Three topics from nothing')[1]!
  const topics = [...page.matchAll(/^```json\n([\s\S]*?)^```/gm)].flatMap(([, json]) => parseTopics(json!, 'The docs'))
  expect(topics.map(({ slug }) => slug)).toEqual(unseenKinds)
  for (const topic of topics) {
    expect(lintRule(topic)).toEqual([])
    expect(f1Of(topic, labelledTopic(topic.slug).unseen)).toBeGreaterThan(0.8)
  }
})
