import { abbreviations } from './gazetteer.ts'
import { type NameContext, nameContextOf, noContext } from './name-context.ts'
import { candidateOf, maxWords, type PlaceMeaning, placeIndex } from './place-index.ts'
import { withoutArabicPrefix } from './place-key.ts'
import {
  capitalsOf,
  formAt,
  formBefore,
  formBehind,
  hasCommaBehind,
  joins,
  type TextWords,
  wordsOf,
} from './place-words.ts'
import { hasRole, type WordForm } from './word-forms.ts'
import { roles } from './word-roles.ts'

/** A name in a text with what it may mean and what stands around it. */
export type Mention = NameContext & {
  key: string
  candidates: PlaceMeaning[]
  /** The name is also an English word. */
  isOrdinaryWord: boolean
  /** The name is also a first or last name of people. */
  isPersonsName: boolean
  /** The code of the country or region behind its comma: `US-TN` of `Lebanon, Tennessee`. */
  within?: string | undefined
}

/** The names of places in a text, in their order. A longer name goes before the names in it. */
export function mentionsIn(text: string): Mention[] {
  const words = wordsOf(text)
  const { isTitle, isShouted } = capitalsOf(words)
  const mentions: Mention[] = []
  let behind = 0
  for (const at of words.beginnings) {
    const found = at < behind ? undefined : nameAt(words, at, isShouted)
    if (found === undefined) continue
    behind = at + found.size
    if (found.candidates.length > 0 && !isNamesake(words, behind) && !isWater(words, at, behind))
      mentions.push(mentionOf(words, at, found, isTitle))
  }
  return mentions
}

function mentionOf(words: TextWords, at: number, { key, candidates, size }: Found, isTitle: boolean): Mention {
  const form = formAt(words, at)
  const isWholeKey = form?.key === key
  // Nothing around the name of a people changes what it means.
  const isOnlyPeople = candidates.length === 1 && candidates[0]!.kind === 'people'
  return {
    key,
    candidates,
    isOrdinaryWord: isWholeKey && hasRole(form, roles.ordinaryWord),
    isPersonsName: isWholeKey && hasRole(form, roles.firstName | roles.lastName),
    within: isOnlyPeople ? undefined : addressAt(words, at + size),
    ...(isOnlyPeople ? noContext : nameContextOf(words, at, size, isTitle)),
  }
}

/** The country, or the only region, that is named behind a comma. */
function addressAt(words: TextWords, at: number): string | undefined {
  if (!formAt(words, at)?.isCapital || !hasCommaBehind(words, at - 1)) return undefined
  const named = longestAt(words, at)?.candidates ?? []
  const country = named.find(({ kind }) => kind === 'country')
  if (country) return country.country
  const regions = named.filter(({ kind, needsKind }) => kind === 'region' && !needsKind)
  return regions.length === 1 ? regions[0]!.regions[0] : undefined
}

type Found = { key: string; candidates: PlaceMeaning[]; size: number }

/** The name that begins at a word: an abbreviation, a name with a capital, or an adjective. */
function nameAt(words: TextWords, at: number, isShouted: boolean): Found | undefined {
  const form = formAt(words, at)!
  const code = form.isAllCapital && !isShouted ? abbreviations.get(form.raw) : undefined
  if (code !== undefined) return { key: form.raw, candidates: [candidateOf(code, 'country')], size: 1 }
  if (form.isArabic) return longestAt(words, at) ?? prefixedAt(form)
  return form.isCapital ? longestAt(words, at) : adjectiveAt(form)
}

/** The longest name that begins at a word. */
function longestAt(words: TextWords, at: number): Found | undefined {
  const { key, meanings, beginsLonger } = formAt(words, at)!
  const longer = beginsLonger ? longerAt(words, at) : undefined
  return longer ?? (meanings && { key, candidates: meanings, size: 1 })
}

/** The longest name of several words. Its last word has a capital too, if it is no word for a kind of region. */
function longerAt(words: TextWords, at: number): Found | undefined {
  let { key } = formAt(words, at)!
  let longest: Found | undefined
  for (let size = 2; size <= maxWords && joins(words, at + size - 2); size++) {
    const form = formAt(words, at + size - 1)
    if (!form?.continuesLonger) break
    key = `${key} ${form.key}`
    const mayEnd = form.isCapital || form.isArabic || size > 2 || hasRole(form, roles.kind | roles.lastWord)
    const candidates = mayEnd ? placeIndex().find(key) : undefined
    if (candidates) longest = { key, candidates, size }
  }
  return longest
}

function adjectiveAt({ key }: WordForm): Found | undefined {
  const adjective = placeIndex().adjective(key)
  return adjective && { key, candidates: [adjective], size: 1 }
}

function prefixedAt(form: WordForm): Found | undefined {
  const key = withoutArabicPrefix(form.key)
  const candidates = key === undefined ? undefined : placeIndex().find(key)
  return key !== undefined && candidates ? { key, candidates, size: 1 } : undefined
}

/** A newspaper, a treaty or a club that is named after a place is none. */
const isNamesake = (words: TextWords, behind: number): boolean => hasRole(formBehind(words, behind), roles.namesake)

/** A sea, a river or a mountain: `Sea of Azov`, `Lake Chad`, `Jordan River`. */
function isWater(words: TextWords, at: number, behind: number): boolean {
  if (hasRole(formBehind(words, behind), roles.waterBehind)) return true
  const before = formBefore(words, at)
  return before?.raw === 'of' ? hasRole(formAt(words, at - 2), roles.waterOf) : hasRole(before, roles.waterBefore)
}
