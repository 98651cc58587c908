import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'

/** Sentences on other matters, as a long report has them. */
const rest = Array.from({ length: 12 }, (_, day) => `The ferry carried flour on day ${day} of the rain.`)

/** The quotations below a takeaway of a long report with these passages. */
function quotesOf(takeaway: string, ...passages: string[]): string[] {
  const body = [...passages, ...rest].map((text) => `<p>${text}</p>`).join('')
  const html = `${body}<h2>Key takeaways</h2><ul><li>${takeaway}</li><li>Wheat prices doubled in the southern markets.</li></ul>`
  return read({ html }, []).takeaways[0]?.evidence.map(({ quote }) => quote) ?? []
}

describe('a takeaway of several facts has a quotation for each', () => {
  const gates = 'Wardens made further urgent repairs to the gates in Dara as of Monday.'
  const ditches = 'Wardens continued ground works along the Lorn ditch line on Monday.'

  test('in the order of the takeaway', () => {
    const item =
      'Wardens made further urgent repairs to the gates in Dara and continued ground works along the Lorn ditch line.'
    expect(quotesOf(item, ditches, gates)).toEqual([gates, ditches])
  })

  test('and one for each place that it names', () => {
    const at = (place: string, houses: number) =>
      `Wardens continued digging operations around ${place} on Monday. The mayor said that ${houses} houses are dry.`
    const item = 'Wardens continued digging operations around Dara, Lorn, and Petriv.'
    const passages = [at('Dara', 31), at('Lorn', 42), at('Petriv', 53)]
    expect(quotesOf(item, ...passages)).toEqual(passages)
  })

  test('but one quotation where they stand near each other', () => {
    const won = 'The town of Dara thus appears to have won the struggle for the river mills.'
    const middle = 'Farmers celebrated in the streets.'
    const road =
      'Wardens will likely attempt to disrupt the supply roads between Lorn and the eastern barns of the league.'
    const item = `Dara has likely won the struggle for the river mills. Wardens will likely attempt to disrupt the supply roads between Lorn and the eastern barns.`
    expect(quotesOf(item, [won, middle, road].join(' '))).toEqual([[won, middle, road].join(' ')])
  })
})

test('what another side does is no measure for the sentences that tell the takeaway', () => {
  const item = 'Russian forces continued limited ground assaults in the directions of Dara and Lorn.'
  const other = 'Ukrainian forces continued limited ground assaults in the directions of Dara and Lorn on Sunday.'
  const same = 'Russian forces continued assaults near Dara on Monday, and 2 mills of Lorn burn.'
  expect(quotesOf(item, other, same)).toEqual([same])
})

describe('where no sentence tells a takeaway in its own words', () => {
  const item =
    'Wardens entered the mills of Lorn and may use this foothold with advances from Dara to launch an inspection of Petriv.'
  const passage =
    'Films suggest that wardens entered the long mills of Lorn. The guild fears advances from Dara. ' +
    'Millers say that they launch an inspection of Petriv on 4 May.'

  test('sentences of one passage tell it together', () => {
    expect(quotesOf(item, passage)).toEqual([passage])
  })

  test('but not what denies it', () => {
    const denied = 'Farmers did not repair the northern gates of Dara at night in spring.'
    const claim =
      'Farmers repaired the northern gates of Dara and cleared three long canals in the wide valley near Petriv.'
    expect(quotesOf(claim, denied)).toEqual([claim])
  })
})

describe('a quotation goes on', () => {
  test('to the sentence that tells the result, where it only tells an attempt', () => {
    const item = 'Wardens reportedly regained mills that farmers took north of Dara.'
    const attempt = 'Wardens focused on regaining mills that farmers took north of Dara on 4 May.'
    const result = 'They may hold the mills of Lorn again.'
    expect(quotesOf(item, `${attempt} ${result}`)).toEqual([`${attempt} ${result}`])
  })

  test('to the reservation right behind it', () => {
    const item = 'Wardens destroyed the wooden bridges north of Dara.'
    const told = 'The council said that wardens destroyed 3 wooden bridges north of Dara.'
    const reservation = 'Observers cannot independently confirm this.'
    expect(quotesOf(item, `${told} ${reservation} Rain fell.`)).toEqual([`${told} ${reservation}`])
    const other =
      'A shepherd from the upper valley claimed that the mill of Petriv burns too with its flour, though observers cannot verify that.'
    expect(quotesOf(item, `${told} ${other}`)).toEqual([told])
  })

  test('from an echo to the sentence that goes on from it', () => {
    const item = 'The council of Dara signed a decree that changes the board of the river mills.'
    const next = 'The decree notably expels the oldest millers from the board.'
    expect(quotesOf(item, `${item} ${next} Rain fell in the valley.`)).toEqual([`${item} ${next}`])
  })
})
