import { describe, expect, it } from 'vitest'
import { feedPreviewText } from '../../src/cli/feeds-add.ts'
import { guardConsole } from '../../src/cli/print.ts'

/** Commands of terminals: a window title, a colour in both spellings (ECMA-48), a bell, a return, and marks of direction. */
const escapes = ['\u001b]0;owned\u0007', '\u001b[31m', '\u009b31m', '\u0007', '\u007f', '\u202e', '\u2066']

/** What a guarded console prints. */
function printed(...values: unknown[]): unknown[][] {
  const lines: unknown[][] = []
  const target = {
    log: (...given: unknown[]) => void lines.push(given),
    error: (...given: unknown[]) => void lines.push(given),
  }
  guardConsole(target)
  target.log(...values)
  target.error(...values)
  return lines
}

describe('what commands print', () => {
  it.each(escapes)('holds no %j of a stranger', (command) => {
    const preview = { title: `Title${command}`, site: null, language: null, entries: 0, pattern: null, newest: [] }
    const lines = printed(feedPreviewText(preview), `the server answers 550 ${command}no such user`).flat().join('\n')
    expect(lines).toContain('no such user')
    expect(lines).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  })

  it('keeps line breaks, tabs and words of any script', () => {
    const text = 'a\tb\nКиїв \u0645\u0631\u062d\u0628\u0627 👩‍👧'
    expect(printed(text, 3)).toEqual([
      [text, 3],
      [text, 3],
    ])
    expect(printed('real\rfake')).toEqual([['real fake'], ['real fake']])
  })
})
