import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { UserError, unreadableFile } from '../platform/user-error.ts'

/**
 * Parses a value of the command line. `name` is the argument or option as people write it.
 * @throws UserError with one sentence that names the value
 */
export function parseArgument<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const [option] = issue?.path ?? []
  throw new UserError(`${option === undefined ? name : optionName(String(option))}: ${issue?.message}`)
}

/** An option as it is typed: `--max-alerts` for `maxAlerts`. */
const optionName = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** Parses the option --reason, whose text is kept in the audit log. */
export function requireReason(reason: string): string {
  if (!reason.trim()) throw new UserError('--reason: give a reason; it is kept in the audit log.')
  return reason
}

/**
 * The text of a file that a person named; `-` is standard input.
 * @throws UserError when the file cannot be read
 */
export async function textOf(file: string): Promise<string> {
  if (file !== '-') return (await bytesOf(file)).toString('utf8')
  process.stdin.setEncoding('utf8')
  return (await Array.fromAsync<string>(process.stdin)).join('')
}

/**
 * The bytes of a file that a person named.
 * @throws UserError when the file cannot be read
 */
export async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new UserError(unreadableFile(file, error))
  }
}

/** Parses the option --limit: a whole number from 1 to `most`. */
export function limitOption(sent: string, most: number): number {
  const problem = `Give a whole number from 1 to ${most}.`
  return parseArgument(z.coerce.number(problem).int(problem).min(1, problem).max(most, problem), sent, '--limit')
}

const idProblem = 'Give the number of an item; see `sitrep items list`.'
const idSchema = z.coerce.number(idProblem).int(idProblem).positive(idProblem).max(Number.MAX_SAFE_INTEGER, idProblem)

/** The number of an item on the command line. */
export const itemArgument = (sent: string): number => parseArgument(idSchema, sent, 'ID')

/** What the help says of that number. */
export const whichItem = 'the number of an item, as in the address of its page, /items/N'
