import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { componentsOf } from '../../src/stories/rules/components.ts'
import { claimPolicy, storiesOf, textPolicy } from '../../src/stories/rules/join.ts'
import type { Link, StatementId } from '../../src/stories/rules/types.ts'

const noReason = { terms: [], places: [], figures: [], brakes: [] }
const link = (a: StatementId, b: StatementId, likeness: number): Link => ({ a, b, likeness, why: noReason })
const pairs = (ids: number[], likeness: number) =>
  ids.flatMap((a, at) => ids.slice(at + 1).map((b) => link(a, b, likeness)))

describe('stories', () => {
  test('are groups whose statements are alike on average', () => {
    const links = [...pairs([1, 2, 3], 0.2), ...pairs([4, 5], 0.2), link(3, 4, 0.2)]
    expect(storiesOf([1, 2, 3, 4, 5, 6], links)).toEqual([[1, 2, 3], [4, 5], [6]])
  })

  test('one strong pair does not carry two groups', () => {
    const links = [...pairs([1, 2, 3], 0.2), ...pairs([4, 5, 6], 0.2), link(3, 4, 1)]
    expect(storiesOf([1, 2, 3, 4, 5, 6], links)).toHaveLength(2)
  })

  test('statements kept apart never stand together, whatever connects them', () => {
    const links = [link(1, 2, 0.9), link(2, 3, 0.8), link(1, 3, 0)]
    expect(storiesOf([1, 2, 3], links)).toEqual([[1, 2], [3]])
  })

  test('groups of whole texts join only where they are nearly as alike as within', () => {
    const across = [1, 2, 3].flatMap((a) => [4, 5, 6].map((b) => link(a, b, 0.2)))
    const links = [...pairs([1, 2, 3], 0.5), ...pairs([4, 5, 6], 0.5), ...across]
    expect(storiesOf([1, 2, 3, 4, 5, 6], links, textPolicy)).toHaveLength(2)
    expect(storiesOf([1, 2, 3, 4, 5, 6], links, { ...textPolicy, minCohesion: 0 })).toHaveLength(1)
  })

  test('links to statements that are not asked for do not count', () => {
    expect(storiesOf([1, 2], [link(1, 9, 0.9), link(2, 9, 0.9)])).toEqual([[1], [2]])
  })
})

describe('a component', () => {
  test('is what links connect', () => {
    expect(componentsOf([1, 2, 3, 'a', 'b'], [link(1, 3, 0.1), link(2, 'b', 0.1)])).toEqual([[1, 3], [2, 'b'], ['a']])
  })

  test('has a largest size, and the strongest links are followed first', () => {
    const chain = [link(1, 2, 0.5), link(2, 3, 0.3), link(3, 4, 0.4)]
    expect(componentsOf([1, 2, 3, 4], chain, 3)).toEqual([
      [1, 2],
      [3, 4],
    ])
  })
})

const twelve = Array.from({ length: 12 }, (_, at) => at)
/** Few different likenesses, so that many are equal. */
const anyLinks = fc.uniqueArray(
  fc.record({
    a: fc.integer({ min: 0, max: 10 }),
    by: fc.integer({ min: 1, max: 11 }),
    likeness: fc.constantFrom(0, 0.05, 0.1, 0.15, 0.3),
  }),
  { selector: ({ a, by }) => `${a} ${by}`, maxLength: 60 },
)

test('stories depend on the set of links, not on the order of links or statements', () => {
  fc.assert(
    fc.property(anyLinks, fc.integer(), fc.constantFrom(claimPolicy, textPolicy), (found, seed, policy) => {
      const links = found.filter(({ a, by }) => a + by < 12).map(({ a, by, likeness }) => link(a, a + by, likeness))
      const shuffled = fc.sample(fc.shuffledSubarray(links, { minLength: links.length }), { seed, numRuns: 1 })[0]!
      expect(storiesOf([...twelve].reverse(), shuffled, policy)).toEqual(storiesOf(twelve, links, policy))
    }),
  )
})

test('every statement is in one story, and no two of a story are kept apart', () => {
  fc.assert(
    fc.property(anyLinks, (found) => {
      const links = found.filter(({ a, by }) => a + by < 12).map(({ a, by, likeness }) => link(a, a + by, likeness))
      const stories = storiesOf(twelve, links)
      expect(stories.flat().sort((a, b) => Number(a) - Number(b))).toEqual(twelve)
      const storyOf = new Map(stories.flatMap((story, at) => story.map((id) => [id, at] as const)))
      for (const { a, b, likeness } of links) if (likeness === 0) expect(storyOf.get(a)).not.toBe(storyOf.get(b))
    }),
  )
})
