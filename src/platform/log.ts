import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino'
import { withoutAddresses } from './text/without-addresses.ts'

export type Log = Logger

/** Lines that stderr does not take wait in memory; lines beyond that are dropped. */
const maxWaitingBytes = 2 ** 20

/** Logs to stderr as JSON lines, since stdout is for the output of commands. No line has a mail address. */
export function createLog(level: string, destination: DestinationStream = stderr()): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorForLog },
    formatters: { log: (fields) => plainFields(fields, maxDepth) },
    hooks: { logMethod: (args, method) => method.apply(log, args.map(plainMessage) as typeof args) },
  }
  const log = pino(options, destination)
  return log
}

function stderr(): DestinationStream {
  const destination = pino.destination({ dest: 2, maxLength: maxWaitingBytes })
  destination.on('error', () => {}) // a full disk behind stderr loses lines, and must not end the process
  return destination
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
  if (value instanceof Error) return errorForLog(value)
  if (isPlainValue(value)) return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) return value.map((one) => withoutAddressesIn(one, depth - 1))
  return plainFields(value, depth)
}

function plainFields(fields: object, depth: number): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([, one]) => !isRedisCommand(one))
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutAddressesIn(one, depth - 1)]))
}

/** What an error of Redis says of its command: a login that was refused has the password among the arguments. */
const isRedisCommand = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'args' in value && Array.isArray(value.args)

const plainMessage = (one: unknown): unknown => (typeof one === 'string' ? withoutAddresses(one) : one)

/** A value that writes itself as JSON, such as an instant. */
const isPlainValue = (value: object): boolean => 'toJSON' in value && typeof value.toJSON === 'function'
