import { createInterface } from 'node:readline'
import { Command } from 'commander'
import { UserError } from '../platform/user-error.ts'
import { clusterLines } from '../stories/rules/cluster-lines.ts'
import { write } from './print.ts'

type Options = { jsonl?: boolean; explain?: boolean }

/** `sitrep cluster`: joins texts that tell one event, without a database. */
export function clusterCommand(): Command {
  return new Command('cluster')
    .description('join texts that tell the same event into stories; needs no database')
    .option('--jsonl', 'read JSON Lines {id, title?, text, published?} from standard input, and print a line for each')
    .option('--explain', 'add to each line which texts are like it, and why')
    .addHelpText('after', '\nExample:\n  sitrep cluster --jsonl < texts.jsonl')
    .action(async ({ jsonl, explain }: Options) => {
      if (!jsonl) throw new UserError('Give --jsonl: the texts come from standard input, one in a line.')
      for (const line of await clusterLines(await inputLines(), explain ?? false))
        await write(`${JSON.stringify(line)}\n`)
    })
}

async function inputLines(): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line.trim() !== '') lines.push(line)
  return lines
}
