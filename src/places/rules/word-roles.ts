import { firstNames, lastNames, ordinaryWords } from './gazetteer.ts'
import { kindKeys } from './region-words.ts'
import { romanceArticles, romanceRoles } from './romance-words.ts'
import { slavicRoles } from './slavic-roles.ts'

/** What a word is to the name of a place beside it, or what else it is: each role is one bit, so that a form holds them all. */
export const roles = {
  /** A word for a kind of region: `oblast`. */
  kind: 1 << 0,
  /** A preposition of place, or a verb of striking, coming and going, before a name. */
  placeWord: 1 << 1,
  /** A word before a name that only names it as a place. */
  wayWord: 1 << 2,
  /** It may stand between such a word and its name. */
  between: 1 << 3,
  /** A part of a place: `suburbs` of it. */
  part: 1 << 4,
  /** A word behind a name that says it is a place: `airport`. */
  behindPlace: 1 << 5,
  the: 1 << 6,
  /** A word for grammar, and no noun that a name before it belongs to. */
  functionWord: 1 << 7,
  andOr: 1 << 8,
  /** `of` and its like in French and Spanish. */
  of: 1 << 9,
  /** A word for a kind that may be a ministry's before a name. */
  ministry: 1 << 10,
  /** A word of names of institutions, which no person's name goes on with. */
  institution: 1 << 11,
  /** It stands before the last name of a person. */
  personTitle: 1 << 12,
  /** A word with a capital that belongs to names of places. */
  attribute: 1 << 13,
  /** A newspaper, a treaty or a club behind the name of a place. */
  namesake: 1 << 14,
  /** A sea, a river or a mountain: `Jordan River`, `Lake Chad`, `Sea of Azov`. */
  waterBehind: 1 << 15,
  waterBefore: 1 << 16,
  waterOf: 1 << 17,
  /** It has the ending of a possessive. */
  possessive: 1 << 18,
  firstName: 1 << 19,
  lastName: 1 << 20,
  ordinaryWord: 1 << 21,
  /** A word with a small letter that ends a name: `Arabie saoudite`. */
  lastWord: 1 << 22,
} as const

/** The roles of a word, added up. */
export function rolesOfWord(raw: string, key: string): number {
  let found = 0
  for (const [role, words] of byKey) if (words.has(key) && !isOtherWord(role, raw)) found |= role
  for (const [role, words] of bySpelling) if (words.test(raw)) found |= role
  return found
}

const byKey: [role: number, keys: ReadonlySet<string>][] = [
  [roles.kind, kindKeys],
  [roles.firstName, firstNames],
  [roles.lastName, lastNames],
  [roles.ordinaryWord, ordinaryWords],
]

/** A word with accents is no English word, and a French or Spanish article is nobody's name: `Crimée`, `Le`. */
const isOtherWord = (role: number, raw: string): boolean =>
  role === roles.ordinaryWord ? /[À-ɏ]/.test(raw) : role !== roles.kind && romanceArticles.test(raw)

const wordAmong = (...words: string[]) => new RegExp(`^(?:${words.join('|')})$`, 'iu')

const functionWord = wordAmong(
  'and|or|but|in|near|at|on|to|for|from|of|by|with|as|that|which|where|when|who|was|were|is|are|has|have|had|will|after|before|into|over',
  slavicRoles.functionWord,
  romanceRoles.functionWord,
)

