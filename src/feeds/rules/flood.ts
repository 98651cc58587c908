/** What one poll brought, compared with what the feed usually brings. */
export type Flood = {
  entries: number
  added: number
  /** Items a day, as learned; null when too little is known. */
  perDay: number | null
  daysSince: number
}

/** More new entries than this are suspicious whatever their share. */
const maxAdded = 20
/** From this number on, new entries are suspicious when they are most of the document. */
const minAdded = 5
const largeShare = 0.8

/**
 * Why a person should look at the new entries of a poll, or null. There are more than 20 of them, or at least 5 that are over
 * 80 % of the document, and the feed usually brings less than a third of that in the time since the last poll.
 */
export function suspicion({ entries, added, perDay, daysSince }: Flood): string | null {
  if (added < minAdded) return null
  const usual = 3 * (perDay ?? 0) * daysSince
  if (added <= usual) return null
  if (added <= maxAdded && added <= entries * largeShare) return null
  return added === entries
    ? `all ${entries} entries are new in one poll`
    : `${added} of ${entries} entries are new in one poll`
}
