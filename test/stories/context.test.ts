import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { contextOf } from '../../src/stories/rules/context.ts'

describe('what stands around a statement', () => {
  test('is the beginning of a short report', () => {
    const reading = read({ text: 'The flour mill of Dara burned down.\n\nPotters open their fair.' }, [])
    const start = reading.text.indexOf('Potters')
    expect(contextOf(reading, { start })).toEqual({
      passage: null,
      context: 'The flour mill of Dara burned down.\nPotters open their fair.',
    })
  })

  const filler = 'Rain fell on the hills above the valley all day long and made the roads soft.\n\n'.repeat(40)
  const lead = 'The flour mill of Dara burned down on Monday night, and four weavers died.'
  const detail =
    'Firemen from three villages came with carts and buckets and fought the blaze until dawn broke over the hills. '

  test('is its paragraph in a longer report', () => {
    const reading = read({ text: `${filler}${lead} Firemen came late.` }, [])
    const start = reading.text.indexOf('Firemen')
    const found = contextOf(reading, { start })
    expect(found).toEqual({ passage: reading.passages.at(-1)?.n, context: `${lead} Firemen came late.` })
  })

  test('is the first sentence of a long paragraph', () => {
    const reading = read({ text: `${filler}${lead} ${detail.repeat(3)}` }, [])
    const start = reading.text.lastIndexOf('Firemen')
    expect(contextOf(reading, { start }).context).toBe(lead)
  })
})
