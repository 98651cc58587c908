import { firstNames, lastNames } from './gazetteer.ts'
import { placeIndex } from './place-index.ts'
import { joins, keyOf, type TextWord } from './place-words.ts'
import { kindKeys } from './region-words.ts'

/** What stands around a name and says how it is meant. */
export type Surroundings = {
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

/** The surroundings of a name of `size` words. */
export function surroundingsOf(words: TextWord[], at: number, size: number, isTitle: boolean): Surroundings {
  const first = words[at]!
  const last = words[at + size - 1]!
  const before = at > 0 && joins(words[at - 1]!) ? words[at - 1] : undefined
  const next = joins(last) ? words[at + size] : undefined
  const isOne = size === 1
  const isLocated =
    isBehind(placeWord, words, at) || isPartOf(words, at) || isBeforePlaceWord(next) || isAddress(words, at + size)
  return {
    isLocated,
    isPlaced: isLocated || isBehind(wayWord, words, at),
    isRegion: (next !== undefined && isKind(next)) || isBehindKind(words, at),
    isPerson: isOne && isNameOfPerson(before, first, next, isTitle),
    isDoubtful: isOne && (isTitle || first.begins),
    isInName: isOne && !isTitle && (isOtherName(before) || isOtherName(next)),
    isPossessive: /['’]s$/.test(last.raw),
    isThing: isOne && isBehindThe(before) && !isBeforeNoun(next, words[at + 2]) && isTown(first),
  }
}

const isBehindThe = (before: TextWord | undefined): boolean => before !== undefined && /^the$/i.test(before.raw)

const isTown = (word: TextWord): boolean =>
  placeIndex()
    .find(keyOf(word))
    ?.some(({ kind }) => kind === 'town') === true

/** What follows is a noun that the name belongs to: `the Kherson front`, `the Kherson and Sumy fronts`. */
const isBeforeNoun = (next: TextWord | undefined, further: TextWord | undefined): boolean =>
  next !== undefined && (!functionWord.test(next.raw) || (/^(?:and|or)$/.test(next.raw) && further?.isCapital === true))

const functionWord =
  /^(?:and|or|but|in|near|at|on|to|for|from|of|by|with|as|that|which|where|when|who|was|were|is|are|has|have|had|will|after|before|into|over)$/i

export const isKind = (word: TextWord): boolean => kindKeys.has(keyOf(word))

/** `Rafah, Gaza`: the next word has a capital behind a comma. */
const isAddress = (words: TextWord[], behind: number): boolean =>
  words[behind - 1]!.gap === ', ' && words[behind]?.isCapital === true

/** A word stands before it, with `the` or a direction between. */
function isBehind(wanted: RegExp, words: TextWord[], at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    if (!joins(words[i]!)) return false
    if (wanted.test(words[i]!.raw)) return true
    if (!between.test(words[i]!.raw)) return false
  }
  return false
}

/** Prepositions of place, and verbs of striking, coming and going. */
const placeWord = new RegExp(
  '^(?:(?:in|near|at|on|over|outside|inside|around|across|throughout|within|into|towards?|hits?|hitting|struck|strikes?|striking|targets?|' +
    'targeted|targeting|attacks?|attacked|attacking|pounds?|pounded|shell(?:s|ed|ing)|bomb(?:s|ed|ing)|bombard(?:s|ed|ing)?|batter(?:s|ed)?|' +
    'hammer(?:s|ed)?|blasts?|rocks?|rocked|killed|kills|leav(?:e|es|ing)|left|reach(?:es|ed)?|enter(?:s|ed)?|visit(?:s|ed|ing)?|' +
    'captur(?:e|es|ed|ing)|seiz(?:e|es|ed|ing)|besieged?|à|dans|en|près|sur|cerca|sobre|в|у|на|під|под|біля|около|по)|في|على|قرب|حول)$',
  'iu',
)
const wayWord = /^(?:of|from|to|through|off|between|via|de|depuis|desde|з|із|до|из|с|от|من|إلى)$/iu
const between =
  /^(?:the|a|al|el|a[sdntz]|ash|downtown|central|northern|southern|eastern|western|north|south|east|west|northeastern|northwestern|southeastern|southwestern|occupied|besieged|neighbou?ring|nearby|city|town|village|port|capital|island|province|region|state|districts?|parts|of|de|la|le|las|los|del|du|місті|городе|مدينة|regional|several|\p{Lu}\p{L}+['’]s)$/iu

/** `the mayor of Moscow`, `west of Kyiv`. */
function isPartOf(words: TextWord[], at: number): boolean {
  const part = words[at - 1]?.raw === 'of' && joins(words[at - 1]!) ? words[at - 2] : undefined
  return part !== undefined && partWord.test(part.raw)
}

const partWord =
  /^(?:mayor|city|town|village|port|capital|suburbs?|outskirts|streets?|residents|people|half|parts?|most|much|rest|centre|center|districts?|north|south|east|west|northeast|northwest|southeast|southwest|miles|km|kilomet(?:er|re)s)$/i

const isBeforePlaceWord = (next: TextWord | undefined): boolean =>
  next !== undefined &&
  /^(?:was|were|came|under|targeted|hit|struck|attacked|shelled|bombed|bombarded|rocked|residents?|suburbs?|airport|international|mayor|hospital|port|refinery|metro|neighbou?rhoods?|districts?|area|outskirts|overnight|city)$/i.test(
    next.raw,
  )

/** `province of Homs`, `Óblast de Járkov`, `محافظة حمص`. A `State` before a name may be a ministry. */
function isBehindKind(words: TextWord[], at: number): boolean {
  const before = words[at - 1]
  if (before === undefined || !joins(before)) return false
  if (!/^(?:of|de|du|del|d)$/.test(before.raw))
    return isKind(before) && !/^(?:state|department|republic)$/i.test(before.raw)
  const further = words[at - 2]
  return further !== undefined && isKind(further)
}

function isNameOfPerson(
  before: TextWord | undefined,
  word: TextWord,
  next: TextWord | undefined,
  isTitle: boolean,
): boolean {
  if (before?.isCapital && !before.isAllCapital && isFirstName(before)) return true
  const isBeforeName = next?.isCapital && !next.isAllCapital && !institution.test(next.raw)
  if (isBeforeName && isFirstName(word) && !isTitle) return true
  return before !== undefined && lastNames.has(keyOf(word)) && personTitle.test(before.raw)
}

const isFirstName = (word: TextWord): boolean => firstNames.has(keyOf(word))

const personTitle =
  /^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Judge|Justice|Senator|Sen|Rep|Gov|President|Minister|Secretary|General|Gen|Captain|Colonel|Professor|Prof|Coach)$/
const institution =
  /^(?:Defen[cs]e|Police|Air|Army|Navy|Security|Armed|National|Supreme|Central|Government|Border|Foreign|Ministry|Broadcasting|Airways|Railways?|Red|City|County|State|International|Republican|Democrat\w*|Senate|House|Governor|Secretary|Attorney|Prime|President|Aerospace|Coast|Bureau|Football|War|Strikes?|Attacks?)$/

/** Another word with a capital that is no place itself, and no word that belongs to names of places. */
const isOtherName = (word: TextWord | undefined): boolean =>
  word?.isCapital === true &&
  !/['’]s$/.test(word.raw) &&
  !word.begins &&
  !word.isAllCapital &&
  !placeAttribute.test(word.raw) &&
  placeIndex().find(keyOf(word)) === undefined

const placeAttribute =
  /^(?:Al|El|As|Ad|An|At|Az|Ash|North|South|East|West|Northern|Southern|Eastern|Western|Central|Greater|Upper|Lower|Occupied|City|Port|Oblast|Region|Province|Governorate|State|Republic|District|County|Airport|International|Regional|Mayor|Governor|University|Hospital|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|In|On|At|Near|From|And)$/
