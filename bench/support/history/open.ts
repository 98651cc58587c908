import { execFile } from 'node:child_process'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createDataFolder } from '../data-folder.ts'
import type { Bench } from '../open-bench.ts'
import { openBench } from '../open-bench.ts'
import { fillHistory, type History, until } from './fill.ts'

/**
 * The program on a database with a history. It is filled once and kept in the folder for temporary files, also for other
 * benchmarks; each run gets a copy.
 */
export async function openWithHistory(history: History): Promise<Bench> {
  const kept = join(tmpdir(), `sitrep-bench-history-${nameOf(history)}`)
  if (!(await stat(kept).catch(() => undefined))) await fillKept(kept, history)
  const folder = await createDataFolder()
  await promisify(execFile)('cp', ['-a', `${kept}/.`, folder.path]) // with owners: the database's user must get in
  const bench = await openBench({}, folder)
  bench.clock.now = until
  return bench
}

const nameOf = ({ readers, days, news = {} }: History): string =>
  [readers, days, ...Object.values(news)].map(String).join('-')

async function fillKept(kept: string, history: History): Promise<void> {
  const folder = await createDataFolder()
  const bench = await openBench({}, { ...folder, remove: async () => {} })
  await fillHistory(bench.app.config.databaseUrl, history, (line) => console.error(`  filled: ${line}`))
  await bench.close()
  await mkdir(join(kept, '..'), { recursive: true })
  await rm(kept, { recursive: true, force: true })
  await rename(folder.path, kept)
}
