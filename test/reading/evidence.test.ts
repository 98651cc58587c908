import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { read, readRanked } from '../../src/reading/rules/read.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import type { Source } from '../../src/reading/rules/types.ts'

test('the evidence of a stated takeaway is the sentence of the body that says the same, with its references', () => {
  const html =
    '<p>Rain fell for a week.[1] Engineers said that the dam above Dara burst late on Monday.[2] The town was empty.</p>' +
    '<h2>Key takeaways</h2><ul><li>The dam above Dara burst on Monday.</li><li>Wheat prices doubled in the southern markets.</li></ul>'
  const [dam, wheat] = read({ html }, []).takeaways
  expect(dam?.evidence).toMatchObject([
    { quote: 'Engineers said that the dam above Dara burst late on Monday.', references: [{ mark: '2' }] },
  ])
  expect(wheat?.evidence[0]?.quote).toBe(wheat?.text)
})

test('the evidence of a numbered heading is the paragraph below it', () => {
  const below = 'Engineers met in the night. They found a hole of nine metres.'
  const heading = (n: number, text: string) => `<h3>${n}. ${text}</h3>`
  const html =
    `<h2>Key takeaways</h2>${heading(1, 'The dam above Dara burst on Monday.')}<p>${below}</p>` +
    `${heading(2, 'The flood killed 14 people in one night.')}<p>The mayor said that 3 people were killed.</p>`
  const [dam, flood] = read({ html }, []).takeaways
  expect(dam?.evidence).toMatchObject([{ quote: below }])
  expect(flood?.evidence[0]?.quote).toBe(flood?.text)
})

test('an extracted takeaway is its own evidence, with the references of its sentence only', () => {
  const text =
    'The dam above Dara burst late on Monday.[1] Engineers warn that two more dams may follow this week.[2] Trains between the two cities stand still.[3]'
  const warned = read({ text }, []).takeaways.find((t) => t.text.startsWith('Engineers'))
  expect(warned?.evidence).toMatchObject([{ quote: warned?.text, references: [{ mark: '2' }] }])
})

test('a quotation goes on to the next figure or named source of its passage', () => {
  const item = 'The dam above Dara burst on Monday.'
  const echo = 'The dam above Dara burst late on Monday.'
  const quoteFrom = (...sentences: string[]) => {
    const html = `<p>${[echo, ...sentences].join(' ')}</p><h2>Key takeaways</h2><ul><li>${item}</li><li>Wheat prices doubled in the southern markets.</li></ul>`
    return read({ html }, []).takeaways[0]?.evidence[0]?.quote
  }
  const rain = 'Rain had fallen for days.'
  const figure = 'The water took 214 houses.'
  const source = 'The mayor Olena Koval said that nobody was warned.'
  expect(quoteFrom(rain, figure, source)).toBe([echo, rain, figure].join(' '))
  expect(quoteFrom(source, figure)).toBe([echo, source].join(' '))
  expect(quoteFrom(rain, rain, rain, figure)).toBe(echo)
  expect(quoteFrom('It was 4 May 2026.')).toBe(echo)
})

describe('a takeaway of two facts', () => {
  const rest = Array.from({ length: 12 }, (_, day) => `<p>The ferry carried flour on day ${day} of the rain.</p>`).join(
    '',
  )
  const quoteOf = (takeaway: string, sentence: string) => {
    const html = `<p>${sentence}</p>${rest}<h2>Key takeaways</h2><ul><li>${takeaway}</li><li>Wheat prices doubled in the southern markets.</li></ul>`
    return read({ html }, []).takeaways[0]?.evidence[0]?.quote
  }
  const item =
    'Wardens continue to fortify the northern gates of Dara and advance efforts to bind its mills into the economy of Lorn.'

  test('is backed by a sentence that tells one of them whole', () => {
    const sentence = 'Wardens continued to fortify the northern gates of Dara with sand and iron.'
    expect(quoteOf(item, sentence)).toBe(sentence)
  })

  test('but not by one that has a few words of each', () => {
    expect(quoteOf(item, 'Wardens of Lorn said that the economy of the northern hills is weak.')).toBe(item)
  })
})

