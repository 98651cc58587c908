import { describe, expect, test } from 'vitest'
import { read, readRanked } from '../../src/reading/rules/read.ts'

const newer = 'Nine people were killed by the flood at the market of Dara.'
const older = 'The flood at the market of Dara killed six people in the night.'
const texts = (html: string, title = '') => {
  const { takeaways } = readRanked({ title, html }, [])
  return takeaways.flatMap(({ text, evidence }) => [text, ...evidence.map(({ quote }) => quote)])
}
const entries = (...all: [time: string, text: string][]) =>
  all.map(([time, text]) => `<h3>${time}</h3><p>${text}</p>`).join('')

describe('an older toll of a live page is neither claimed nor quoted', () => {
  test.each([
    ['14:32', '11:05'],
    ['2.32pm BST', '11.05am BST'],
    ['Posted at 14:32', 'Posted at 11:05'],
    ['16 August 2026, 10:05 GMT', '15 August 2026, 22:40 GMT'],
    ['Aug. 16, 10:05 a.m.', 'Aug. 15, 10:40 p.m.'],
    ['20m ago', '3h ago'],
    ['3 hours ago', '2 days ago'],
  ])('%s, then %s', (now, before) => {
    const told = texts(entries([now, newer], [before, older]))
    expect(told).toContain(newer)
    expect(told).not.toContain(older)
  })

  test('also when the newest entry stands last', () => {
    const told = texts(entries(['09:10', older], ['11:05', 'Schools are closed.'], ['14:32', newer]))
    expect(told).toContain(newer)
    expect(told).not.toContain(older)
  })

  test('where the time stands in the line, which is no part of the claim', () => {
    const html = `<p>14:32 ${newer}</p><p>11:05 ${older}</p><p>2h ago Schools in Petriv are closed.</p>`
    expect(texts(html)).toEqual([newer, newer, 'Schools in Petriv are closed.', 'Schools in Petriv are closed.'])
  })

  test('nor is that of a title', () => {
    const title = 'Six people killed by flood at market – live'
    expect(texts(entries(['14:32', newer], ['11:05', 'Schools in Petriv are closed.']), title)[0]).toBe(newer)
    expect(texts(entries(['14:32', 'Schools in Petriv are closed.'], ['11:05', newer]), title)[0]).toBe(
      'Six people killed by flood at market',
    )
  })
})

describe('but a toll stays', () => {
  test.each([
    ['of another place', 'The flood at the mill of Petriv killed six people in the night.'],
    ['that counts others', 'The flood at the market of Dara injured six people in the night.'],
    ['that may be the same', 'The flood at the market of Dara killed at least eight people in the night.'],
  ])('%s', (_, sentence) => expect(texts(entries(['14:32', newer], ['11:05', sentence]))).toContain(sentence))

  test('of another side', () => {
    const strike = (side: string, count: string) => `A ${side} drone strike killed ${count} people in the night.`
    const told = texts(entries(['14:32', strike('Russian', 'nine')], ['11:05', strike('Ukrainian', 'six')]))
    expect(told).toContain(strike('Ukrainian', 'six'))
  })

  test('of a report that is no live page', () => {
    const { takeaways } = read({ html: `<p>${newer}</p><p>${older}</p><p>Schools in Petriv are closed.</p>` }, [])
    expect(takeaways.map(({ text }) => text)).toContain(older)
  })
})
