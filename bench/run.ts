import { globSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'

/** `npm run bench -- NAME [--json]`: runs bench/NAME.ts and shows its figures with the machine they were taken on. */
type Benchmark = { name: string; run(): Promise<Record<string, number>> }

const benchmarks = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((file) => file !== 'run')
  .sort()

const request = readRequest()
if (typeof request === 'string') {
  console.error(request)
  process.exit(2)
}
const benchmark = (await import(join(import.meta.dirname, `${request.name}.ts`))) as Benchmark
const taken = await benchmark.run()
console.log(request.json ? JSON.stringify({ name: benchmark.name, figures: taken }) : table(benchmark.name, taken))

function readRequest(): { name: string; json: boolean } | string {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } })
    const [name] = positionals
    if (name && benchmarks.includes(name)) return { name, json: values.json ?? false }
    return `Name one benchmark: npm run bench -- ${benchmarks.join('|')} [--json]`
  } catch (error) {
    return (error as Error).message
  }
}

function table(name: string, figures: Record<string, number>): string {
  const machine = [
    cpus()[0]?.model.trim() ?? 'unknown processor',
    `${availableParallelism()} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.versions.node}`,
  ]
  const width = Math.max(...Object.keys(figures).map((key) => key.length))
  const rows = Object.entries(figures).map(([key, value]) => `  ${key.padEnd(width)}  ${shown(value).padStart(12)}`)
  return [`${name} (${machine.join(', ')})`, ...rows].join('\n')
}

function shown(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 })
}