test('a short takeaway is not backed by a sentence without what it says', () => {
  const rest = Array.from({ length: 12 }, (_, day) => `<p>The ferry carried flour on day ${day} of the rain.</p>`).join(
    '',
  )
  const item = 'Operations around the gates of Dara remain stalled.'
  const other = 'The flood will hinder operations around the gates of Dara.'
  const html = `<p>${other}</p>${rest}<h2>Key takeaways</h2><ul><li>${item}</li><li>Wheat prices doubled in the southern markets.</li></ul>`
  expect(read({ html }, []).takeaways[0]?.evidence[0]?.quote).toBe(item)
})

test('a quotation ends before a sentence that adds another matter', () => {
  const item = 'The dam above Dara burst on Monday.'
  const echo = 'The dam above Dara burst late on Monday.'
  const html = `<p>${echo} Wardens additionally closed the mills. The council of Lorn sent 9 ships to the coast.</p><h2>Key takeaways</h2><ul><li>${item}</li><li>Wheat prices doubled in the southern markets.</li></ul>`
  expect(read({ html }, []).takeaways[0]?.evidence[0]?.quote).toBe(echo)
})

test('a sentence with other figures than the takeaway is not its evidence', () => {
  const title = 'At least six people killed in flood at Dara'
  const evidenceOf = (lead: string) =>
    read({ title, text: `${lead} Two bridges are closed.` }, []).takeaways[0]?.evidence[0]?.quote
  const other = 'A flood at Dara and in the valley killed two people and injured 19.'
  const same = 'A flood at Dara killed 6 people in one night.'
  expect(evidenceOf(other)).toBe(title)
  expect(evidenceOf(same)).toBe(same)
  expect(evidenceOf('A flood at Dara killed people who slept.')).toContain('A flood at Dara killed people')
})

test('a sentence with the counts of the takeaway goes before one with more of its words', () => {
  const quoteFrom = (...body: string[]) => {
    const item = 'Heavy floods in the valley of Dara displaced more than 61,000 people since early spring.'
    const html = `<h2>Key takeaways</h2><ul><li>${item}</li></ul>${body.map((text) => `<p>${text}</p>`).join('')}`
    return read({ html }, []).takeaways[0]?.evidence[0]?.quote
  }
  const some = 'Heavy floods in the valley of Dara since early spring drove people to the hills.'
  const other = 'Heavy floods in the valley of Dara led to the displacement of 40,000 people since early spring.'
  const same = 'Floods in the valley of Dara have displaced 61,000 people so far.'
  expect(quoteFrom(some, same)).toBe(same)
  expect(quoteFrom(other, same)).toBe(same)
  expect(quoteFrom(some)).toBe(some)
  expect(quoteFrom(other)).toMatch(/61,000/)
})

