import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'

const quotesOf = (title: string, text: string) =>
  read({ title, text }, []).takeaways[0]?.evidence.map(({ quote }) => quote)

describe('a title is its own quotation where the summary', () => {
  test.each([
    [
      'shares only those who act',
      'Vardania says it will answer after raid on Dara by Lornia',
      'The minister Olena Koval condemned the raid of Lornia on Vardania.',
    ],
    [
      'begins with somebody whom it does not name',
      'Koval cuts drills with Lornia, citing a good letter',
      'The Democrat, who leads the committee, said the move on Lornia and Koval was foolish.',
    ],
    [
      'tells a habit',
      'Vardania launches its largest drone attack, killing 6 in Lornia',
      'Vardania has stepped up its attacks on Lornia this year, with drones aimed at fuel depots.',
    ],
    [
      'leans on what is missing',
      'Salted fish raises risk of gout',
      "That's on top of all the other risks of salted fish.",
    ],
  ])('%s', (_, title, text) => expect(quotesOf(title, text)?.[0]).toBe(title))
})

test.each([
  ['Putin warns of seizures of vessels', 'If others seize vessels with its cargo, Moscow will respond, says Putin.'],
  ['Dara minister sacked over dam', 'The former minister, whose dam broke in May, was dismissed in Dara on Monday.'],
])('but not where it tells the deed in other words: %s', (title, text) => expect(quotesOf(title, text)).toEqual([text]))
