import { describe, expect, test } from 'vitest'
import { readSource } from '../support/source-file.ts'
import { findTestFiles, sortTestFiles } from '../support/unit-tests.ts'

describe('the unit tests', () => {
  test('are some of the test files, and never those of servers, processes or pages', () => {
    const { unit, others } = findTestFiles()
    expect(unit.length).toBeGreaterThan(40)
    expect(others.length).toBeGreaterThan(40)
    expect(unit).toContain('test/parsing/parse-feed.test.ts')
    expect(unit.filter((path) => /^test\/(?:flow|e2e|threads)\//.test(path))).toEqual([])
    expect(others).toContain('test/web/home.test.ts')
  })

  const testFile = (text: string) => readSource('test/a.test.ts', text)
  const compute = readSource('src/reading/rules/compute.ts', "import { createHash } from 'node:crypto'")

  test('are the files that only compute', () => {
    const file = testFile("import { a } from '../src/reading/rules/compute.ts'\nimport type { Socket } from 'node:net'")
    expect(sortTestFiles([file, compute])).toEqual({ unit: ['test/a.test.ts'], others: [] })
  })

  test.each([
    ['a socket', "import { createServer } from 'node:net'"],
    ['a process', "const { spawn } = await import('node:child_process')"],
    ['a database', "import pg from 'pg'"],
    ['a wait', "export { setTimeout } from 'node:timers/promises'"],
  ])('are not the files that reach %s, themselves or through another file', (_, text) => {
    expect(sortTestFiles([testFile(text)]).unit).toEqual([])
    const between = readSource('test/support/between.ts', "import '../../src/platform/world.ts'")
    const world = readSource('src/platform/world.ts', text)
    const file = testFile("import './support/between.ts'")
    expect(sortTestFiles([file, between, world])).toEqual({ unit: [], others: ['test/a.test.ts'] })
  })

  test.each(['src/delivery/smtp/connect.ts', 'test/support/command.ts'])('are not the files that reach %s', (path) => {
    expect(sortTestFiles([testFile(`import '../${path}'`), readSource(path, '')]).unit).toEqual([])
  })
})
