import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `npm test`: lint, types and all tests; ends with one line of counts, and fails when any of the three does. */
const dir = await mkdtemp(join(tmpdir(), 'sitrep-report-'))
const report = join(dir, 'report.json')
const modules = join(import.meta.dirname, '..', 'node_modules')

const checks = await Promise.all([
  run('lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
  run('types', 'typescript/bin/tsc', ['--noEmit']),
])
const tests = await run('tests', 'vitest/vitest.mjs', [
  'run',
  ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ...process.argv.slice(2),
])
const counts = await count(report)
await rm(dir, { recursive: true, force: true })

const failures = [...checks, tests].filter((name) => name !== undefined)
if (failures.length) console.log(`Failed: ${failures.join(', ')}`)
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = failures.length || counts.failed ? 1 : 0

/** Runs a tool of node_modules; returns its name if it fails. */
async function run(name: string, script: string, args: string[]): Promise<string | undefined> {
  const child = spawn(process.execPath, [join(modules, script), ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code === 0 ? undefined : name
}

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** The runner's own figures; a file that broke before its first test counts as one failure. */
async function count(path: string): Promise<{ passed: number; failed: number; skipped: number }> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const found = JSON.parse(text) as Report
  const broken = found.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  return {
    passed: found.numPassedTests,
    failed: found.numFailedTests + broken.length,
    skipped: found.numPendingTests + found.numTodoTests,
  }
}
