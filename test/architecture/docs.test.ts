import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceFiles } from '../support/source-file.ts'

const files = sourceFiles(['src/**/*.ts', 'jobs/**/*.ts'])
const tables = readFileSync('src/platform/db/schema.ts', 'utf8').concat(
  ...files.filter(({ path }) => path.includes('/db/tables/')).map(({ path }) => readFileSync(path, 'utf8')),
)

/** What stands between backticks in a page. */
const codeIn = (page: string): string[] =>
  [
    ...readFileSync(page, 'utf8')
      .replace(/^```[\s\S]*?^```$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, code = '']) => code)

test('every file that the docs name is there', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/*.md')]
  const named = pages.flatMap((page) => codeIn(page).map((code) => ({ page, code })))
  const paths = named.filter(({ code }) => /^(?:src|jobs|test|templates|docs|bench|samples)\/[\w./-]*$/.test(code))
  expect(paths.length).toBeGreaterThan(40)
  const examples = /NAME|NNNN/
  expect(paths.filter(({ code }) => !existsSync(code) && !examples.test(code))).toEqual([])
})

test('the glossary names tables, columns and types that are there', () => {
  const cells = readFileSync('docs/glossary.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| **'))
  expect(cells.length).toBeGreaterThan(25)
  const types = new Set(files.flatMap(({ exportedTypes, exportedValues }) => [...exportedTypes, ...exportedValues]))
  const names = cells.flatMap((line) => [...line.split('|')[3]!.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
  const isThere = (name: string): boolean => {
    if (name.endsWith('/')) return existsSync(name)
    if (/^[A-Z]/.test(name) || types.has(name)) return types.has(name)
    return name.split('.').every((part) => new RegExp(`\\b${part}\\??:`).test(tables)) || name === 'wokenBy'
  }
  expect(names.filter((name) => !isThere(name))).toEqual([])
})
