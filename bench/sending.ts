import { generateKeyPairSync } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { runSendMail, runSmtpSource, runWorker } from './sending/contest.ts'
import { type BenchLedger, openLedger } from './sending/ledger.ts'
import { openSink, type Sink } from './sending/sink.ts'

export const name = 'sending'

const rounds = 3
/** So many that what the compiler does at a worker's start hardly counts. */
const mails = 30_000
const fewer = 5_000
const few = 10_000
const many = 200_000

/**
 * The pump against nodemailer's pool and Postfix's load generator, in turns, into Postfix's sink: a digest of 20
 * takeaways over 10 connections, the database with fsync. Ratios of messages a second, medians of the rounds;
 * `ledger_share` is with the ledger against without; `two_workers_cpu` is CPU time for a mail, workers and PostgreSQL;
 * `two_bare_cpu` is the same without a ledger: what the machine makes of two processes that share nothing.
 */
export async function run(): Promise<Record<string, number>> {
  const ledger = await openLedger(many)
  const sink = await openSink()
  try {
    return await measure(ledger, sink)
  } finally {
    await sink.close()
    await ledger.close()
  }
}

async function measure(ledger: BenchLedger, sink: Sink): Promise<Record<string, number>> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const dkimKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const bytes = Buffer.byteLength(ledger.digest.html) + Buffer.byteLength(ledger.digest.text)
  const taken = []
  for (let round = 0; round < rounds; round++) {
    const pump = await withLedger(ledger, sink, mails)
    const sendMail = await runSendMail(ledger, sink, fewer)
    const source = await runSmtpSource(sink, bytes, mails)
    const bare = await runWorker(ledger, sink, { bare: mails })
    const dkim = await withLedger(ledger, sink, fewer, { dkimKey })
    const dkimSendMail = await runSendMail(ledger, sink, fewer, dkimKey)
    const two = await withLedger(ledger, sink, mails, { workers: 2 })
    const twoBare = await Promise.all([1, 2].map(() => runWorker(ledger, sink, { bare: mails / 2 })))
    taken.push({
      messages_per_second: pump.rate,
      vs_sendmail: pump.rate / sendMail,
      vs_smtp_source: pump.rate / source,
      dkim_vs_sendmail: dkim.rate / dkimSendMail,
      ledger_share: pump.rate / (bare.accepted / bare.seconds),
      two_workers_cpu: two.cpu / pump.cpu,
      two_workers_throughput: two.rate / pump.rate,
      two_bare_cpu: sum(twoBare.map(({ cpuSeconds }) => cpuSeconds)) / bare.cpuSeconds,
    })
  }
  return { ...medians(taken), memory_growth_mb: await memoryGrowth(ledger, sink), message_bytes: bytes }
}

type Sent = { rate: number; cpu: number; peakMb: number }

/** Sends to so many readers; every mail must be in the ledger and in the sink. */
async function withLedger(
  ledger: BenchLedger,
  sink: Sink,
  count: number,
  { workers = 1, dkimKey }: { workers?: number; dkimKey?: string } = {},
): Promise<Sent> {
  await ledger.createDeliveries(count)
  const [before, cpuBefore] = [sink.count(), await ledger.cpuSeconds()]
  const reports = await Promise.all(Array.from({ length: workers }, () => runWorker(ledger, sink, { dkimKey })))
  await delay(200)
  const cpu = (await ledger.cpuSeconds()) - cpuBefore + sum(reports.map(({ cpuSeconds }) => cpuSeconds))
  const accepted = sum(reports.map((one) => one.accepted))
  const states = await ledger.states()
  if (accepted !== count || sink.count() - before !== count || Object.keys(states).join() !== 'accepted') {
    const found = { accepted, sink: sink.count() - before, states }
    throw new Error(`Of ${count} mails, some are not where they should be: ${JSON.stringify(found)}`)
  }
  const rate = count / Math.max(...reports.map(({ seconds }) => seconds))
  return { rate, cpu: cpu / count, peakMb: Math.max(...reports.map(({ peakMb }) => peakMb)) }
}

async function memoryGrowth(ledger: BenchLedger, sink: Sink): Promise<number> {
  const small = await withLedger(ledger, sink, few)
  const large = await withLedger(ledger, sink, many)
  return large.peakMb - small.peakMb
}

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0)

function medians<Key extends string>(taken: Record<Key, number>[]): Record<Key, number> {
  const median = (key: Key) => taken.map((one) => one[key]).toSorted((a, b) => a - b)[Math.floor(taken.length / 2)]!
  return Object.fromEntries(Object.keys(taken[0]!).map((key) => [key, median(key as Key)])) as Record<Key, number>
}
