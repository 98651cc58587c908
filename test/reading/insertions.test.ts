import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'

const news = 'The council of Dara closed both bridges of the valley on Monday, the mayor said.'
/** Short passages with a call to sign up are furniture as a whole. */
const rest = 'Wheat from the northern fields reached the mills with a delay of nine days. '.repeat(7)
const lead = 'Two bridges of the valley closed after a week of heavy rain'

describe('lines of the page within a sentence are in no claim and no quotation', () => {
  test.each([
    'Valley live – latest updates',
    'Valley politics live – latest updates Dara live – latest updates',
    'Follow our Dara news live blog for the latest updates',
    'Read more here Sign up for the Valley Morning email',
    'Get our evening news email , free app or weekly news podcast',
    'First Published: May 3, 2014 5: 19 PM EDT',
    'PUBLISHED: MONDAY, MAY 3, 2014, 12: 38 AM UPDATED: TUESDAY, MAY 4, 2014',
  ])('%s', (line) => {
    const title = 'Council of Dara closes both bridges of the valley'
    const { takeaways } = read({ title, text: `${lead} ${line} ${news} ${rest}` }, [])
    const quotes = takeaways.flatMap(({ text, evidence }) => [text, ...evidence.map(({ quote }) => quote)])
    expect(quotes.join(' ')).toContain(news)
    expect(quotes.join(' ')).not.toContain(line.slice(0, 12))
  })

  test.each([
    'The page that shows the latest updates of the council is closed, the mayor said.',
    'Lists of the council, updated: May 3, 2014, name both bridges, the mayor said.',
  ])('but words of a sentence stay: %s', (sentence) => {
    expect(read({ text: sentence }, []).takeaways.map(({ text }) => text)).toEqual([sentence])
  })
})

test('a call of the police for information is no claim', () => {
  const call = 'Anyone with information about the bridges is asked to call the police of Dara on 555.'
  expect(read({ text: `${news} ${call}` }, []).takeaways.map(({ text }) => text)).toEqual([news])
})

describe('the heading of a live page that is glued to its sentence', () => {
  const quoted = (sentence: string, title = 'Council of Dara resigns after the flood') => {
    const text = `Wheat fell in May. ${sentence} Mills stand still.`
    const { takeaways } = read({ title, text }, [])
    return takeaways.flatMap((takeaway) => takeaway.evidence.map(({ quote }) => quote)).join(' ')
  }

  test.each([
    ['Council of Dara resigns over flood', 'Council of Dara resigned over the flood on Monday after a vote in Lorn.'],
    [
      'Dara resigns council seats over flood',
      'Dara has resigned its seats in the council over the flood of Monday night.',
    ],
  ])('is quoted no more than told: %s', (heading, sentence) => {
    const quotes = quoted(`${heading} ${sentence}`)
    expect(quotes).toContain(sentence)
    expect(quotes).not.toContain(`${heading} `)
  })

  test.each([
    'Council of Dara resigns over flood and Council of Dara members resigned over the flood on Monday as well.',
    'Council of Dara resigns over flood, Council of Dara members said on Monday after the vote on the flood in Lorn.',
    'Council of Dara resigned over the flood plan Council of Dara members had made.',
  ])('is no part of a sentence that names somebody twice: %s', (sentence) =>
    expect(quoted(sentence)).toContain(sentence),
  )
})
