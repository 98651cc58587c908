/**
 * A value in which every text can be stored, also in objects and lists: PostgreSQL stores neither NUL characters nor lone
 * surrogates.
 */
export function storable<T>(value: T): T
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.map((each) => storable(each))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, storable(each)]))
}

/**
 * A line of a stranger as people may see it on a page, in a mail or on a terminal: without control characters, and without the
 * characters that change the direction of what follows (UAX 9). White space is no control character here.
 */
export const withoutControls = (line: string): string => storable(line).replace(controls, '')

const controls = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g
