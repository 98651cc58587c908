import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { titleClaim } from '../../src/reading/rules/takeaways/title-claim.ts'

const texts = (title: string, text: string) => read({ title, text }, []).takeaways.map((takeaway) => takeaway.text)

test.each([
  ['Vera Lind says that the council lied', 'It was her first speech, according to the Valley Agency.', false],
  ['Vera Lind says that the council lied', 'It was her first speech, according to Lind’s office.', true],
  ['Nine killed in Dara, officials say', 'Another 30 were hurt, according to the regional head.', true],
])('the words of another source than its speaker are no evidence of a title: %s / %s', (speech, text, isQuoted) => {
  const [claim] = read({ title: speech, text }, []).takeaways
  expect(claim?.text).toBe(speech)
  expect(claim?.evidence.some(({ quote }) => quote === text)).toBe(isQuoted)
})

describe('a title that announces an answer and keeps it back', () => {
  const title = 'Farmers of the upper valley tell the Post why they stay'

  test('gives way to a sentence that tells something', () => {
    const text = 'The council of Dara promised them new land, but most of them trust the river more than the mayor.'
    expect(texts(title, text)).toEqual([text])
  })

  test('stays where no sentence tells more', () => expect(texts(title, 'It was a long conversation.')[0]).toBe(title))
})

test.each([
  'The Bridge That Gave the Valley Its Bread',
  'A Song of the Flood Which Forgives the Council Too Much',
  'Here’s the latest on the flood of Dara',
  'Council of Dara resigns at dawn, Farmers seek rain again, Lorn sells its last mill',
])('the name of a work or of a programme claims nothing: %s', (title) => expect(titleClaim(title, true)).toBeNull())

test.each(['The dam that burst in May was never mended', 'A judge who freed nine men in Dara is suspended'])(
  'a title claims something with a verb of its own behind a clause: %s',
  (title) => expect(titleClaim(title, true)).toBe(title),
)
