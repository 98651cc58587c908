import { describe, expect, test } from 'vitest'
import { read, readRanked } from '../../src/reading/rules/read.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'

const report = [
  'Floods in the southern valleys have driven the largest number of families from home since 2010, the relief council warns. Its staff counted tents on Sunday. They found four hundred. “We have never seen this,” one of them said.',
  'Repair of the Dara dam will likely take until autumn because its gates must be cast anew. A video shows the gates. It was filmed by Gen. A. Koval of the army engineers.',
  'This is a grave matter for farmers. Wheat prices rose by 40 percent in one week and continue to climb in every market of the south. However, no one expects hunger.',
  'Click here to see the map of the flood. We do not report in detail on losses of cattle in this bulletin.',
  'The government agreed to open the reserve stores, and lorries with grain will leave the capital on Friday. Who will pay for them?',
  'The relief council warns that floods in the southern valleys have driven the largest number of families from home since 2010.',
].join('\n\n')

const texts = (takeaways: { text: string }[]) => takeaways.map((t) => t.text)

describe('the chosen sentences', () => {
  test('are the most important ones, in the order of the text for people', () => {
    const { takeaways } = read({ text: report }, [])
    expect(takeaways).toHaveLength(3)
    expect(takeaways.map((t) => t.start)).toEqual(takeaways.map((t) => t.start).toSorted((a, b) => a - b))
    expect(texts(takeaways).join(' ')).toMatch(/southern valleys[\s\S]*Dara dam/)
  })

  test('are in order of rank for programs, up to 15', () => {
    const many = Array.from(
      { length: 60 },
      (_, i) =>
        `Village number ${i} has lost its ${['mill', 'well', 'bridge', 'school'][i % 4]} to the flood of the year.`,
    )
    expect(readRanked({ text: many.join('\n\n') }, []).takeaways).toHaveLength(15)
  })

  test('can stand alone, and are about the subject, not about the report', () => {
    const chosen = texts(readRanked({ text: report }, []).takeaways)
    for (const sentence of chosen) expect(sentence).not.toMatch(/^(?:They|This|It|However|Click|We|Its)\b|bulletin/)
  })

  test('do not repeat each other while other sentences are left', () => {
    const chosen = texts(read({ text: report }, []).takeaways)
    expect(chosen.filter((sentence) => sentence.includes('largest number of families'))).toHaveLength(1)
  })

  test('tell the same again, with a hedge added, after all others, but not of another place', () => {
    const first = 'Engineers closed several bridges of Dara to save the old mill and may leave the upper valley soon.'
    const again = 'Engineers may leave the upper valley soon and reportedly closed three bridges to save the old mill.'
    const elsewhere = first.replace('Dara', 'Lorn')
    const late = 'Wheat came late, a farmer said.'
    const many = ['The ferries carry no lorries before May.', 'A school in the north has no roof yet.']
    const order = (second: string) =>
      texts(readRanked({ text: [first, second, ...many, late].join('\n\n') }, []).takeaways).indexOf(second)
    expect(order(again)).toBe(4)
    expect(order(elsewhere)).toBeLessThan(4)
  })

  const plain = [
    'The council of Dara met on Monday and heard the engineers of the valley.',
    'Wheat from the northern fields reached the mills with a delay of nine days.',
    'The ferries between the two banks carry no lorries before the weekend.',
  ]

  test.each([
    'Who will pay for the lorries and the grain of the northern valleys?',
    'Read more about the council and the engineers of the valley on our page.',
    'Our correspondent Vera Lind tells us more about the floods in the valley.',
    'Photo by Vera Lind shows the people of the valley in their boats on Monday.',
    'A man looks at the burning mill of the old town — Vera Lind / Getty Images.',
    'Vera Lind is pleased to welcome the engineers of the northern valleys.',
    'We thank the people of the northern valleys for their generous support.',
    'Este informe fue elaborado por el consejo de los valles del norte del país.',
    'The mission would like to thank all donors that help the people of the valley.',
    'Data were collected by telephone among 1,200 households of the valley in May.',
    'Figures are rounded to the nearest hundred people of the northern valleys.',
    'Agradecemos a los donantes su apoyo a las familias de los valles del norte.',
    'Дякуємо донорам за підтримку людей, які залишили північні долини.',
    'Some first pictures from the floods of the northern valleys are emerging on social media.',
    'The agency has a quick snap that the engineers of the valley are on strike.',
    'The valley board has updated the structure of its discussion of the northern floods.',
    'Day 1,738 of the full-scale invasion of the northern valleys has begun.',
    'Розпочалася дев’ятсот п’ята доба широкомасштабної агресії проти долини.',
    'Consequences of the great flood in the northern valleys and their villages.',
    '“The dam will not hold for another night, and the valley must be left.',
    '“The dam will not hold for another night, and the valley must be left.”',
    'The engineers of the valley previously reported cracks in the wall of the dam.',
  ])('are not: %s', (sentence) => {
    for (const at of [0, 2]) {
      const text = plain.toSpliced(at, 0, sentence).join('\n\n')
      expect(texts(read({ text }, []).takeaways)).not.toContain(sentence)
    }
  })

  test.each([
    'The mission thanked 40 rescuers and said that the people of the valley were saved.',
    'The survey found that 40 percent of the people of the valley have no stove.',
    'The report provides proof that the people of the valley have no stove.',
  ])('are, although they have words of thanks or of a survey: %s', (sentence) => {
    expect(texts(read({ text: [sentence, ...plain].join('\n\n') }, []).takeaways)).toContain(sentence)
  })

  test.each([
    'It is not true, the keeper of Dara said, that the wall of the dam has burst.',
    'It is unclear whether the people of Dara can go back to the valley.',
  ])('are, where the first word refers to what follows: %s', (sentence) => {
    expect(texts(read({ text: [sentence, ...plain].join('\n\n') }, []).takeaways)).toContain(sentence)
  })

  test('come with the fact of their anecdote', () => {
    const anecdote = 'Vera Lind locked the door of her house. She is one of 3,400 people who have left Dara.'
    const chosen = texts(readRanked({ text: [anecdote, ...plain].join('\n\n') }, []).takeaways)
    expect(chosen.filter((text) => text.includes('Vera Lind') || text.includes('She'))).toEqual([anecdote])
  })

  test.each([
    'This is wrong.',
    'But that view is mistaken.',
    'The evidence says otherwise.',
    'The mayor denied it.',
    'The figure is not correct, the mayor said.',
  ])('come with the answer that rejects them: %s', (answer) => {
    const claim = 'Some argue that the dam of Dara will hold because its wall is new.'
    const told = texts(read({ text: [`${claim} ${answer}`, ...plain].join('\n\n') }, []).takeaways)
    expect(told).toContain(`${claim} ${answer}`)
  })

  test('are preferably those that tell what was hit, who left or how many they were, in Ukrainian too', () => {
    const quiet = [
      'Рада зібралася у понеділок у великій залі міста.',
      'На півдні долини тривала звичайна робота мірошників.',
    ]
    const news = [
      'Уночі пошкоджено дві підстанції на півночі долини.',
      'З долини евакуйовано 163 особи та їхніх тварин.',
    ]
    const text = [
      ...quiet,
      ...news,
      'Поромники долини чекають на зерно з півночі.',
      'Мірошники міста чекають на поромників.',
    ]
    const { takeaways } = read({ text: text.join('\n\n') }, [])
    expect(texts(takeaways)).toEqual(expect.arrayContaining(news))
  })

  test('are preferably those in bold', () => {
    const sentences = ['mill', 'well', 'school', 'chapel'].map(
      (house) => `The old ${house} of Dara stands open again after the storm of last week.`,
    )
    const html = (bold: number) =>
      sentences.map((sentence, i) => `<p>${i === bold ? `<b>${sentence}</b>` : sentence}</p>`).join('')
    for (const bold of [1, 3]) expect(texts(readRanked({ html: html(bold) }, []).takeaways)[0]).toBe(sentences[bold])
  })
})

