import { areTextsAlike } from './alike-entries.ts'
import type { Identity } from './identity.ts'

/**
 * The keys of new entries that stand at the address of another entry with the same content, or with its title and like
 * words: search alerts name an article once for each of its copies. Entries that are `known` stay.
 */
export function repeatedKeys(entries: Identity[], known: Map<string, unknown>): Set<string> {
  const repeated = new Set<string>()
  for (const [address, there] of Map.groupBy(entries, (entry) => entry.address)) {
    if (address === '' || there.length === 1) continue
    const told = there.filter(({ key }) => known.has(key)).slice(0, maxCompared)
    for (const entry of there.filter(({ key }) => !known.has(key))) {
      if (told.some((earlier) => repeats(entry, earlier))) repeated.add(entry.key)
      else if (told.length < maxCompared) told.push(entry)
    }
  }
  return repeated
}

/** A live page may have hundreds of entries at its address. */
const maxCompared = 20

function repeats(entry: Identity, earlier: Identity): boolean {
  if (entry.content === earlier.content) return true
  if (entry.folded === '' || entry.folded !== earlier.folded) return false
  return areTextsAlike(entry, earlier)
}
