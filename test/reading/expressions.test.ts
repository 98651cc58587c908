import { globSync, readFileSync } from 'node:fs'
import { parseSync, Visitor } from 'oxc-parser'
import { analyse } from 'scslre'
import { expect, test } from 'vitest'

type Expression = { pattern: string; flags: string }

/** Whether an expression backtracks over some text so often that its time grows faster than the text. */
function isCatastrophic({ pattern, flags }: Expression): boolean {
  const strict = { assumeRejectingSuffix: true, reportTypes: { Self: true, Trade: true, Move: false } }
  const moving = { assumeRejectingSuffix: false, reportTypes: { Self: false, Trade: false, Move: true } }
  return [strict, moving].some((options) => analyse({ source: pattern, flags }, options).reports.length > 0)
}

function expressionsIn(path: string): Expression[] {
  const found: Expression[] = []
  new Visitor({
    Literal: (node) => {
      if ('regex' in node) found.push(node.regex)
    },
  }).visit(parseSync(path, readFileSync(path, 'utf8')).program)
  return found
}

const patterns = [
  'src/parsing/**/*.ts',
  'src/places/rules/**/*.ts',
  'src/reading/rules/**/*.ts',
  'src/stories/rules/**/*.ts',
  'src/platform/text/html-to-text.ts',
]

test('every expression that reads text from outside takes time linear in its length', () => {
  const files = globSync(patterns)
  const all = files.flatMap((path) => expressionsIn(path).map((expression) => ({ path, ...expression })))
  expect(all.length).toBeGreaterThan(80)
  expect(all.filter(isCatastrophic)).toEqual([])
})

test.each([/(?:a+)+$/, /\s*:?\s*$/, /[,.]+$/])('%s is recognised as not linear', (bad) => {
  expect(isCatastrophic({ pattern: bad.source, flags: bad.flags })).toBe(true)
})
