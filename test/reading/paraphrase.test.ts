import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'

const rest = Array.from({ length: 14 }, (_, day) => `<p>The ferry carried flour on day ${day} of the rain.</p>`).join(
  '',
)

function quotesOf(takeaway: string, ...sentences: string[]): string[] {
  const body = sentences.map((sentence) => `<p>${sentence}</p>`).join('')
  const html = `${body}${rest}<h2>Key takeaways</h2><ul><li>${takeaway}</li><li>Wheat prices doubled in the southern markets.</li></ul>`
  return read({ html }, []).takeaways[0]?.evidence.map(({ quote }) => quote) ?? []
}

describe('a takeaway that no sentence repeats', () => {
  const takeaway = 'Families of conscripts continue to protest missing wages and cold barracks.'

  test('is told by one with the same subject and a deed of the same family', () => {
    const told = 'Families of conscripts are voicing their outrage in the streets of Dara.'
    expect(quotesOf(takeaway, told)).toEqual([takeaway, told])
  })

  test.each([
    'Officers of conscripts are voicing their outrage in the streets of Dara.',
    'Families of conscripts are moving to the streets of Dara.',
    'Families of conscripts are not voicing outrage in the streets of Dara.',
  ])('but not by another: %s', (sentence) => expect(quotesOf(takeaway, sentence)).toEqual([takeaway]))
})

test('the first of two facts is quoted first', () => {
  const takeaway =
    'Lornian mayors are escalating charges that Dara poisons wells, but Lornia remains unlikely to close the border.'
  const first = 'The Lornian mayors escalated false charges that Dara poisons wells on Monday.'
  const second = 'The mayors met in the old mill, but Lornia remains unlikely to close the border this year.'
  expect(quotesOf(takeaway, second, first)[0]).toContain(first)
})

test('a forecast tells nothing that was', () => {
  const takeaway = 'Lornian miners continued strikes near Dara, Petriv and Oleshky.'
  const forecast = 'Strikes will continue as Lornian miners near Dara, Petriv and Oleshky wait.'
  const done = 'Lornian miners continued strikes near Dara, Petriv and other towns on Monday.'
  expect(quotesOf(takeaway, forecast, done)[0]).toContain(done)
})

test('nor does a forecast behind what it starts from', () => {
  const takeaway = 'Good rains fell in the northern half of Lorn.'
  const forecast =
    'Given the poor rains in the southern half of Lorn, good rains are forecast to fall in its northern half.'
  const done = 'Northern parts of Lorn received good rains since October.'
  expect(quotesOf(takeaway, forecast, done)[0]).toContain(done)
})
