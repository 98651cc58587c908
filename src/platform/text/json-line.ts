import type { z } from 'zod'

/** One line of JSON Lines as `schema` has it, or what is wrong with it and its `id`, as far as one can be read. */
export function parseJsonLine<Schema extends z.ZodType>(
  line: string,
  schema: Schema,
): { record: z.infer<Schema> } | { id: unknown; error: string } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return { id: null, error: `the line is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const record = schema.safeParse(value)
  if (record.success) return { record: record.data }
  const id = value !== null && typeof value === 'object' && 'id' in value ? value.id : null
  return { id, error: record.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ') }
}
