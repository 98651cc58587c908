import type { z } from 'zod'
import { UserError } from '../platform/user-error.ts'

/**
 * A value of the command line, parsed.
 * @throws UsageError with one sentence that names what was wrong
 */
export function parseArgument<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError(`${issue!.path.length ? `--${issue!.path[0]?.toString()}` : name}: ${issue!.message}`)
}
