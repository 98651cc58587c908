import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { join } from 'node:path'

/** `npm run faults -- NAME`: the long form of the fault suites of one part, test/faults/NAME-*.test.ts. */
const [name = ''] = process.argv.slice(2)
const files = globSync(`${name}-*.test.ts`, { cwd: import.meta.dirname })
if (!/^\w+$/.test(name) || !files.length) {
  const known = globSync('*.test.ts', { cwd: import.meta.dirname }).map((file) => file.split('-')[0])
  console.error(`Name one: npm run faults -- ${[...new Set(known)].join('|')}`)
  process.exit(2)
}
const vitest = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'vitest.mjs')
const args = ['run', '--testTimeout=1800000', '--reporter=verbose', ...files.map((file) => `test/faults/${file}`)]
const child = spawn(process.execPath, [vitest, ...args], { stdio: 'inherit', env: { ...process.env, FAULTS: 'long' } })
const [code] = await once(child, 'exit')
process.exitCode = code ?? 1
