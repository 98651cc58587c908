import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { App } from '../../src/app.ts'
import type { WithApp } from '../../src/cli/with-app.ts'
import { quantile } from '../support/quantile.ts'
import type { Visit } from './visits.ts'

/** The first run does not count. */
const calls = 21
const folder = join(import.meta.dirname, '../../src/cli')

/** Runs every command named `list` with --json: milliseconds until its first output, and the KB of that output. */
export async function listDurations(app: App): Promise<Visit[]> {
  const visits: Visit[] = []
  for (const make of await listMakers((act) => act(app))) {
    const taken: number[] = []
    let kb = 0
    for (let n = 0; n < calls; n++) {
      const { ms, bytes } = await firstOutput(() => make.list().parseAsync(['--json'], { from: 'user' }))
      taken.push(ms)
      kb = bytes / 1_024
    }
    visits.push({ label: `sitrep ${make.name} list --json`, p95: quantile(taken.slice(1), 0.95), kb, status: 0 })
  }
  return visits
}

/** The commands of `src/cli` that have a subcommand `list`: each run needs a new one, as commander keeps options. */
async function listMakers(withApp: WithApp): Promise<{ name: string; list(): Command }[]> {
  const found: { name: string; list(): Command }[] = []
  for (const file of globSync('*.ts', { cwd: folder }).sort()) {
    const exported = Object.entries(await import(join(folder, file)))
    for (const [name, make] of exported) {
      if (!name.endsWith('Command') || typeof make !== 'function' || make.length !== 1) continue
      const listOf = () => (make(withApp) as Command).commands.find((command) => command.name() === 'list')
      if (listOf()) found.push({ name: (make(withApp) as Command).name(), list: () => listOf()! })
    }
  }
  return found
}

/** Swallows what is printed meanwhile. */
async function firstOutput(run: () => Promise<unknown>): Promise<{ ms: number; bytes: number }> {
  const begun = performance.now()
  let first: { ms: number; bytes: number } | undefined
  const write = process.stdout.write
  process.stdout.write = ((text: string | Uint8Array) => {
    first ??= { ms: performance.now() - begun, bytes: Buffer.byteLength(text) }
    return true
  }) as typeof process.stdout.write
  try {
    await run()
  } finally {
    process.stdout.write = write
  }
  return first ?? { ms: performance.now() - begun, bytes: 0 }
}
