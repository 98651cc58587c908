import { Command } from 'commander'
import { createReaderPool, type ReaderPool } from '../threads/pool.ts'
import { bytesOf } from './arguments.ts'
import { write } from './print.ts'

/** `sitrep parse-feed FILE...`: prints how feed files are parsed, without a database. */
export function parseFeedCommand(): Command {
  return new Command('parse-feed')
    .description('parse feed files (RSS, RDF, Atom, JSON Feed) and print a JSON line for each; needs no database')
    .argument('<file...>', 'feed files')
    .option('--url <address>', 'the address of the feeds, against which relative links are resolved', '')
    .addHelpText('after', '\nFor a file that is not a feed, the line is {"file", "error"}, and the exit code is 0.')
    .action(parseFiles)
}

async function parseFiles(files: string[], { url }: { url: string }): Promise<void> {
  const pool = createReaderPool()
  try {
    for (const file of files) await write(`${JSON.stringify(await parseFile(pool, file, url))}\n`)
  } finally {
    await pool.close()
  }
}

async function parseFile(pool: ReaderPool, file: string, address: string): Promise<object> {
  const outcome = await pool.parse(await bytesOf(file), { url: address })
  if (outcome.kind === 'unreadable') return { file, error: outcome.reason }
  const { title, url, language, items } = outcome.document
  return { file, feed: { title, url, language }, items }
}
