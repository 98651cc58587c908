import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { printPages, type Row } from '../../src/cli/print.ts'

let stdout: string
let stderr: string
beforeEach(() => {
  stdout = ''
  stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text
    return true
  })
  vi.spyOn(console, 'error').mockImplementation((text) => {
    stderr += text
  })
})
afterEach(() => vi.restoreAllMocks())

const print = (pages: Row[][], json = false) => printPages(inPages(pages), { json, empty: 'Nothing.' })
async function* inPages(pages: Row[][]): AsyncGenerator<Row[]> {
  yield* pages
}

describe('a listing in pages', () => {
  test('is one table with one head, as wide as the first page needs', async () => {
    expect(
      await print([
        [{ n: 1, name: 'Olena' }],
        [
          { n: 2, name: 'Maksymilian' },
          { n: 3, name: null },
        ],
      ]),
    ).toBe(3)
    expect(stdout).toBe('N  NAME\n1  Olena\n2  Maksymilian\n3  -\n')
  })

  test('is one JSON array for programs', async () => {
    await print([[{ n: 1 }, { n: 2 }], [{ n: 3 }]], true)
    expect(JSON.parse(stdout)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  test('is printed before the next page is fetched', async () => {
    const printed: string[] = []
    async function* pages(): AsyncGenerator<Row[]> {
      for (const n of [1, 2]) {
        printed.push(stdout)
        yield [{ n }]
      }
    }
    await printPages(pages(), { empty: '' })
    expect(printed).toEqual(['', 'N\n1\n'])
  })

  test('without rows is an empty array, or a sentence on stderr', async () => {
    expect(await print([], true)).toBe(0)
    expect([stdout, stderr]).toEqual(['[]\n', ''])
    stdout = ''
    await print([])
    expect([stdout, stderr]).toEqual(['', 'Nothing.'])
  })
})
