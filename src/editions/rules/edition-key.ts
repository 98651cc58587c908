import { createHash } from 'node:crypto'
import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** Everything that makes two editions the same one; nothing of a single reader is in it. */
export type EditionFacts = {
  kind: EditionKind
  /** The slot, the alert's trigger, or the civil date of a welcome. */
  trigger: string
  window: string
  topics: string[]
  minScore: number
  language: string
  template: string
  rules: string[]
  takeaways: number[]
  alerted: number[]
}

/** A content address of 32 hexadecimal digits. */
export function editionKey(facts: EditionFacts): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)
}

/** The address of the web copy: readable, and not to be guessed from another. */
export function editionSlug(kind: EditionKind, date: string, key: string): string {
  return `${date}-${kind}-${key.slice(0, 12)}`
}
