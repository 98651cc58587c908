import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'analyze-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const report =
  '<p>Engineers said that drones struck the power plant of Dara on Monday.<sup><a href="https://a.test/1">1</a></sup></p>' +
  '<h2>Key takeaways</h2><ul><li>Drones struck the power plant of Dara on Monday.</li></ul>'

function analyze(options: string[], input = '') {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/main.ts', 'analyze', ...options], {
    input,
    encoding: 'utf8',
  })
  return {
    stdout,
    stderr,
    status,
    lines: () =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('for people', () => {
  test('each takeaway is shown with its topics, its evidence and its references, without colour in a pipe', () => {
    const { stdout, status } = analyze([file('report.html', report)])
    expect(status).toBe(0)
    expect(stdout).toContain('1. Drones struck the power plant of Dara on Monday.')
    expect(stdout).toMatch(/Infrastructure strikes: score [01]\.\d\d \(.*power plant/)
    expect(stdout).toContain('passage 1, “Engineers said that drones struck the power plant of Dara on Monday.”')
    expect(stdout).toContain('[1] https://a.test/1')
    expect(stdout).not.toContain('\u001b')
  })

  test('standard input is read, and the whole reading is printed as JSON', () => {
    const [reading] = analyze(['-', '--json'], report).lines()
    expect(reading).toMatchObject({
      takeaways: [{ kind: 'stated', ordinal: 1 }],
      passages: [{ n: 1 }, { n: 2 }, { n: 3 }],
    })
  })

  test('the places of a takeaway are shown with their names and codes', () => {
    const { stdout } = analyze(['-'], 'Drones hit a mill in Sumy, Ukraine, on Friday.')
    expect(stdout).toContain('   places: Ukraine (UA) · Sumy Oblast, Ukraine (UA-59)\n')
  })

  test('an unreadable file is one sentence, and exit code 2', () => {
    const { stdout, stderr, status } = analyze([join(folder, 'missing.html')])
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
    expect(stderr).toMatch(/^There is no file .*missing\.html\. Check the path\./)
    expect(stderr).not.toContain('    at ')
  })
})

describe('for programs', () => {
  test('each line gives a line, with the canonical text where the caller asks for it', () => {
    const input = [
      { id: 'a', html: report },
      { id: 2, text: 'Families fled their homes.' },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n')
    const [first, second] = analyze(['--jsonl', '--canonical'], `${input}\n`).lines()
    const { quote, start, end } = first.takeaways[0].evidence
    expect(first).toMatchObject({ id: 'a', takeaways: [{ kind: 'stated', topics: ['infrastructure-strikes'] }] })
    expect(first.canonical.slice(start, end)).toBe(quote)
    expect(second).toMatchObject({
      id: 2,
      topics: [
        {
          slug: 'displacement',
          matches: expect.arrayContaining([expect.objectContaining({ text: expect.stringContaining('fled') })]),
        },
      ],
    })
    expect(analyze(['--jsonl'], `${input}\n`).lines()[0]).not.toHaveProperty('canonical')
  })

  test('a bad line gives an error, and the other lines are read', () => {
    const { lines, status } = analyze(
      ['--jsonl'],
      '{"id": 1, "text": \n{"id": 2}\n{"id": 3, "text": "The dam burst."}\n',
    )
    expect(status).toBe(0)
    expect(lines()).toMatchObject([
      { id: null, error: expect.stringContaining('JSON'), takeaways: [], topics: [] },
      { id: 2, error: expect.stringContaining('html, markdown and text'), takeaways: [], topics: [] },
      { id: 3, takeaways: [{ text: 'The dam burst.' }] },
    ])
  })
})
