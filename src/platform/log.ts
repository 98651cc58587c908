import { type Logger, pino } from 'pino'

export type Log = Logger

/** Logs to stderr as JSON lines, since stdout is for the output of commands. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}
