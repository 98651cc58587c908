import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseFeed } from '../../src/parsing/parse-feed.ts'
import { mutatedFeed } from './mutated-feeds.ts'

it('any damaged feed is parsed or unreadable, and its items can be stored', async () => {
  await fc.assert(
    fc.asyncProperty(mutatedFeed, async (body) => {
      const outcome = await parseFeed(body, { url: 'https://e.org/feed' })
      if (outcome.kind === 'unreadable') expect(outcome.reason).toMatch(/\w/)
      const items = outcome.kind === 'parsed' ? outcome.document.items : []
      expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
      for (const item of items) {
        expect(item.published ?? '1970-01-01T00:00:00.000Z').toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/)
        expect(item.url ?? 'http:').toMatch(/^https?:/)
        expect(JSON.stringify(item)).not.toMatch(/\\u0000|\\ud[89a-f]../)
        expect(item.content ?? '').not.toMatch(/<(?:script|style|iframe|img)|javascript:/i)
      }
    }),
    { numRuns: 300 },
  )
}, 120_000)
