import { globSync, readFileSync } from 'node:fs'
import { parseSync, Visitor } from 'oxc-parser'
import { analyse } from 'scslre'
import { expect, test } from 'vitest'

type Expression = { pattern: string; flags: string }

/** Whether some text makes an expression look back over it again and again: time that grows faster than the text. */
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

const readers = ['src/parsing/**/*.ts', 'src/reading/rules/**/*.ts', 'src/platform/text/html-to-text.ts']

test('every expression that reads a stranger’s text takes time linear in it', () => {
  const files = globSync(readers)
  const all = files.flatMap((path) => expressionsIn(path).map((expression) => ({ path, ...expression })))
  expect(all.length).toBeGreaterThan(80)
  expect(all.filter(isCatastrophic)).toEqual([])
})

test.each([/(?:a+)+$/, /\s*:?\s*$/, /[,.]+$/])('%s would be found out', (bad) => {
  expect(isCatastrophic({ pattern: bad.source, flags: bad.flags })).toBe(true)
})
