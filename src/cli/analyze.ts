import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Command } from 'commander'
import { z } from 'zod'
import { builtinTopics } from '../domain/reading/builtin-topics.ts'
import { read, readRanked } from '../domain/reading/read.ts'
import type { Reading, Source } from '../domain/reading/types.ts'
import { UsageError } from '../domain/usage-error.ts'
import { drawReading } from './draw-reading.ts'

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
      'read JSON Lines {id, title?, url?, html | markdown | text} from standard input, write one line for each',
    )
    .option('--canonical', 'with --jsonl: add the canonical text that the offsets count in')
    .option('--json', 'print the whole reading as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  sitrep analyze report.html\n  sitrep analyze https://example.org/report\n  sitrep analyze --jsonl < reports.jsonl',
    )
    .action(async (source: string | undefined, options: Options) => {
      if (options.jsonl && source !== undefined)
        throw new UsageError('With --jsonl the reports come from standard input; give no file.')
      if (options.jsonl) return answerLines(options.canonical ?? false)
      if (source === undefined) throw new UsageError('Name a file, an address, or - for standard input.')
      const reading = read(await sourceFrom(source, fetchPage), builtinTopics)
      const colour = process.stdout.isTTY === true && process.stdout.hasColors?.() === true
      await write(
        options.json
          ? `${JSON.stringify(reading)}\n`
          : drawReading(reading, builtinTopics, { colour, width: process.stdout.columns ?? 100 }),
      )
    })
}

async function sourceFrom(source: string, fetchPage: FetchPage): Promise<Source> {
  if (/^https?:\/\//i.test(source)) return fetchPage(source)
  const text = await textOf(source)
  if (/\.html?$/i.test(source) || /^\s*<(?:!doctype|html|head|body|div|p|article)\b/i.test(text)) return { html: text }
  return /\.(?:md|markdown)$/i.test(source) ? { markdown: text } : { text }
}

async function textOf(file: string): Promise<string> {
  if (file === '-') return (await Array.fromAsync(process.stdin, String)).join('')
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

const recordSchema = z
  .object({
    id: z.union([z.string(), z.number()]),
    title: z.string().nullish(),
    url: z.string().nullish(),
    html: z.string().nullish(),
    markdown: z.string().nullish(),
    text: z.string().nullish(),
  })
  .refine((r) => r.html ?? r.markdown ?? r.text ?? null, { message: 'one of html, markdown and text is needed' })

async function answerLines(canonical: boolean): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') await write(`${JSON.stringify(answer(line, canonical))}\n`)
  }
}

/** One line's answer; whatever is wrong with a line is told in its own answer, and the next line is read. */
function answer(line: string, canonical: boolean): object {
  let id: unknown = null
  try {
    const parsed: unknown = JSON.parse(line)
    id = idOf(parsed)
    const record = recordSchema.parse(parsed)
    const about = { title: record.title ?? undefined, url: record.url ?? undefined }
    const form =
      record.html != null
        ? { html: record.html }
        : record.markdown != null
          ? { markdown: record.markdown }
          : { text: record.text ?? '' }
    const reading = readRanked({ ...about, ...form }, builtinTopics)
    return { id: record.id, ...told(reading), ...(canonical ? { canonical: reading.text } : {}) }
  } catch (error) {
    return { id, error: problem(error), takeaways: [], topics: [] }
  }
}

const idOf = (parsed: unknown) => (parsed !== null && typeof parsed === 'object' && 'id' in parsed ? parsed.id : null)

function problem(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map((i) => [i.path.join('.'), i.message].filter(Boolean).join(': ')).join('; ')
  return error instanceof SyntaxError ? `not a line of JSON: ${error.message}` : String(error)
}

function told({ takeaways, topics }: Reading): object {
  return {
    takeaways: takeaways.map(({ text, kind, attribution, evidence: [first], topics }) => ({
      text,
      kind,
      attribution,
      evidence: first && { quote: first.quote, start: first.start, end: first.end, references: first.references },
      topics: topics.map((t) => t.topic),
    })),
    topics: topics.map(({ topic, score, via, words }) => ({ slug: topic, score, via, matches: words })),
  }
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
