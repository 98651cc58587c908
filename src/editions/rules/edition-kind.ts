import type { EditionKind } from '../../platform/db/tables/editions.ts'

/** The kinds that anybody may read on the web. The others are personal: a confirmation mail or a preferences link. */
export const publicKinds: readonly EditionKind[] = ['alert', 'daily', 'weekly', 'welcome']

/** The priority of a kind's deliveries; the smallest number leaves first, so no confirmation waits behind a large digest. */
export function priorityOf(kind: EditionKind): number {
  if (kind === 'confirmation' || kind === 'link') return 0
  return kind === 'alert' ? 2 : 5
}
