/** What one poll brought, compared with what the feed usually brings. */
export type Flood = {
  entries: number
  added: number
  /** How many of the new entries are known entries with other ids: same address or same text. */
  renamed: number
  firstPoll: boolean
  /** Items a day, as learned; null when too little is known. */
  perDay: number | null
  daysSince: number
}

/** Fewer new entries than this are never suspicious. */
export const minSuspicious = 3
/** More new entries than this are suspicious whatever their share. */
const maxAdded = 20
/** From this number on, new entries are suspicious when they are most of the document. */
const minAdded = 5
export const largeShare = 0.8

/**
 * Why a person should look at what a poll brought, or null. The reasons are: old entries under new ids; more than 20 new
 * entries; at least 5 new ones that are over 80 % of the document. The last two count only when the feed usually brings less
 * than a third of that in the time since the last poll.
 */
export function suspicion({ entries, added, renamed, firstPoll, perDay, daysSince }: Flood): string | null {
  if (firstPoll || added < minSuspicious) return null
  const all = added === entries ? `all ${entries} entries are` : `${added} of ${entries} entries are`
  if (renamed >= added * largeShare) return `${all} known entries with new ids`
  const usual = 3 * (perDay ?? 0) * daysSince
  if (added <= usual) return null
  const sudden = added > maxAdded || (added >= minAdded && added > entries * largeShare)
  return sudden ? `${all} new in one poll` : null
}
