import { describe, expect, test } from 'vitest'
import { createRecordReader, linesOf } from '../../src/readers/rules/import/csv-records.ts'

const read = (text: string, delimiter = ';') => {
  const reader = createRecordReader(delimiter)
  return [...reader.push(text.split('\n')), ...reader.end()]
}
const cells = (text: string) => read(text).map((record) => ('cells' in record ? record.cells : record.problem))

describe('records of a CSV file', () => {
  test('have quoted cells with delimiters, doubled marks and line breaks', () => {
    expect(read('a;"b; ""c"""\n"d\ne";f\ng;h')).toEqual([
      { line: 1, cells: ['a', 'b; "c"'] },
      { line: 2, cells: ['d\ne', 'f'] },
      { line: 4, cells: ['g', 'h'] },
    ])
  })

  test('may have marks within a cell, and blanks around a quoted one', () => {
    expect(cells('5" pipe;x\nAnna "Anya" B;y\n"a" ;b')).toEqual([
      ['5" pipe', 'x'],
      ['Anna "Anya" B', 'y'],
      ['a', 'b'],
    ])
  })

  test('are left out where they are empty', () => {
    expect(read('a;b\n\n  \n;;\nc;d').map(({ line }) => line)).toEqual([1, 5])
  })

  test.each([
    ['the next line has marks', 'a;b\n"open;c\n"d";e\nf;g'],
    ['no line has marks', 'a;b\n"open;c\nd;e\nf;g'],
  ])('lose one line only to a mark that is not closed, where %s', (_, text) => {
    expect(read(text)).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, problem: expect.stringMatching(/quotation mark/) },
      { line: 3, cells: ['d', 'e'] },
      { line: 4, cells: ['f', 'g'] },
    ])
  })

  test('are read on after a mark that is not closed for many lines', () => {
    const records = read(`"open;x\n${Array.from({ length: 100 }, (_, n) => `a${n};b`).join('\n')}`)
    expect(records.map(({ line }) => line)).toEqual(Array.from({ length: 101 }, (_, n) => n + 1))
    expect(records.filter((record) => 'problem' in record)).toHaveLength(1)
  })

  test('are as many as their lines, where every line has a mark that is not closed', () => {
    const records = read(Array.from({ length: 300 }, (_, n) => `"open${n};x`).join('\n'))
    expect(new Set(records.map(({ line }) => line)).size).toBe(records.length)
    expect(records.every((record) => 'problem' in record)).toBe(true)
  })
})

describe('lines', () => {
  const lines = async (...chunks: string[]) => {
    async function* all() {
      yield* chunks
    }
    return (await Array.fromAsync(linesOf(all()))).flat()
  }

  test('end with LF, CRLF or CR, also where a chunk ends between the two', async () => {
    expect(await lines('a\r', '\nb\nc\rd', 'e\r\n', 'f')).toEqual(['a', 'b', 'c', 'de', 'f'])
    expect(await lines('a\r', 'b\r')).toEqual(['a', 'b'])
  })

  test('of a million characters belong to no CSV file', async () => {
    await expect(lines('x'.repeat(600_000), 'x'.repeat(600_000))).rejects.toThrow('it is no CSV file')
  })
})
