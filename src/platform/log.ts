import { type Logger, pino, stdSerializers } from 'pino'
import { withoutAddresses } from './address.ts'

export type Log = Logger

/** Lines that stderr does not take wait in memory; lines beyond that are dropped. */
const maxWaitingBytes = 2 ** 20

/** Logs to stderr as JSON lines, since stdout is for the output of commands. */
export function createLog(level: string): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorForLog } }
  const stderr = pino.destination({ dest: 2, maxLength: maxWaitingBytes })
  stderr.on('error', () => {}) // a full disk behind stderr loses lines, and must not end the process
  return pino(options, stderr)
}

/**
 * An error as the log keeps it. The database names the values of a row that it refuses, and a server the address that it
 * refuses: all texts lose their addresses.
 */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutAddressesIn(error, maxDepth)
  const { raw: _, ...plain } = stdSerializers.err(error) as unknown as Record<string, unknown>
  return withoutAddressesIn(plain, maxDepth)
}

const maxDepth = 4

function withoutAddressesIn(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutAddresses(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) return value.map((one) => withoutAddressesIn(one, depth - 1))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutAddressesIn(one, depth - 1)]))
}
