import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** The order in which mail leaves: a person who waits for a confirmation does not wait for a digest of a million. */
export function priorityOf(kind: EditionKind): number {
  if (kind === 'confirmation' || kind === 'link') return 0
  return kind === 'alert' ? 2 : 5
}