test('more sentences of a longer report are shown, 7 at most', () => {
  const sentence = (i: number) =>
    `Valley ${i} counted ${i * 7} tents, ${i * 3} boats and ${i + 2} wells on day ${i} of the flood.`
  const shown = (sentences: number) =>
    read({ text: Array.from({ length: sentences }, (_, i) => sentence(i)).join('\n\n') }, []).takeaways.length
  expect([5, 16, 24, 38, 400].map(shown)).toEqual([3, 3, 5, 7, 7])
})

test('a text of fewer than three sentences is one takeaway', () => {
  const text = 'The dam burst on Monday. Two bridges are closed.'
  expect(texts(read({ text }, []).takeaways)).toEqual([text])
})

test.each([
  'Vera Lind discussed more with retired Col. Ivan Bar, who was in Dara that night.',
  'What to know about the new gates of the dam of Dara.',
  'Valley Post journalist Vera Lind looks at why the gates stayed shut.',
  'Valley Check has used satellite imagery to follow the ferry for a week.',
  'The minister Ivan Bar joins Vera Lind on trade and the price of wheat.',
  'Valley Daily: August 12, 2026',
  'These videos show the moment when the dam of the upper valley burst.',
  'The office offers no forecast of the floods that are discussed above.',
])('what hands over or describes itself is not told: %s', (sentence) => {
  const takeaways = read({ title: 'Dam above Dara bursts', text: `The council met at noon. ${sentence}` }, []).takeaways
  expect(
    takeaways.flatMap(({ text, evidence }) => [text, ...evidence.map(({ quote }) => quote)]).join(' '),
  ).not.toContain(sentence)
})

