import fc from 'fast-check'
import { expect, test } from 'vitest'
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
