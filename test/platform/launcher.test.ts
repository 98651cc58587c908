import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const older = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((path) => majorOf(path) >= 20 && majorOf(path) < 26)

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sitrep-launcher-'))
  cpSync('bin', join(root, 'bin'), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'src', 'main.ts'), program)
})
afterAll(() => rmSync(root, { recursive: true }))

/** Says what it was started with, once it is ready to do as it is told. */
const program = `
const words: string[] = process.argv.slice(2)
if (words[0] === 'stay') {
  const timer = setInterval(() => {}, 1000)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
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

  test('it runs on Node 26 and passes words and exit code on', async () => {
    const { lines, gone } = start('exit', '3', '--flag=a b')
    const told = JSON.parse(String((await lines.next()).value)) as { version: string; words: string[] }
    expect(told.version.startsWith('26.')).toBe(true)
    expect(told.words).toEqual(['exit', '3', '--flag=a b'])
    expect(await gone).toEqual([3, null])
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('%s reaches the program, which ends as it wants', async (signal) => {
    const { child, lines, gone } = start('stay')
    await lines.next()
    child.kill(signal)
    expect((await lines.next()).value).toBe(signal)
    expect(await gone).toEqual([7, null])
  })
})

function majorOf(path: string): number {
  try {
    return Number(/^v(\d+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' }))?.[1] ?? 0)
  } catch {
    return 0
  }
}
