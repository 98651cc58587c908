import { describe, expect, it } from 'vitest'
import { withoutLivingNumbers } from '../../src/feeds/rules/living-numbers.ts'

const inTitle = (title: string) => withoutLivingNumbers(title, '').trim()
const inText = (html: string) => withoutLivingNumbers('', html).trim()

describe('a number that changes by itself is left out', () => {
  it.each([
    'Ferries run again (12 comments)',
    'Ferries run again [1.2K views]',
    'Ferries run again | 12 коментарів',
    'Ferries run again (3 hours ago)',
  ])('of a title: %s', (title) => expect(inTitle(title)).toBe('Ferries run again'))

  it.each([
    '1,234 views',
    '12 comments · 3 shares | 1 234 переглядів',
    'Views: 1234',
    '👍 12 ❤️ 5',
    'Posted 3 hours ago',
    '5 хв тому',
    'vor 3 Stunden',
    'il y a 5 minutes',
  ])('of an element: %s', (counter) => {
    expect(inText(`<p>Ferries run.</p><p>${counter}</p>`)).toBe('<p>Ferries run.</p><p></p>')
    expect(inText(`Ferries run.\n${counter}`)).toBe('Ferries run.')
  })
})

describe('a number of the report stays', () => {
  it.each(['12 killed in Odesa', 'Ferries run (12 boats)', 'Strike kills 4 - 12 wounded', '3 views of a war'])(
    'in a title: %s',
    (title) => expect(inTitle(title)).toBe(title),
  )

  it.each([
    '4 killed',
    'The mission sold 1,000 shares.',
    '12 people were killed 3 hours ago.',
    'Wounded: 12',
    '4 points remain open',
    '5 days',
    'Votes: 120',
    '3 hits',
  ])('in an element: %s', (text) => expect(inText(`<li>${text}</li>`)).toBe(`<li>${text}</li>`))
})

it('takes time in proportion to the length of a hostile text', () => {
  for (const unit of ['(1 ', '\n1 1', '>1 ,', ' | 1', '[1 view', '1,1.'])
    expect(inText(unit.repeat(100_000)).length).toBeGreaterThan(0)
})
