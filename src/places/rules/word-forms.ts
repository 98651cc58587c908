import { abbreviations } from './gazetteer.ts'
import { type PlaceMeaning, placeIndex } from './place-index.ts'
import { placeKey, withoutArabicPrefix } from './place-key.ts'
import { romanceArticles, withoutElision } from './romance-words.ts'
import { rolesOfWord } from './word-roles.ts'

/** A word as texts write it, with all that follows from its letters alone. */
export type WordForm = {
  raw: string
  /** Its key without a possessive ending. */
  key: string
  isCapital: boolean
  isAllCapital: boolean
  isArabic: boolean
  /** What it means by itself, if it has a capital or is Arabic. */
  meanings: PlaceMeaning[] | undefined
  /** A name of several words may begin with it. */
  beginsLonger: boolean
  /** It may stand behind the first word of such a name. */
  continuesLonger: boolean
  /** A name may begin with it, or it is one. Most words of a text are told here to be no name. */
  mayBeginName: boolean
  /** Its roles beside a name; -1 until they are asked for. */
  roles: number
}

const formPlaces = 0x4000

/**
 * A cache of forms by the last bits of their hashes: texts share their words. Each word has two places, of which the first
 * gives way to another word, so that no author can make the cache slow or large.
 */
const cache = new Array<WordForm | undefined>(formPlaces).fill(undefined)
const maxCachedLength = 40

/** The form of the word from `start` to `end` in a text. */
export function formOf(text: string, start: number, end: number): WordForm {
  if (end - start > maxCachedLength) return formFrom(text.slice(start, end))
  const place = placeOf(text, start, end)
  const first = cache[place]
  if (first && stands(first.raw, text, start, end)) return first
  const second = cache[place ^ 1]
  if (second && stands(second.raw, text, start, end)) return second
  const form = formFrom(copyOf(text.slice(start, end)))
  cache[first && !second ? place ^ 1 : place] = form
  return form
}

function placeOf(text: string, start: number, end: number): number {
  let hash = 0
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return (hash ^ (hash >>> 14)) & (formPlaces - 1)
}

/** Whether a text has a word at its place. */
const stands = (word: string, text: string, start: number, end: number): boolean =>
  word.length === end - start && text.startsWith(word, start)

/** Whether a word has a role beside a name. */
export function hasRole(form: WordForm | undefined, role: number): boolean {
  if (form === undefined) return false
  if (form.roles < 0) form.roles = rolesOfWord(form.raw, form.key)
  return (form.roles & role) !== 0
}

/** A slice of a string may hold on to the whole string: a form that is kept would keep its report in memory. */
const copyOf = (slice: string): string => Buffer.from(slice).toString()

function formFrom(raw: string): WordForm {
  const index = placeIndex()
  const name = withoutElision(raw)
  const key = keyOf(name.replace(possessive, ''))
  const isCapital = capital.test(name.replace(/^d['’]/, ''))
  const isArabic = arabic.test(raw)
  const isPlaceName = (isCapital || isArabic) && !besides.has(raw) && !romanceArticles.test(raw)
  const form = {
    raw,
    key,
    isCapital,
    isAllCapital: isCapital && raw.length > 1 && raw === raw.toUpperCase(),
    isArabic,
    meanings: isPlaceName ? index.find(key) : undefined,
    beginsLonger: index.beginsLonger(key),
    continuesLonger: index.continuesLonger(key),
    mayBeginName: false,
    roles: -1,
  }
  form.mayBeginName = mayBeginName(form)
  return form
}

/** `Крім` before a genitive means besides; Crimea is so named in the nominative only. */
const besides = new Set(['Крім', 'КРІМ'])

/**
 * The key of a word. In Ukrainian the last consonant of a name changes before the `і` of a case: `Кременчуці` is `Кременчук` and
 * `Празі` is `Прага`, where the gazetteer has such a name.
 */
function keyOf(raw: string): string {
  const key = placeKey(raw)
  const [, stem, consonant] = /^(\p{Lu}\p{L}+)([цзс])і$/u.exec(raw) ?? []
  if (!stem || !consonant) return key
  const index = placeIndex()
  const first = placeKey(`${stem}${hard[consonant]}`)
  const isFirst = index.continuesLonger(first) || (index.find(key) === undefined && index.find(first) !== undefined)
  return isFirst ? first : key
}

const hard: Record<string, string> = { ц: 'к', з: 'г', с: 'х' }
const possessive = /['’][sS]$/
const capital = /^\p{Lu}/u
const arabic = /^[\u0600-\u06ff]/

/** An abbreviation, a name with a capital or in Arabic, or an adjective. */
function mayBeginName(form: WordForm): boolean {
  const { raw, key, isArabic, isCapital } = form
  if (!isArabic && !isCapital) return placeIndex().adjective(key) !== undefined
  const isKnown = form.meanings !== undefined || form.beginsLonger
  return isKnown || (isArabic ? withoutArabicPrefix(key) !== undefined : abbreviations.has(raw))
}
