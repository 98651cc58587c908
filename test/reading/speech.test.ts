import { describe, expect, test } from 'vitest'
import { read, readRanked } from '../../src/reading/rules/read.ts'

const texts = (takeaways: { text: string }[]) => takeaways.map(({ text }) => text)
const plain = [
  'The council of Dara met on Monday and heard the engineers of the valley.',
  'Wheat from the northern fields reached the mills with a delay of nine days.',
  'The ferries between the two banks carry no lorries before the weekend.',
]

describe('speech without its speaker is no takeaway', () => {
  test.each([
    'We need more pumps in the northern valley before the river rises.',
    'The dam of Dara is our last hope in the northern valley.',
    'When the water came, I ran up the hill with the children of the mill.',
    '“The dam will hold for another night in the valley,” he said.',
    'Ми чекаємо на насоси у північній долині, доки вода не піднялася.',
    'FRANCE 3’s Vera Lind reports from the northern valley of Dara.',
  ])('%s', (sentence) => {
    expect(texts(readRanked({ text: [sentence, ...plain].join('\n\n') }, []).takeaways)).not.toContain(sentence)
    expect(texts(read({ text: `The dam of Dara burst. ${sentence}` }, []).takeaways)).toEqual([
      'The dam of Dara burst.',
    ])
  })

  test('nor is a sentence in the middle of a quotation', () => {
    const middle = 'The dam of Dara will not hold for another night.'
    const quotation = `“The northern valley must be left. ${middle} The bridges are closed,” Mayor Vera Lind said.`
    expect(texts(readRanked({ text: [...plain, quotation].join('\n\n') }, []).takeaways)).not.toContain(middle)
  })

  test.each([
    'Mayor Vera Lind said that we need more pumps in the northern valley.',
    'The mayor of Dara said: “We need more pumps in the northern valley.”',
    'The northern valley has had no such flood since World War I ended.',
    'Pipes of 30" diameter carry the water of the northern valley to Dara.',
    'На півночі долини наші захисники зупинили 49 штурмових дій ворога.',
    'Media reports from the northern valley say that the dam holds.',
  ])('but words with a speaker, or none at all, are: %s', (sentence) => {
    const text = [sentence, ...plain].join('\n\n')
    expect(texts(readRanked({ text }, []).takeaways)).toContain(sentence)
  })
})

describe('what an opinion page claims is told by its author', () => {
  const speakerOf = (title: string, url?: string) =>
    read({ title, url, text: 'Petriv has waited for nine years. Half of Lorn is dry.' }, []).takeaways.map(
      ({ attribution }) => attribution,
    )

  test.each([
    ['The dam of Dara must be rebuilt | Vera Lind', 'https://desk.example/commentisfree/2026/dam', 'Vera Lind'],
    ['The dam of Dara must be rebuilt | Opinion', undefined, 'the author'],
    ['The dam of Dara must be rebuilt', 'https://desk.example/opinions/dam', 'the author'],
  ])('%s', (title, url, speaker) => expect(speakerOf(title, url)).toEqual([speaker, speaker]))

  test.each([
    ['The dam of Dara has burst | Vera Lind', 'https://desk.example/news/dam'],
    ['The dam of Dara has burst', 'https://opinion.example/news/dam?from=/opinion/'],
    ['The dam of Dara has burst', 'no address'],
  ])('and no other page is one: %s', (title, url) => expect(speakerOf(title, url)).toEqual([null, null]))

  test('but whoever is named in a claim is its speaker', () => {
    const text = 'Engineer Petro Lys said that the wall is thin.'
    const { takeaways } = read({ title: 'x', url: 'https://desk.example/opinion/dam', text }, [])
    expect(takeaways[0]?.attribution).toContain('Petro Lys')
  })
})
