import { abbreviations } from './gazetteer.ts'
import { candidateOf, maxWords, type PlaceMeaning, placeIndex } from './place-index.ts'
import { withoutArabicPrefix } from './place-key.ts'
import { capitalsOf, joins, keyOf, type TextWord, wordsOf } from './place-words.ts'
import { isKind, type Surroundings, surroundingsOf } from './surroundings.ts'

/** A name in a text with what it may mean and what stands around it. */
export type Mention = Surroundings & {
  key: string
  candidates: PlaceMeaning[]
  /** The code of the country or region behind its comma: `US-TN` of `Lebanon, Tennessee`. */
  within?: string | undefined
}

/** The names of places in a text, in their order. A longer name goes before the names in it. */
export function mentionsIn(text: string): Mention[] {
  const words = wordsOf(text)
  const { isTitle, isShouted } = capitalsOf(words)
  const mentions: Mention[] = []
  for (let at = 0; at < words.length; ) {
    const { key, candidates, size } = nameAt(words, at, isShouted) ?? nothing
    if (candidates.length > 0 && !isNamesake(words, at + size) && !isWater(words, at, size))
      mentions.push({
        key,
        candidates,
        within: addressAt(words, at + size),
        ...surroundingsOf(words, at, size, isTitle),
      })
    at += size
  }
  return mentions
}

/** The country, or the only region, that is named behind a comma. */
function addressAt(words: TextWord[], at: number): string | undefined {
  if (words[at - 1]!.gap !== ', ' || !words[at]?.isCapital) return undefined
  const named = longestAt(words, at)?.candidates ?? []
  const country = named.find(({ kind }) => kind === 'country')
  if (country) return country.country
  const regions = named.filter(({ kind, needsKind }) => kind === 'region' && !needsKind)
  return regions.length === 1 ? regions[0]!.regions[0] : undefined
}

type Found = { key: string; candidates: PlaceMeaning[]; size: number }

const nothing: Found = { key: '', candidates: [], size: 1 }

/** The name that begins at a word: an abbreviation, a name with a capital, or an adjective. */
function nameAt(words: TextWord[], at: number, isShouted: boolean): Found | undefined {
  const word = words[at]!
  const code = word.isAllCapital && !isShouted ? abbreviations.get(word.raw) : undefined
  if (code !== undefined) return { key: word.raw, candidates: [candidateOf(code, 'country')], size: 1 }
  if (word.isArabic) return longestAt(words, at) ?? prefixedAt(word)
  return word.isCapital ? longestAt(words, at) : adjectiveAt(word)
}

/** The longest name. Its last word has a capital too, if it is no word for a kind of region. */
function longestAt(words: TextWord[], at: number): Found | undefined {
  let key = ''
  let longest: Found | undefined
  for (let size = 1; size <= maxWords; size++) {
    const word = words[at + size - 1]
    if (word === undefined || (size > 1 && !joins(words[at + size - 2]!))) break
    key = size === 1 ? keyOf(word) : `${key} ${keyOf(word)}`
    const candidates = word.isCapital || word.isArabic || size > 2 || isKind(word) ? placeIndex().find(key) : undefined
    if (candidates) longest = { key, candidates, size }
  }
  return longest
}

function adjectiveAt(word: TextWord): Found | undefined {
  const adjective = placeIndex().adjective(keyOf(word))
  return adjective && { key: keyOf(word), candidates: [adjective], size: 1 }
}

function prefixedAt(word: TextWord): Found | undefined {
  const key = withoutArabicPrefix(keyOf(word))
  const candidates = key === undefined ? undefined : placeIndex().find(key)
  return key !== undefined && candidates ? { key, candidates, size: 1 } : undefined
}

/** A newspaper, a treaty or a club that is named after a place is none. */
function isNamesake(words: TextWord[], behind: number): boolean {
  const next = words[behind]
  return next !== undefined && joins(words[behind - 1]!) && namesake.test(next.raw)
}

/** A sea, a river or a mountain: `Sea of Azov`, `Lake Chad`, `Jordan River`. */
function isWater(words: TextWord[], at: number, size: number): boolean {
  const [further, before, next] = [words[at - 2], words[at - 1], words[at + size]]
  if (
    next !== undefined &&
    joins(words[at + size - 1]!) &&
    /^(?:river|sea|strait|canal|lake|ocean|gulf|bay|mountains?|channel)$/i.test(next.raw)
  )
    return true
  if (before === undefined || !joins(before)) return false
  if (before.raw === 'of') return further !== undefined && /^(?:Sea|Gulf|Bay|Straits?|Isthmus|Cape)$/.test(further.raw)
  return /^(?:Lake|River|Mount|Cape)$/.test(before.raw)
}

const namesake =
  /^(?:Times|Post|Tribune|Globe|Herald|Independent|Daily|Journal|Gazette|Chronicle|Telegraph|Observer|Inquirer|Examiner|Conventions?|Agreements?|Accords?|Statute|Protocol|Treaty|Declaration|Marathon|United|FC)$/
