import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * `npm run faults -- NAME`: the long form of the fault suites of one part, test/faults/NAME-*.test.ts. Ends with one line
 * of figures a fault; where FAULTS_FILE names a page (docs/faults.md), a run without failure writes them into its first block.
 */
const [name = ''] = process.argv.slice(2)
const files = globSync(`${name}-*.test.ts`, { cwd: import.meta.dirname })
if (!/^\w+$/.test(name) || !files.length) {
  const known = globSync('*-*.test.ts', { cwd: import.meta.dirname }).map((file) => file.split('-')[0])
  console.error(`Name one: npm run faults -- ${[...new Set(known)].join('|')}`)
  process.exit(2)
}
const dir = await mkdtemp(join(tmpdir(), 'sitrep-faults-'))
const reports = join(dir, 'reports')
await writeFile(reports, '')
const vitest = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'vitest.mjs')
const args = ['run', '--testTimeout=1800000', '--reporter=verbose', ...files.map((file) => `test/faults/${file}`)]
const env = { ...process.env, FAULTS: 'long', FAULTS_REPORTS: reports }
const [code] = await once(spawn(process.execPath, [vitest, ...args], { stdio: 'inherit', env }), 'exit')
const lines = byFile(await readFile(reports, 'utf8'))
await rm(dir, { recursive: true })
console.log(lines.join('\n'))
if (code === 0 && process.env.FAULTS_FILE) await intoBlock(process.env.FAULTS_FILE, lines)
process.exitCode = code ?? 1

/** Several files run at a time, and each line begins with the name of its file. */
function byFile(text: string): string[] {
  const named = text.split('\n').filter(Boolean)
  const fileOf = (line: string) => line.slice(0, line.indexOf('\t'))
  return named.toSorted((a, b) => fileOf(a).localeCompare(fileOf(b))).map((line) => line.slice(line.indexOf('\t') + 1))
}

async function intoBlock(page: string, figures: string[]): Promise<void> {
  const text = await readFile(page, 'utf8')
  await writeFile(
    page,
    text.replace(/^```\n[\s\S]*?^```$/m, () => `\`\`\`\n${figures.join('\n')}\n\`\`\``),
  )
}
