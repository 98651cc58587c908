/** What a poll brought against what the feed has been like. */
export type Flood = {
  entries: number
  added: number
  /** How many of the new ones are old ones under other ids: same address or same words. */
  renamed: number
  firstPoll: boolean
  /** Items a day, as learned; null for a feed that is not known well enough. */
  perDay: number | null
  daysSince: number
}

const most = 20
const fewest = 5

/**
 * Why what a poll brought should be held for a person, or null: old entries under new ids, more than 20 new ones, or over
 * 80 % new ones (at least 5), each time also more than three times what this feed brings in the time since the last poll.
 */
export function suspicion({ entries, added, renamed, firstPoll, perDay, daysSince }: Flood): string | null {
  if (firstPoll || added < 3) return null
  const all = added === entries ? `all ${entries} items are` : `${added} of ${entries} items are`
  if (renamed >= added * 0.8) return `${all} old ones under new ids`
  const usual = 3 * (perDay ?? 0) * daysSince
  if (added <= usual) return null
  const sudden = added > most || (added >= fewest && added > entries * 0.8)
  return sudden ? `${all} new at once` : null
}
