import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import type { Source } from '../../src/reading/rules/types.ts'

type ListPage = { name: string; source: Source; list: string[] }

/**
 * Pages with the list of takeaways that their publisher states, one item a line; none where it states no list. A page
 * begins with `@@ form | name`, its list with `@@ list`.
 */
const pages = globSync('test/fixtures/lists/*.txt')
  .sort()
  .flatMap((path) => pagesIn(readFileSync(path, 'utf8')))

test.each(pages)('$name: the list of the publisher is found, and no other', ({ source, list }) => {
  expect(read(source, []).takeaways.flatMap(({ kind, text }) => (kind === 'stated' ? [text] : []))).toEqual(list)
})

function pagesIn(file: string): ListPage[] {
  return file
    .split(/^@@ (?=html|markdown|text)/m)
    .slice(1)
    .map(pageOf)
}

function pageOf(section: string): ListPage {
  const [page = '', list = ''] = section.split('\n@@ list')
  const [, form = '', name = '', body = ''] = /^(\w+) \| ([^\n]+)\n(.*)$/s.exec(page) ?? []
  return { name, source: { [form]: body } as Source, list: list.split('\n').filter((line) => line !== '') }
}