describe('a sentence about another event is not the evidence of a title', () => {
  const isQuoted = (title: string, lead: string) => {
    const [claim] = read({ title, text: `${lead} Two bridges are closed.` }, []).takeaways
    expect(claim?.text).toBe(title)
    return claim?.evidence[0]?.quote === lead
  }

  test.each([
    [
      'another side',
      'Ukraine strikes oil depot in Dara valley',
      'A Russian strike hit an oil depot in the Dara valley.',
    ],
    ['another army', 'Israeli forces move towards the old bridge', 'Hezbollah fighters move towards the old bridge.'],
    [
      'both sides',
      'Grain silos burn in Russian attack',
      'Grain silos burn as both countries attack each other every night.',
    ],
    ['another toll', 'Flood kills 14 and injures 103 at market', 'The flood killed 16 and injured 103 at the market.'],
    ['another place', 'Drones hit warehouse near Petriv at night', 'Drones hit a warehouse near Oleshky at night.'],
  ])('%s', (_, title, lead) => expect(isQuoted(title, lead)).toBe(false))

  test.each([
    [
      'the same side',
      'Ukraine strikes oil depot in Dara valley',
      'Ukrainian drones hit an oil depot in the Dara valley.',
    ],
    [
      'the struck side',
      'Russian depot burns in the Dara valley',
      'A depot burns in the Dara valley after a Ukrainian strike.',
    ],
    [
      'a government that was struck',
      'Kyiv hit by drones from the north',
      'Drones from the north hit Kyiv, and Russian forces fired them.',
    ],
    ['a rounded figure', 'More than 200 drones fly over the Dara valley', 'Some 214 drones flew over the Dara valley.'],
    [
      'an age',
      'Boy, 7, among 14 killed in flood at market',
      'The flood at the market killed 14, among them a 7-year-old boy.',
    ],
    ['a country', 'Drones hit warehouse near Petriv at night', 'Drones hit a warehouse in Ukraine at night.'],
    ['another spelling', 'Shells fall in Zaporizhzhia at night', 'Shells fell at night in Zaporizhia.'],
  ])('but one with %s is', (_, title, lead) => expect(isQuoted(title, lead)).toBe(true))

  test('and the next best sentence takes its place', () => {
    const rest = Array.from({ length: 9 }, (_, day) => `<p>The ferry carried flour on day ${day} of the rain.</p>`)
    const claim = 'Israeli forces crossed the old bridge of Dara at night and cut the road to the mill.'
    const other = '<p>Iranian forces crossed the old bridge of Dara at night and cut the road to the mill.</p>'
    const same = 'At night, Israeli forces crossed the bridge of Dara and cut the road to the mill.'
    const list = `<h2>Key takeaways</h2><ul><li>${claim}</li><li>Wheat prices doubled in the southern markets.</li></ul>`
    const html = `${other}<p>${same}</p>${rest.join('')}${list}`
    expect(read({ html }, []).takeaways[0]?.evidence[0]?.quote).toBe(same)
  })

  test('and a quotation ends before another toll', () => {
    const title = 'Flood kills six at the market of Dara'
    const lead = 'A flood killed six people at the market of Dara.'
    const added = 'A landslide killed 2 in the next valley.'
    const [claim] = read({ title, text: `${lead} ${added} Schools are closed.` }, []).takeaways
    expect(claim?.evidence[0]?.quote).toBe(lead)
  })
})

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<ul><li>',
        '</li>',
        '<b>',
        '</b>',
        '<sup>',
        '</sup>',
        '<br>',
        '[1]',
        '[xli]',
        '• ',
        'Key takeaways',
        '<h2>',
        '&nbsp;',
        '\u0301',
      ),
      fc.constantFrom(
        'The dam burst on Monday. ',
        'Drones struck a power plant in the city. ',
        '\u0000',
        '\ud83d',
        '<a href="#fn1">',
        '</a>',
        '**',
        '](',
        '\n',
        '\n- ',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''))

const forms = (text: string): Source[] => [{ html: text }, { markdown: text }, { text }]

test('every quote and every matched word is exactly the text at its offsets, whatever the input', () => {
  fc.assert(
    fc.property(hostile, (input) => {
      for (const source of forms(input)) {
        for (const { text, takeaways, passages, topics } of [
          read(source, builtinTopics),
          readRanked(source, builtinTopics),
        ]) {
          expect(text).toBe(text.normalize('NFC').toWellFormed().replaceAll('\u0000', ''))
          const evidence = takeaways.flatMap((t) => t.evidence)
          for (const { start, end, quote, passage } of evidence) {
            expect(text.slice(start, end)).toBe(quote)
            expect(passages[passage - 1]?.n).toBe(passage)
          }
          for (const word of topics.flatMap((t) => t.words)) expect(text.slice(word.start, word.end)).toBe(word.text)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('passages are in order and do not overlap', () => {
  fc.assert(
    fc.property(hostile, (input) => {
      for (const source of forms(input)) {
        const { passages, text } = read(source, [])
        let last = 0
        for (const { start, end } of passages) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBe(text.length)
      }
    }),
  )
})
