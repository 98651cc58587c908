import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { UserError } from '../platform/user-error.ts'
import { createReaderPool, type ReaderPool } from '../threads/pool.ts'

/** `sitrep parse-feed FILE...`: what we make of feed files, one JSON line a file; needs no database. */
export function parseFeedCommand(): Command {
  return new Command('parse-feed')
    .description('show what a feed file holds, one JSON line a file (RSS, RDF, Atom, JSON Feed)')
    .argument('<file...>', 'feed files')
    .addHelpText('after', '\nA file that is no feed: {"file", "error"}, and the exit code stays 0.')
    .action(parseFiles)
}

async function parseFiles(files: string[]): Promise<void> {
  const pool = createReaderPool()
  try {
    for (const file of files) await print(JSON.stringify(await lineFor(pool, file)))
  } finally {
    await pool.close()
  }
}

async function lineFor(pool: ReaderPool, file: string): Promise<object> {
  const outcome = await pool.parse(await bytesOf(file), { url: '' })
  if (outcome.kind === 'unreadable') return { file, error: outcome.reason }
  const { title, url, language, items } = outcome.document
  return { file, feed: { title, url, language }, items }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}.`)
  }
}

/** Waits for a slow reader of our output. */
function print(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()))
  })
}
