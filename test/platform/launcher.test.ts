import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'

const older = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((path) => majorOf(path) >= 20 && majorOf(path) < 26)

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sitrep-launcher-'))
  cpSync('bin', join(root, 'bin'), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
  for (const folder of ['src', 'jobs', 'templates']) mkdirSync(join(root, folder))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'src', 'main.ts'), program)
})
afterAll(() => rmSync(root, { recursive: true }))

/** Prints what it was started with. With `stay` or `start` it runs until a signal. */
const program = `
const words: string[] = process.argv.slice(2)
if (words[0] === 'stay' || words[0] === 'start') {
  const timer = setInterval(() => {}, 1000)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      console.log(signal)
      clearInterval(timer)
      process.exitCode = 7
    })
  }
}
console.log(JSON.stringify({ version: process.versions.node, words }))
if (words[0] === 'exit') process.exitCode = Number(words[1])
`

const runtimes = [process.execPath, ...(older ? [older] : [])].map((path) => [majorOf(path), path] as const)

describe.each(runtimes)('started by Node %d', (_, node) => {
  const start = (...words: string[]) => {
    const child = spawn(node, [join(root, 'bin', 'sitrep.js'), ...words], { stdio: ['ignore', 'pipe', 'ignore'] })
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator](), gone: once(child, 'exit') }
  }

  test('the program runs on Node 26, and gets the arguments; its exit code is passed on', async () => {
    const { lines, gone } = start('exit', '3', '--flag=a b')
    const told = JSON.parse(String((await lines.next()).value)) as { version: string; words: string[] }
    expect(told.version.startsWith('26.')).toBe(true)
    expect(told.words).toEqual(['exit', '3', '--flag=a b'])
    expect(await gone).toEqual([3, null])
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s reaches the program, which exits with its own code',
    async (signal) => {
      const { child, lines, gone } = start('stay')
      await lines.next()
      child.kill(signal)
      expect((await lines.next()).value).toBe(signal)
      expect(await gone).toEqual([7, null])
    },
  )
})

test.skipIf(!older)(
  'the program ends politely when its launcher was killed (skipped where no older Node is installed)',
  async () => {
    const child = spawn(older!, [join(root, 'bin', 'sitrep.js'), 'stay'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    await lines.next()
    child.kill('SIGKILL')
    expect((await lines.next()).value).toBe('SIGTERM')
    expect((await lines.next()).done).toBe(true)
  },
)

describe('npm run dev', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

  test.each(['src', 'jobs', 'templates'])(
    'restarts the program on a change of %s, and ends on Ctrl-C',
    async (folder) => {
      const child = spawn('sh', ['-c', `exec ${scripts.dev}`], {
        cwd: root,
        detached: true,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const signalGroup = (signal: NodeJS.Signals | 0) => process.kill(-Number(child.pid), signal)
      onTestFailed(() => void signalGroup('SIGKILL'))
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
      const closed = once(child, 'close')
      const started = async (): Promise<void> => {
        for (let line = await lines.next(); !line.done; line = await lines.next())
          if (line.value.includes('"words":["start"]')) return
        throw new Error('The program has ended')
      }
      await started()
      writeFileSync(join(root, folder, 'new.txt'), 'changed')
      await started()
      signalGroup('SIGINT') // a terminal signals every process of the group
      await closed
      expect(() => signalGroup(0)).toThrow('ESRCH')
    },
  )
})

function majorOf(path: string): number {
  try {
    return Number(/^v(\d+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' }))?.[1] ?? 0)
  } catch {
    return 0
  }
}