test.each([
  'This factsheet presents information collected at 14 wells of Dara.',
  'This weekly snapshot summarises the floods of Dara and the aid given.',
  'The bulletin provides an overview of the floods in Dara since May.',
])('what a document says of its contents is not told: %s', (sentence) => {
  const told = 'Four of the 14 wells of Dara give no clean water.'
  expect(texts(read({ text: `${sentence} ${told}` }, []).takeaways)).toEqual([told])
})

test.each([
  'Last week farmers near Dara noticed something odd in the river.',
  'It was a quiet morning in Dara when the ferry came.',
  'The sun was just setting over the mills of Dara.',
])('what only sets the scene is not told: %s', (scene) => {
  const told = 'The dam above Lorn has lost a third of its water.'
  expect(texts(read({ text: `${scene} ${told}` }, []).takeaways)).toEqual([told])
})

test('the rundown of a programme is no claim, but clauses on one subject are', () => {
  const claims = (text: string) => texts(read({ title: 'Morning news brief', text }, []).takeaways)
  expect(
    claims(
      'Families in Dara ask for bread, as the rain goes on, Lorn’s farmers sell their mills, Petriv holds a vote.',
    ),
  ).toEqual([])
  const [vote, speech] = [
    'In Dara, the oldest town of the valley, Lorn holds its vote on Monday.',
    'The flood took Dara, Lorn has no bread, Vera Lind said, Petriv holds a vote.',
  ]
  expect(claims(vote)).toEqual([vote])
  expect(claims(speech)).toEqual([speech])
})

test('a sentence with `There is` stands alone', () => {
  const there = 'There is no water in the town of Dara: before leaving, the army blew up the main pumping station.'
  const text = [
    'State of the town.',
    there,
    'Nine engineers are on their way.',
    'Schools are shut.',
    'The bridge is closed.',
  ].join('\n\n')
  expect(read({ text }, []).takeaways.map((takeaway) => takeaway.text)).toContain(there)
})

test('a reporter who signs off is neither told nor the speaker', () => {
  const [flood, ...rest] = read({ text: 'The dam burst on Monday. Vera Lind reports.' }, []).takeaways
  expect(flood).toMatchObject({ text: 'The dam burst on Monday.', attribution: null })
  expect(rest).toEqual([])
})

test('an empty text has no takeaway', () => {
  expect(read({ html: '<p> </p>' }, [])).toEqual({ language: 'en', text: '', passages: [], takeaways: [], topics: [] })
})

test('two matters of a short item are two takeaways, each with its own topics', () => {
  const bounty = 'Iran is offering 30,000 crowns for the sword of King Lorn.'
  const exile = 'Dara shelters 9,000 refugees of war from Petriv.'
  const takeaways = (text: string) =>
    read({ text }, builtinTopics).takeaways.map(({ text: claim, topics }) => [claim, topics.length])
  expect(takeaways(`${bounty} ${exile}`)).toEqual([
    [bounty, 0],
    [exile, 1],
  ])
  expect(takeaways(`${bounty} It is of the finest steel.`)).toHaveLength(1)
  expect(takeaways(`${bounty} The sword of Lorn hung in the hall of Dara.`)).toHaveLength(1)
})
