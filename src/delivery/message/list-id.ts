import type { EditionKind } from '../../platform/db/tables/editions.ts'

const lists: Partial<Record<EditionKind, string>> = {
  alert: 'Alerts',
  daily: 'Daily digests',
  weekly: 'Weekly digests',
  welcome: 'Welcome digests',
  correction: 'Corrections',
}

/** RFC 2919 2: an identifier has at most 255 characters. */
const maxIdentifier = 255

/**
 * The value of List-Id (RFC 2919) for a kind of edition: one list for each cadence, so that readers can file digests and alerts
 * apart. Null for mail to one reader, which belongs to no list.
 */
export function listIdOf(kind: EditionKind, publicUrl: string): string | null {
  const name = lists[kind]
  if (!name) return null
  // An identifier is made of atoms with dots between them: an IPv6 host has colons and brackets.
  const host = new URL(publicUrl).hostname.replace(/[^a-z\d.-]+/gi, '-').replace(/^[-.]+|[-.]+$/g, '')
  const prefix = `${kind}.sitrep.`
  const labels = host.split('.')
  while (labels.length > 1 && prefix.length + labels.join('.').length > maxIdentifier) labels.shift()
  return `Sitrep ${name} <${prefix}${labels.join('.')}>`
}
