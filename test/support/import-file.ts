import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../src/app.ts'
import { openImportFile } from '../../src/readers/import-file.ts'
import {
  type ImportedLine,
  type ImportRequest,
  type ImportSummary,
  importSubscribers,
} from '../../src/readers/import-subscribers.ts'

/** Writes a file of readers for the time of one act. */
export async function withFile<T>(content: string | Uint8Array, act: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sitrep-import-'))
  try {
    const path = join(folder, 'readers.csv')
    await writeFile(path, content)
    return await act(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Imports a text as a file: daily on displacement, unless the file or the request says something else. */
export async function importText(
  app: App,
  content: string | Uint8Array,
  request: Partial<ImportRequest> & { encoding?: string } = {},
): Promise<ImportSummary & { notTaken: ImportedLine[] }> {
  return withFile(content, async (path) => {
    const notTaken: ImportedLine[] = []
    const { encoding, ...given } = request
    const asked = { columns: new Map(), confirmRate: 1_000, dryRun: false, actor: 'cli', ...given }
    const defaults = { topics: 'displacement', cadence: 'daily', ...given.defaults }
    const file = await openImportFile(path, encoding)
    const summary = await importSubscribers(
      app,
      file,
      { ...asked, defaults },
      {
        onRefused: async (lines) => void notTaken.push(...lines),
        onProgress() {},
      },
    )
    return { ...summary, notTaken }
  })
}
