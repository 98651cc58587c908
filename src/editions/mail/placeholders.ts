import { escapeHtml } from '../../platform/text/escape-html.ts'

/**
 * An edition is one frozen text for all its readers; what is personal stands in it as a slot, `@@unsubscribe@@`,
 * and is filled in when it is sent. Only templates may write a slot: every word that comes from elsewhere passes `stripMarkers`.
 */
export const placeholders = ['unsubscribe', 'preferences', 'confirm', 'address'] as const
export type Placeholder = (typeof placeholders)[number]
export type PlaceholderValues = Partial<Record<Placeholder, string>>

/** Any text, unable to be a slot: no two @ stand together in it. */
export function stripPlaceholders(text: string): string {
  return text.replace(/@(?=@)/g, '@ ')
}

/** The slots of a body, each once, in the order of `slots`. */
export function placeholdersIn(body: string): Placeholder[] {
  const found = new Set(Array.from(body.matchAll(marker), (match) => match[1]))
  return placeholders.filter((slot) => found.has(slot))
}

/** A body as what stands between its slots and the slots, in order. */
export function splitAtPlaceholders(body: string): (string | { slot: Placeholder })[] {
  const parts = body.split(marker) // every second one is a slot's name
  return parts.flatMap((part, n) => (n % 2 ? { slot: part as Placeholder } : part || []))
}

/**
 * A body for one reader. `as` says what the body is, since an address may hold letters that mean something in HTML.
 * @throws when the body has a slot without a value: a mail with a dead unsubscribe link must not leave.
 */
export function fillPlaceholders(body: string, values: PlaceholderValues, as: 'html' | 'text'): string {
  return body.replace(marker, (_, slot: Placeholder) => {
    const value = values[slot]
    if (value === undefined) throw new Error(`The slot @@${slot}@@ of a mail has no value.`)
    return as === 'html' ? escapeHtml(stripPlaceholders(value)) : stripPlaceholders(value)
  })
}

/** The frozen HTML as everybody may see it: the personal links lead to the public page that mails a fresh one. */
export function forWeb(html: string, publicUrl: string): string {
  const values = {
    unsubscribe: `${publicUrl}/preferences`,
    preferences: `${publicUrl}/preferences`,
    confirm: `${publicUrl}/`,
    address: 'its subscribers',
  }
  return fillPlaceholders(html, values, 'html')
}

const marker = new RegExp(`@@(${placeholders.join('|')})@@`, 'g')