/** Prepositions of place, and verbs of striking, coming and going. */
const placeWord = new RegExp(
  '^(?:(?:in|near|at|on|over|outside|inside|around|across|throughout|within|into|towards?|hits?|hitting|struck|strikes?|striking|targets?|' +
    'targeted|targeting|attacks?|attacked|attacking|pounds?|pounded|shell(?:s|ed|ing)|bomb(?:s|ed|ing)|bombard(?:s|ed|ing)?|batter(?:s|ed)?|' +
    'hammer(?:s|ed)?|blasts?|rocks?|rocked|killed|kills|leav(?:e|es|ing)|left|reach(?:es|ed)?|enter(?:s|ed)?|visit(?:s|ed|ing)?|' +
    'captur(?:e|es|ed|ing)|seiz(?:e|es|ed|ing)|besieged?|' +
    `${romanceRoles.placeWord}|${slavicRoles.placeWord})|في|على|قرب|حول)$`,
  'iu',
)
const wayWord = wordAmong('of|from|to|through|off|between|via|من|إلى', slavicRoles.wayWord, romanceRoles.wayWord)
const between = wordAmong(
  'the|a|al|el|a[sdntz]|ash|downtown|central|northern|southern|eastern|western|north|south|east|west|northeastern|northwestern|southeastern|southwestern|occupied|besieged|neighbou?ring|nearby|city|town|village|port|capital|island|province|region|state|districts?|parts|of|مدينة|regional|several',
  "\\p{Lu}\\p{L}+['’]s",
  slavicRoles.between,
  romanceRoles.between,
)

const partWord =
  /^(?:mayor|city|town|village|port|capital|suburbs?|outskirts|streets?|residents|people|half|parts?|most|much|rest|centre|center|districts?|north|south|east|west|northeast|northwest|southeast|southwest|miles|km|kilomet(?:er|re)s)$/i
const wordBehindPlace = wordAmong(
  'was|were|came|under|targeted|hit|struck|attacked|shelled|bombed|bombarded|rocked|residents?|suburbs?|airport|international|mayor|hospital|port|refinery|metro|neighbou?rhoods?|districts?|area|outskirts|overnight|city',
  slavicRoles.behindPlace,
  romanceRoles.behindPlace,
)

const personTitle =
  /^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Judge|Justice|Senator|Sen|Rep|Gov|President|Minister|Secretary|General|Gen|Captain|Colonel|Professor|Prof|Coach)$/
const institution =
  /^(?:Defen[cs]e|Police|Air|Army|Navy|Security|Armed|National|Supreme|Central|Government|Border|Foreign|Ministry|Broadcasting|Airways|Railways?|Red|City|County|State|International|Republican|Democrat\w*|Senate|House|Governor|Secretary|Attorney|Prime|President|Aerospace|Coast|Bureau|Football|War|Strikes?|Attacks?)$/

const placeAttribute =
  /^(?:Al|El|As|Ad|An|At|Az|Ash|North|South|East|West|Northern|Southern|Eastern|Western|Central|Greater|Upper|Lower|Occupied|City|Port|Oblast|Region|Province|Governorate|State|Republic|District|County|Airport|International|Regional|Mayor|Governor|University|Hospital|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|In|On|At|Near|From|And)$/
const namesake =
  /^(?:Times|Post|Tribune|Globe|Herald|Independent|Daily|Journal|Gazette|Chronicle|Telegraph|Observer|Inquirer|Examiner|Conventions?|Agreements?|Accords?|Statute|Protocol|Treaty|Declaration|Marathon|United|FC)$/

const bySpelling: [role: number, words: RegExp][] = [
  [roles.placeWord, placeWord],
  [roles.wayWord, wayWord],
  [roles.between, between],
  [roles.part, partWord],
  [roles.behindPlace, wordBehindPlace],
  [roles.the, /^the$/i],
  [roles.functionWord, functionWord],
  [roles.andOr, /^(?:and|or)$/],
  [roles.of, /^(?:of|de|du|del|d)$/],
  [roles.ministry, /^(?:state|department|republic)$/i],
  [roles.institution, institution],
  [roles.personTitle, personTitle],
  [roles.attribute, placeAttribute],
  [roles.namesake, namesake],
  [roles.waterBehind, /^(?:river|sea|strait|canal|lake|ocean|gulf|bay|mountains?|channel)$/i],
  [roles.waterBefore, /^(?:Lake|River|Mount|Cape)$/],
  [roles.waterOf, /^(?:Sea|Gulf|Bay|Straits?|Isthmus|Cape)$/],
  [roles.possessive, /['’]s$/],
  [roles.lastWord, wordAmong(romanceRoles.lastWord)],
]
