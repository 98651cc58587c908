import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { startProgram } from '../support/program.ts'

describe('a command', () => {
  test.each([[['--help']], [['config']], [['nosuch']]])(
    'whose reader has gone ends without a trace: %s',
    async (args) => {
      const program = startProgram(args, {})
      program.process.stdout?.destroy()
      expect(await program.ended).toBe(args[0] === 'nosuch' ? 2 : 0)
      expect(program.said()).not.toContain('EPIPE')
    },
  )

  test('that prints line after line ends when its reader has gone', async () => {
    const { process: child, ended, said } = startProgram(['analyze', '--jsonl'], {})
    child.stdin?.on('error', () => {})
    const line = `${JSON.stringify({ id: '1', title: 'Shelling', text: 'Shelling killed two people in Kharkiv.' })}\n`
    child.stdin?.write(line)
    await once(child.stdout!, 'data')
    child.stdout?.destroy()
    const more = setInterval(() => child.stdin?.write(line), 20)
    const code = await ended.finally(() => clearInterval(more))
    expect(code).toBe(0)
    expect(said()).not.toContain('EPIPE')
  })

  test.skipIf(process.platform !== 'linux')('says when a file does not take its output, and exits with 1', async () => {
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, ['bin/sitrep.js', 'config'], { stdio: ['ignore', full, 'pipe'] })
    let said = ''
    child.stderr!.on('data', (chunk) => (said += chunk))
    expect(await once(child, 'close')).toEqual([1, null])
    expect(said).toMatch(/^The output is not complete, because it could not be written: ENOSPC[^\n]*\.\n$/)
  })
})
