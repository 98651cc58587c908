import { describe, expect, test } from 'vitest'
import { readJsonLine } from '../../src/reading/rules/jsonl.ts'
import { placesOfClaim } from '../../src/reading/rules/places-of-claim.ts'
import { read } from '../../src/reading/rules/read.ts'

const text = [
  'KASSALA, June 3 (Agency) - A flood reached the port of Odesa on Monday.',
  'Two bridges fell, and nobody was hurt.',
  'In Gedaref, Sudan, wells ran dry.',
].join('\n\n')

/** A report whose paragraphs are its passages. */
const report = (title: string) => {
  let start = 0
  const passages = text.split('\n\n').map((paragraph, i) => {
    const passage = { n: i + 1, kind: 'paragraph' as const, start, end: start + paragraph.length }
    start = passage.end + 2
    return passage
  })
  return { title, text, passages }
}

const quoting = (claim: string, quote: string) => {
  const start = text.indexOf(quote)
  const passage = text.slice(0, start).split('\n\n').length
  return { text: claim, evidence: [{ passage, start, end: start + quote.length, quote, references: [] }] }
}

describe('the places of a takeaway', () => {
  test('are its own, and else those of the passage that supports it', () => {
    const wells = quoting('Wells ran dry.', 'wells ran dry')
    expect(placesOfClaim(wells, report('Floods'))).toEqual(['SD', 'SD-GD'])
    expect(placesOfClaim({ ...wells, text: 'Wells ran dry in Peru.' }, report('Floods'))).toEqual(['PE'])
  })

  test('are those of the title before the countries of the first paragraph', () => {
    const bridges = quoting('Two bridges fell.', 'Two bridges fell')
    expect(placesOfClaim(bridges, report('Floods in Kherson'))).toEqual(['UA', 'UA-65'])
    expect(placesOfClaim(bridges, report('Floods'))).toEqual(['UA'])
  })

  test('are not those of a title that tells several things', () => {
    const bridges = quoting('Two bridges fell.', 'Two bridges fell')
    expect(placesOfClaim(bridges, report('Vote in Chile; floods; fire in Norway'))).toEqual(['UA'])
  })

  test('are not that of a dateline, and need no evidence', () => {
    expect(placesOfClaim({ text: 'A flood came.', evidence: [] }, report('Floods'))).toEqual(['UA', 'UA-51'])
  })
})

test('reading gives every takeaway its places, and so does each line of JSON', async () => {
  const source = { text: 'Drones hit a mill in Sumy, Ukraine, on Friday, and nobody was hurt.' }
  expect(read(source, []).takeaways.map(({ places }) => places)).toEqual([['UA', 'UA-59']])
  const line = await readJsonLine(JSON.stringify({ id: 1, ...source }), [], false)
  expect(line).toMatchObject({ takeaways: [{ places: ['UA', 'UA-59'] }] })
})
