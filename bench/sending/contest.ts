import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchLedger } from './ledger.ts'
import type { Sink } from './sink.ts'

export type Report = { accepted: number; seconds: number; cpuSeconds: number; peakMb: number }
export const connections = 10
const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
/** Those of V8 with which the program is started. */
const flags = (scripts.start as string).split(' ').filter((word) => word.startsWith('--'))

/** Runs a worker, in a process of its own, until nothing is due; or without any ledger for `bare` mails. */
export async function runWorker(
  ledger: BenchLedger,
  sink: Sink,
  options: { bare?: number | undefined; dkimKey?: string | undefined } = {},
): Promise<Report> {
  const env = {
    DATABASE_URL: ledger.url,
    SMTP_URL: sink.url,
    SMTP_CONNECTIONS: String(connections),
    SMTP_MESSAGES: '100000',
    SECRET_KEY: 'a key of the benchmark: 0123456789',
    PUBLIC_URL: 'https://sitrep.example.org',
    MAIL_FROM: 'Sitrep <sitrep@example.org>',
    ...(options.dkimKey && { DKIM_PRIVATE_KEY: options.dkimKey }),
  }
  const order = JSON.stringify({ env, bare: options.bare })
  return report(process.execPath, [...flags, join(import.meta.dirname, 'worker.ts'), order])
}

export async function runSendMail(ledger: BenchLedger, sink: Sink, count: number, dkimKey?: string): Promise<number> {
  const dkim = dkimKey && { domainName: 'example.org', keySelector: 'sitrep', privateKey: dkimKey }
  const order = { url: sink.url, count, connections, digest: ledger.digest, dkim }
  const { seconds } = await report(process.execPath, [join(import.meta.dirname, 'send-mail.ts'), JSON.stringify(order)])
  return count / seconds
}

/** Postfix's own load generator on messages of the same size, without hanging up between them. */
export async function runSmtpSource(sink: Sink, bytes: number, count: number): Promise<number> {
  const begun = performance.now()
  const args = ['-d', '-s', String(connections), '-l', String(bytes), '-m', String(count), sink.host]
  const child = spawn('smtp-source', args, { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`smtp-source ended with code ${code}`)
  return (count * 1000) / (performance.now() - begun)
}

async function report(command: string, args: string[]): Promise<Report> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let words = ''
  child.stdout.on('data', (chunk) => {
    words += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args.at(-2)} ended with code ${code}: ${words}`)
  return JSON.parse(words) as Report
}
