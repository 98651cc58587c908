import { expect, test } from 'vitest'
import { correctionsOf } from '../../src/editions/mail/corrections.ts'
import { matchedTakeaway } from './matched-takeaways.ts'

const title = 'Iran strikes a ship near Hormuz as Israel steps up raids'

/** Whether readers are told that the quotation of a takeaway has another figure now. */
function isTold(text: string, quoteOf: (toll: number) => string): boolean {
  const with_ = (toll: number) =>
    matchedTakeaway({ text, evidence: [{ passage: 1, quote: quoteOf(toll), references: [] }] })
  return correctionsOf([{ was: with_(9), titleWas: text, now: with_(11) }]).length > 0
}

test('another figure in a quotation is told where it tells the first matter of the title', () => {
  expect(isTold(title, (toll) => `The crew of the ship off Iran counted ${toll} people killed in the strike.`)).toBe(
    true,
  )
  expect(isTold(title, (toll) => `Raids of Israel in southern Lebanon killed ${toll} people on Friday night.`)).toBe(
    false,
  )
})

test('a title of one matter has no second one', () => {
  const one = 'Israel steps up raids on Lebanon'
  expect(isTold(one, (toll) => `Strikes in the south killed ${toll} people, the ministry of Syria said.`)).toBe(true)
})
