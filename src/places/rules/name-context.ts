import { placeIndex } from './place-index.ts'
import { beginsSentence, formAt, formBefore, formBehind, hasCommaBehind, joins, type TextWords } from './place-words.ts'
import { hasRole, type WordForm } from './word-forms.ts'
import { roles } from './word-roles.ts'

/** What stands around a name and says how it is meant. */
export type NameContext = {
  /** A word beside it says that something happens there: `in`, `near`, `struck`. */
  isLocated: boolean
  /** The same, or a word that only names it as a place: `from`, `of`, `to`. */
  isPlaced: boolean
  /** A word for a kind of region stands beside it. */
  isRegion: boolean
  /** A first name stands before it, or another name behind it: `Michael Jordan`, `Jordan Smith`. */
  isPerson: boolean
  /** Its capital says little: it begins a sentence, or stands in a title. */
  isDoubtful: boolean
  /** It is one word beside another name, which may be one longer name with it. */
  isInName: boolean
  /** `Moscow's`: what follows belongs to it. */
  isPossessive: boolean
  /** A river, a ship or a club that has the name of a town: `the Dnipro`. */
  isThing: boolean
}

export const noContext: NameContext = {
  isLocated: false,
  isPlaced: false,
  isRegion: false,
  isPerson: false,
  isDoubtful: false,
  isInName: false,
  isPossessive: false,
  isThing: false,
}

/** The context of a name of `size` words. */
export function nameContextOf(words: TextWords, at: number, size: number, isTitle: boolean): NameContext {
  const behind = at + size
  const first = formAt(words, at)!
  const before = formBefore(words, at)
  const next = formBehind(words, behind)
  const isOne = size === 1
  const isLocated =
    isBehind(roles.placeWord, words, at) ||
    isPartOf(words, at) ||
    hasRole(next, roles.behindPlace) ||
    isAddress(words, behind)
  return {
    isLocated,
    isPlaced: isLocated || isBehind(roles.wayWord, words, at) || /^d['’]/.test(first.raw),
    isRegion: hasRole(next, roles.kind) || isBehindKind(words, at),
    isPerson: isOne && isNameOfPerson(before, first, next, isTitle),
    isDoubtful: isOne && (isTitle || beginsSentence(words, at)),
    isInName: isOne && !isTitle && (isOtherName(words, before, at - 1) || isOtherName(words, next, behind)),
    isPossessive: hasRole(formAt(words, behind - 1), roles.possessive),
    isThing: isOne && hasRole(before, roles.the) && !isBeforeNoun(next, formAt(words, at + 2)) && isTown(first),
  }
}

const isTown = ({ meanings }: WordForm): boolean => meanings?.some(({ kind }) => kind === 'town') === true

/** What follows is a noun that the name belongs to: `the Kherson front`, `the Kherson and Sumy fronts`. */
const isBeforeNoun = (next: WordForm | undefined, further: WordForm | undefined): boolean =>
  next !== undefined &&
  (!hasRole(next, roles.functionWord) || (hasRole(next, roles.andOr) && further?.isCapital === true))

/** `Rafah, Gaza`: the next word has a capital behind a comma. */
const isAddress = (words: TextWords, behind: number): boolean =>
  hasCommaBehind(words, behind - 1) && formAt(words, behind)?.isCapital === true

/** A word of a role stands before a name, with `the` or a direction between. */
function isBehind(role: number, words: TextWords, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    if (!joins(words, i)) return false
    const form = formAt(words, i)
    if (hasRole(form, role)) return true
    if (!hasRole(form, roles.between)) return false
  }
  return false
}

/** `the mayor of Moscow`, `west of Kyiv`. */
const isPartOf = (words: TextWords, at: number): boolean =>
  formBefore(words, at)?.raw === 'of' && hasRole(formAt(words, at - 2), roles.part)

/** `province of Homs`, `Óblast de Járkov`, `محافظة حمص`. A `State` before a name may be a ministry. */
function isBehindKind(words: TextWords, at: number): boolean {
  const before = formBefore(words, at)
  if (hasRole(before, roles.of)) return hasRole(formAt(words, at - 2), roles.kind)
  return hasRole(before, roles.kind) && !hasRole(before, roles.ministry)
}

function isNameOfPerson(
  before: WordForm | undefined,
  word: WordForm,
  next: WordForm | undefined,
  isTitle: boolean,
): boolean {
  if (isName(before) && hasRole(before, roles.firstName)) return true
  if (!isTitle && isName(next) && hasRole(word, roles.firstName) && !hasRole(next, roles.institution)) return true
  return hasRole(before, roles.personTitle) && hasRole(word, roles.lastName)
}

/** A word with a capital that may be part of a name; capitals only are an abbreviation. */
const isName = (form: WordForm | undefined): boolean => form?.isCapital === true && !form.isAllCapital

/** Another word with a capital that is no place itself, and no word that belongs to names of places. */
const isOtherName = (words: TextWords, form: WordForm | undefined, at: number): boolean =>
  isName(form) &&
  form?.meanings === undefined &&
  placeIndex().adjective(form?.key ?? '') === undefined &&
  !hasRole(form, roles.possessive | roles.attribute) &&
  !beginsSentence(words, at)
