import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { createFetcher } from '../http/fetch.ts'
import { decodePage } from '../parsing/encodings/decode.ts'
import { UserError } from '../platform/user-error.ts'
import { readJsonLine } from '../reading/rules/jsonl.ts'
import { inItsLanguage } from '../reading/rules/languages/detect-language.ts'
import { read } from '../reading/rules/read.ts'
import { builtinTopics } from '../reading/rules/topics/topic-file.ts'
import type { Reading, Source } from '../reading/rules/types.ts'
import { textOf } from './arguments.ts'
import { write } from './print.ts'
import { type ReadingLine, renderReading } from './render-reading.ts'

type Options = { jsonl?: boolean; canonical?: boolean; json?: boolean }

/** `sitrep analyze`: reads a report without a database. */
export function analyzeCommand(): Command {
  return new Command('analyze')
    .description('read a report and print its takeaways with their evidence and topics; needs no database')
    .argument('[source]', 'an .html, .md or .txt file, - for standard input, or a URL')
    .option(
      '--jsonl',
      'read JSON Lines {id, title?, url?, html | markdown | text} from standard input, and print a line for each',
    )
    .option('--canonical', 'with --jsonl: add the canonical text, to which the offsets refer')
    .option('--json', 'print the whole reading as JSON')
    .addHelpText('after', examples)
    .action(async (source: string | undefined, options: Options) => {
      if (options.jsonl && source !== undefined)
        throw new UserError('With --jsonl the reports come from standard input: give no file.')
      if (options.canonical && !options.jsonl)
        throw new UserError('--canonical needs --jsonl; the output of --json has the canonical text anyway.')
      if (options.jsonl) return readLines(options.canonical ?? false)
      if (source === undefined) throw new UserError('Give a file, a URL, or - for standard input.')
      const reading = read(await inItsLanguage(await sourceOf(source)), builtinTopics)
      await write(options.json ? `${JSON.stringify(reading)}\n` : forTerminal(reading))
    })
}

const examples = `
Examples:
  sitrep analyze report.html
  sitrep analyze https://example.org/report
  sitrep analyze --jsonl < reports.jsonl`

async function readLines(canonical: boolean): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') await write(`${JSON.stringify(await readJsonLine(line, builtinTopics, canonical))}\n`)
  }
}

async function sourceOf(source: string): Promise<Source> {
  if (/^https?:\/\//i.test(source)) return fetchPage(source)
  const text = await textOf(source)
  if (/\.x?html?$/i.test(source) || /^\s*<(?:!doctype|html|head|body|div|p|article|section|h1)\b/i.test(text))
    return { html: text }
  return /\.(?:md|markdown)$/i.test(source) ? { markdown: text } : { text }
}

/** Fetches a page with the guarded fetcher that also fetches feeds. */
async function fetchPage(url: string): Promise<{ html: string; url: string }> {
  const { publicUrl, contact, fetchAllow } = readConfig()
  const fetcher = createFetcher({ site: publicUrl, contact, allow: fetchAllow })
  try {
    const outcome = await fetcher.get(url, { accept: 'text/html' })
    if (outcome.kind === 'fetched')
      return { html: await decodePage(outcome.body, outcome.headers.contentType), url: outcome.url }
    throw new UserError(`${url} cannot be read: ${'reason' in outcome ? outcome.reason : outcome.kind}.`)
  } finally {
    await fetcher.close()
  }
}

const styles = { takeaway: 'bold', topic: 'cyan', evidence: 'dim' } as const

function forTerminal(reading: Reading): string {
  const hasColours = process.stdout.isTTY === true && process.stdout.hasColors?.() === true
  const width = Math.min(100, Math.max(40, process.stdout.columns ?? 100))
  const paint = ({ role, text }: ReadingLine) =>
    hasColours && role !== 'plain' ? styleText(styles[role], text, { validateStream: false }) : text
  return `${renderReading(reading, builtinTopics, width).map(paint).join('\n')}\n`
}
