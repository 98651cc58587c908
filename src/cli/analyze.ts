import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { Command } from 'commander'
import { UserError } from '../platform/user-error.ts'
import { jsonlAnswer } from '../reading/rules/jsonl.ts'
import { read } from '../reading/rules/read.ts'
import { builtinTopics } from '../reading/rules/topics/builtin-topics.ts'
import type { Reading, Source } from '../reading/rules/types.ts'
import { type ReadingLine, renderReading } from './render-reading.ts'

/** How the command gets a page: its HTML and the address that it was finally found at. */
export type FetchPage = (url: string) => Promise<{ html: string; url: string }>

type Options = { jsonl?: boolean; canonical?: boolean; json?: boolean }

/** `analyze`: what a report says, read without any database. */
export function analyzeCommand({ fetchPage }: { fetchPage: FetchPage }): Command {
  return new Command('analyze')
    .description('Read a report: its takeaways, their evidence, their topics.')
    .argument('[source]', 'an .html, .md or .txt file, - for standard input, or an http(s) address')
    .option(
      '--jsonl',
      'read JSON Lines {id, title?, url?, html | markdown | text} from standard input, answer each with a line',
    )
    .option('--canonical', 'with --jsonl: add the canonical text that the offsets count in')
    .option('--json', 'print the whole reading as JSON')
    .addHelpText('after', examples)
    .action(async (source: string | undefined, options: Options) => {
      if (options.jsonl && source !== undefined)
        throw new UserError('With --jsonl the reports come from standard input; give no file.')
      if (options.canonical && !options.jsonl)
        throw new UserError('--canonical goes with --jsonl; --json holds the text anyway.')
      if (options.jsonl) return answerLines(options.canonical ?? false)
      if (source === undefined) throw new UserError('Name a file, an address, or - for standard input.')
      const reading = read(await sourceFrom(source, fetchPage), builtinTopics)
      await write(options.json ? `${JSON.stringify(reading)}\n` : painted(reading))
    })
}

const examples = `
Examples:
  sitrep analyze report.html
  sitrep analyze https://example.org/report
  sitrep analyze --jsonl < reports.jsonl`

async function answerLines(canonical: boolean): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') await write(`${JSON.stringify(jsonlAnswer(line, builtinTopics, canonical))}\n`)
  }
}

async function sourceFrom(source: string, fetchPage: FetchPage): Promise<Source> {
  if (/^https?:\/\//i.test(source)) return fetchPage(source)
  const text = source === '-' ? await standardInput() : await textOf(source)
  if (/\.x?html?$/i.test(source) || /^\s*<(?:!doctype|html|head|body|div|p|article|section|h1)\b/i.test(text))
    return { html: text }
  return /\.(?:md|markdown)$/i.test(source) ? { markdown: text } : { text }
}

async function standardInput(): Promise<string> {
  process.stdin.setEncoding('utf8')
  return (await Array.fromAsync<string>(process.stdin)).join('')
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UserError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

const styles = { claim: 'bold', topic: 'cyan', evidence: 'dim' } as const

function painted(reading: Reading): string {
  const colour = process.stdout.isTTY === true && process.stdout.hasColors?.() === true
  const width = Math.min(100, Math.max(40, process.stdout.columns ?? 100))
  const paint = ({ role, text }: ReadingLine) =>
    colour && role !== 'plain' ? styleText(styles[role], text, { validateStream: false }) : text
  return `${renderReading(reading, builtinTopics, width).map(paint).join('\n')}\n`
}

/** Waits while the reader of a pipe is behind. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
