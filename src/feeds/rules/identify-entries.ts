import { areAlike, areTextsAlike, areUnlike, wordCount } from './alike-entries.ts'
import { type Identity, identityOfEntry, identityOfItem, type KeptItem, type NewEntry } from './identity.ts'
import { stableKey } from './item-address.ts'
import { repeatedKeys } from './repeated-entries.ts'

/**
 * What else is known of a document. `isWhole`: all its entries are here, so that a key that is not here is gone.
 * `isMoved`: it is the first one from a new address of the feed. `trustsKeys`: no key is ever used for another report.
 */
export type DocumentTerms = {
  isWhole?: boolean | undefined
  isMoved?: boolean | undefined
  trustsKeys?: boolean | undefined
}

/** The kept item of each known entry, by the entry's key, and the keys of entries that only repeat another entry. */
export type Identified<Item> = { known: Map<string, Item>; repeated: Set<string> }

/**
 * Finds the kept items that entries are. Publishers change keys with an edit, a preview or a move of their site, or at every
 * request, and use keys again for other reports. So each rule is tried with all entries before the next one: the same
 * content under the same key or address; the same content elsewhere; the same key, unless it tells another report; the only
 * item at the same address, if the words or the rest of the key are alike; the same title at the same moment.
 */
export function identifyEntries<Item extends KeptItem>(
  entries: NewEntry[],
  items: Item[],
  terms: DocumentTerms = {},
): Identified<Item> {
  const identities = entries.map(identityOfEntry)
  const left = new Set(identities)
  const free = new Map(items.map((item) => [identityOfItem(item), item]))
  const context = contextOf(identities, [...free.keys()], terms)
  const known = new Map<string, Item>()
  for (const rule of terms.isMoved ? [...rules, isMovedItem] : rules) {
    for (const entry of left) {
      const match = free.entries().find(([item]) => rule(entry, item, context))
      if (!match) continue
      known.set(entry.key, match[1])
      free.delete(match[0])
      left.delete(entry)
    }
  }
  return { known, repeated: repeatedKeys(identities, known) }
}

/**
 * `keys` of the document, and how many entries and items have each address, path and title. `isReissued`: most entries are
 * kept ones under new keys, and their old keys are gone.
 */
type Context = DocumentTerms & { keys: Set<string>; entries: Counts; items: Counts; isReissued: boolean }
type Counts = Record<'address' | 'path' | 'folded', Map<string, number>>

function contextOf(entries: Identity[], items: Identity[], terms: DocumentTerms): Context {
  const keys = new Set(entries.map(({ key }) => key))
  const gone = new Set(items.flatMap(({ key, content }) => (keys.has(key) ? [] : content)))
  const reissued = new Set(entries.flatMap(({ content }) => (gone.has(content) ? content : []))).size
  const isReissued = terms.isWhole === true && reissued >= minReissued && reissued >= entries.length * reissuedShare
  return { ...terms, keys, entries: countsOf(entries), items: countsOf(items), isReissued }
}

const minReissued = 3
const reissuedShare = 0.5

const countsOf = (all: Identity[]): Counts => ({
  address: countBy(all, ({ address }) => address),
  path: countBy(all, ({ path }) => path),
  folded: countBy(all, ({ folded }) => folded),
})

function countBy(all: Identity[], nameOf: (one: Identity) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1)
  return counts
}

type Rule = (entry: Identity, item: Identity, context: Context) => boolean

const isUnchanged: Rule = (entry, item) => entry.content === item.content && entry.key === item.key

const isSameContentHere: Rule = (entry, item) => entry.content === item.content && isAtSame('address', entry, item)

/** Whether both have the same address, path or title, and not none. */
const isAtSame = (name: keyof Counts, entry: Identity, item: Identity) =>
  entry[name] !== '' && entry[name] === item[name]

/** Whether nothing else in the document and nothing else kept has this address, path or title. */
const isAlone = (name: keyof Counts, entry: Identity, { entries, items }: Context) =>
  entries[name].get(entry[name]) === 1 && items[name].get(entry[name]) === 1

/**
 * The same content elsewhere is the same item at the same moment, or if neither has an address and a date. It also is where
 * all keys of the document are new. Else a short text, such as a warning, may be said again about a later event.
 */
const isSameContentElsewhere: Rule = (entry, item, { isReissued, keys }) => {
  if (entry.content !== item.content) return false
  if (entry.at !== null && entry.at === item.at) return true
  if (entry.at === item.at && entry.address === item.address) return true
  return (isReissued && !keys.has(item.key)) || wordCount(entry) >= minTelling
}

/** Nobody writes so many words twice about two events. */
const minTelling = 60

const isSameKey: Rule = (entry, item, { trustsKeys }) =>
  entry.key === item.key && (trustsKeys === true || !isOtherReport(entry, item))

/** A key that is used again: other words, and a later date or another address. */
function isOtherReport(entry: Identity, item: Identity): boolean {
  const isElsewhere = entry.address !== '' && item.address !== '' && entry.address !== item.address
  const isLater = entry.at !== null && item.at !== null && entry.at - item.at >= minLaterMs
  return (isElsewhere || isLater) && areUnlike(entry, item)
}

const minLaterMs = 3600 * 1000

/** Live pages have several entries at one address: there only the key and the content tell which is which. */
const isEditAtAddress: Rule = (entry, item, context) =>
  isAtSame('address', entry, item) &&
  isAlone('address', entry, context) &&
  (areAlike(entry, item) || (stableKey(entry.key) === stableKey(item.key) && !isOtherReport(entry, item)))

/** For entries whose key is a hash of their content, and for sites that got other keys and addresses. */
const isEditAtMoment: Rule = (entry, item, context) => {
  if (!isAtSame('folded', entry, item) || entry.at !== item.at) return false
  if (entry.address === item.address && entry.at !== null) return true
  if (context.keys.has(item.key) || !isAlone('folded', entry, context)) return false
  return entry.at === null ? entry.address + item.address === '' : areTextsAlike(entry, item)
}

/** At a new address of the feed, hosts, keys and the markup of texts may all be other ones. */
const isMovedItem: Rule = (entry, item, context) => {
  if (isAtSame('folded', entry, item)) return isAtSame('path', entry, item) || areNear(entry, item)
  if (!isAtSame('path', entry, item) || !isAlone('path', entry, context)) return false
  return areNear(entry, item) && areAlike(entry, item)
}

const maxApartMs = 48 * 3600 * 1000

/** Whether two dates are within two days; one that is missing says nothing. */
const areNear = ({ at: a }: Identity, { at: b }: Identity) => a === null || b === null || Math.abs(a - b) <= maxApartMs

const rules: Rule[] = [
  isUnchanged,
  isSameContentHere,
  isSameContentElsewhere,
  isSameKey,
  isEditAtAddress,
  isEditAtMoment,
]
