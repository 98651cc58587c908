import { type Logger, pino } from 'pino'

export type Log = Logger

/** Logs to stderr as JSON lines: stdout belongs to what a command answers. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}
