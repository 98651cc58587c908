import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { lintRule } from '../../src/reading/rules/topics/lint-rule.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import { builtinTopicsOf, labelledIn, topicLabels } from '../support/labelled-sentences.ts'

/** G, S and D name the topics of a sentence; `-` belongs to none and uses their words; `0` is any other news. */
type Labelled = { labels: string; text: string }

const sentencesIn = (language: string) =>
  labelledIn<Labelled>(language).map(({ labels, text }) => ({ labels, text, topics: builtinTopicsOf(text, language) }))

describe.each(['fr', 'es'])('in %s', (language) => {
  const sentences = sentencesIn(language)

  test.each(topicLabels)(
    '%s is found in six of seven sentences in unexpected words, and rarely elsewhere',
    (topic, label) => {
      const given = sentences.filter(({ topics }) => topics.includes(topic))
      const right = given.filter(({ labels }) => labels.includes(label)).length
      expect(right / sentences.filter(({ labels }) => labels.includes(label)).length).toBeGreaterThan(0.87)
      expect(right / given.length).toBeGreaterThan(0.93)
    },
  )

  test('hardly a sentence that only uses the words of topics is given one', () => {
    const traps = sentences.filter(({ labels }) => labels === '-')
    expect(traps.length).toBeGreaterThan(70)
    expect(traps.filter(({ topics }) => topics.length > 0).length).toBeLessThanOrEqual(1)
  })

  test('no sentence of other news is given a topic', () => {
    const news = sentences.filter(({ labels }) => labels === '0')
    expect(news.length).toBeGreaterThan(30)
    expect(news.filter(({ topics }) => topics.length > 0)).toEqual([])
  })

  test('the rules have no unused list, no phrase twice and no short prefix', () => {
    expect(builtinTopics.flatMap(lintRule).filter((warning) => warning.startsWith(`languages.${language}.`))).toEqual(
      [],
    )
  })

  test('a sentence of nothing but the words of the rules is read in bounded time', () => {
    const words = sentences.map((each) => each.text.replace(/[.?!:;]/g, ',')).join(' ')
    const text = words.repeat(20)
    expect(read({ text, language }, builtinTopics).text.length).toBeGreaterThan(300_000)
  })
})

test('French capitals may lack their accents', () => {
  const text = 'L’EVACUATION des habitants de Soumy a commencé.'
  expect(builtinTopicsOf(text, 'fr')).toEqual(['displacement'])
})
