import { escapeHtml } from '../../platform/text/escape-html.ts'

/**
 * An edition is one frozen text for all its readers. What is personal is a placeholder in it, such as `@@unsubscribe@@`,
 * which gets its value when the mail is sent. Only templates may write one: all other text passes `stripPlaceholders`.
 */
export const placeholders = [
  'unsubscribe',
  'preferences',
  'confirm',
  'mute',
  'label',
  'address',
  'takeAddress',
  'keepAddress',
  'undo',
] as const
export type Placeholder = (typeof placeholders)[number]
export type PlaceholderValues = Partial<Record<Placeholder, string>>

/** Makes any text unable to be a placeholder: no two @ stand together in the result. */
export function stripPlaceholders(text: string): string {
  return text.replace(/@(?=@)/g, '@ ')
}

/** The placeholders of a body, each once, in the order of `placeholders`. */
export function placeholdersIn(body: string): Placeholder[] {
  const found = new Set(Array.from(body.matchAll(pattern), (match) => match[1]))
  return placeholders.filter((placeholder) => found.has(placeholder))
}

/** The parts of a body in order: its placeholders, and the text between them. */
export function splitAtPlaceholders(body: string): (string | { placeholder: Placeholder })[] {
  const parts = body.split(pattern) // every second part is the name of a placeholder
  return parts.flatMap((part, n) => (n % 2 ? { placeholder: part as Placeholder } : part || []))
}

/**
 * A body for one reader. `as` says what the body is: an address may have characters with a meaning in HTML.
 * @throws when a placeholder has no value: a mail with a dead unsubscribe link must not be sent
 */
export function fillPlaceholders(body: string, values: PlaceholderValues, as: 'html' | 'text'): string {
  return body.replace(pattern, (_, placeholder: Placeholder) => {
    const value = values[placeholder]
    if (value === undefined) throw new Error(`The placeholder @@${placeholder}@@ of a mail has no value.`)
    return as === 'html' ? escapeHtml(stripPlaceholders(value)) : stripPlaceholders(value)
  })
}

const pattern = new RegExp(`@@(${placeholders.join('|')})@@`, 'g')
