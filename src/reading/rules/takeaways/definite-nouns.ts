import { someMatch } from '../../../platform/text/matches.ts'
import { generalNames } from '../general-names.ts'
import { WordSet } from '../word-set.ts'
import { sidesIn } from './actors.ts'

/**
 * Whether a sentence speaks of a thing, a place, an event, a body or a person as known, and nothing in it says which:
 * `The legislation will be announced`, `were hurt in the region`, `struck the bridges`. What is the only one of its kind
 * (`the government`, `the army`) names itself.
 */
export const hasUnnamedNoun = (sentence: string): boolean =>
  comesWith.test(sentence) || countsMore.test(sentence) || isUnnamedIn(sentence, () => true)

/** Whether a sentence speaks of an event as known, and says neither where nor which: `displaced by the earthquake`. */
export const hasUnnamedEvent = (sentence: string): boolean => isUnnamedIn(sentence, ({ kind }) => kind === 'event')

/** Whether one of the nouns that a sentence does not name is wanted. */
function isUnnamedIn(sentence: string, isWanted: (noun: Noun) => boolean): boolean {
  return someMatch(sentence, definite, (found) => {
    const isPointed = !/^the /i.test(found[0])
    const noun = nounAt(sentence, found.index + found[0].length, isPointed)
    if (!noun || !isWanted(noun)) return false
    return isUnnamed(sentence, noun, sentence.slice(0, found.index), isPointed)
  })
}

/** `The assault came as`, `The visit follows`: the event of the sentence before, whatever comes behind. */
const comesWith =
  /^The (?:\p{Ll}[\p{L}-]{1,15} ){0,2}\p{Ll}{3,15} (?:comes?|came|follow(?:s|ed)|coincide[sd]?) (?:(?:just|only|shortly) )?(?:as|after|amid|days|hours|weeks|a (?:day|week|month))(?!\p{L})/u

/** `Hundreds more were hurt`: more than somebody has told, and nobody says where. */
const countsMore =
  /^(?:Dozens|Hundreds|Thousands|Scores|Several|Many|\d[\d,.]*) (?:more|others) (?:are|were|is|was|have|has|had|remain)(?!\p{L})(?!.* (?:in|at|near|from|across) (?:the )?\p{Lu})/u

const definite = /(?<!\p{L})(?:[Tt]he|[Tt]hose|[Tt]hese) /gu

type Kind = 'event' | 'matter' | 'thing' | 'place' | 'body' | 'person'
type Noun = { stem: string; kind: Kind; end: number }

const nouns: Record<Kind, string> = {
  event:
    'attack assault strike airstrike raid bombardment bombing blast explosion shelling barrage incident accident crash collision collapse ' +
    'landslide avalanche earthquake quake tremor aftershock flood flooding storm cyclone hurricane typhoon tornado eruption outbreak ' +
    'epidemic wildfire blaze disaster tragedy massacre killing shooting stabbing ambush clash unrest protest riot arrest ceremony ' +
    'summit meeting visit vote eclipse toll',
  matter:
    'legislation law bill decree ruling verdict judgment case lawsuit agreement deal accord pact treaty proposal offer decision move ' +
    'measure resolution announcement allegation accusation scheme',
  thing:
    'bridge dam port plant facility depot warehouse vessel ship tanker boat aircraft plane jet helicopter train bus convoy mall ' +
    'reactor pipeline refinery terminal factory',
  place:
    'region province city town village country area district island archipelago waterway settlement strait peninsula regency',
  body: 'company firm giant agency group organisation organization club airline charity carrier insurer',
  person:
    'man woman boy girl suspect victim plaintiff defendant politician senator lawmaker governor mayor attacker gunman assailant teenager',
}

const nounOf = new Map(
  (Object.keys(nouns) as Kind[]).flatMap((kind) =>
    nouns[kind].split(' ').flatMap((word) => {
      const stem = word.replace(/(?:man|y)$/, '').slice(0, 7)
      return [word, pluralOf(word)].map((form) => [form, { stem, kind }] as const)
    }),
  ),
)

function pluralOf(word: string): string {
  if (word.endsWith('man')) return `${word.slice(0, -2)}en`
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:sh|ch|s|x)$/.test(word) ? `${word}es` : `${word}s`
}

/** The noun behind an article, if nothing but words in small letters stands between them, and no word behind it says which. */
function nounAt(sentence: string, from: number, isPointed: boolean): Noun | undefined {
  let start = from
  for (const part of sentence.slice(from, from + maxPhrase).split(' ', maxWords)) {
    const [beginning = '', word = ''] = /^["“‘]?([\p{Ll}\d][\p{Ll}\d-]*)/u.exec(part) ?? []
    if (word === '' || endsBefore.has(word)) return undefined
    const end = start + beginning.length
    const noun = nounOf.get(word)
    const behind = sentence.slice(end, end + maxPhrase)
    if (noun && (endsPhrase.test(behind) || (isPointed && isSomewhere.test(behind)))) return { ...noun, end }
    if (beginning.length < part.length) return undefined
    start += part.length + 1
  }
  return undefined
}

/** `those ports in Oman` are some of several, and only the text before says which. */
const isSomewhere = /^ (?:in|at|on|near|around|across) /
const maxPhrase = 70
const maxWords = 4
/** No noun of the article stands behind these. */
const endsBefore = new WordSet(
  'of in on at to and or for by with from through against during after before over under about between into onto within without across around near as than but that which who is are was were has have had will would can could same other only struck hit said says took made gave began left fell rose went held told saw led met won lost sent drew brought became broke killed destroyed'.split(
    ' ',
  ),
)

const days = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day'
const months = 'January|February|March|April|May|June|July|August|September|October|November|December'
/** What goes on with the sentence, and not with the noun: `of Dara` or `that burst` says which one it is. */
const endsPhrase = new RegExp(
  `^["”’]?(?:$|[.,;:!?)—–]|['’]s?(?= )| [—–(]| (?:${[
    'is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do',
    'and|or|but|as|while|after|before|because|since|until|when|if|than|which|through|amid|despite',
    'also|now|already|still|then|later|again|there|altogether|too|nearby|overnight|yesterday|today|so far|this|last|next|earlier|alone',
    '\\p{Ll}+ed(?! (?:by|in|on|at|for|from|to|as|with|near|of)(?!\\p{L}))',
    'comes|says|shows|means|marks|follows|remains?|takes|makes|gives|adds|brings|raises|reflects|represents|appears|seems|hopes|plans|wants|needs|sees|faces|sends',
    'came|said|took|made|gave|began|left|hit|struck|fell|rose|went|held|told|saw|led|met|won|lost|sent|drew|brought|became|broke|cut|burst|sank|hid|knew|built|bought|sold|paid|kept|chose|felt|put|let|set|ran|shut|spoke|threw|wrote',
    `(?:on|in|at|since|by|until|during|over|for|from|late|early) (?:(?:late|early|recent|this|last|next|the (?:past|last|coming|early|morning|night|weekend|evening)) ?|\\d|${days})|(?:in|since|by|until|late|early) (?:${months})`,
  ].join('|')})(?!\\p{L}))`,
  'u',
)

function isUnnamed(sentence: string, { stem, kind, end }: Noun, before: string, isPointed: boolean): boolean {
  const words = before.toLowerCase()
  if (words.includes(stem)) return false
  if (isPointed) return kind !== 'place' || !isPlaced(before, false)
  if (inApposition.test(sentence.slice(end, end + maxPhrase))) return false
  if (kind === 'event') return !ofEvents.test(words) && !isPlaced(sentence, true)
  if (kind === 'matter') return !ofMatters.test(words)
  if (kind === 'thing' && ofThings.test(before)) return false
  if (kind === 'thing' || (kind === 'place' && stem !== 'countr')) return !isPlaced(before, false)
  if (named.test(before)) return false
  return kind === 'place' ? sidesIn(before).size === 0 : !(kind === 'person' && ofPeople.test(words))
}

/** `the mayor, Vera Lind, said` */
const inApposition = /^,? ?\p{Lu}[\p{L}’'.-]{1,25}(?: \p{Lu}[\p{L}’'.-]{1,25}){0,3}[,;–—(]|^ \p{Lu}/u

/** A name within a text, which is none of a day or a month. */
const named = new RegExp(`[\\s(“"‘/-](?!(?:${days}|${months}|I)(?!\\p{L}))\\p{Lu}|^\\p{Lu}[\\p{L}-]+['’]s? `, 'u')

const ofEvents =
  /(?<!\p{L})(?:attack|assault|str(?:ike|uck|iking)|air ?strike|raid|bomb|blast|explo|shell|drones?|missiles?|rockets?|fir(?:e|ed|ing)(?!\p{L})|hit|kill|crash|colli|collaps|quake|earthquake|flood|storm|cyclone|hurricane|erupt|outbreak|landslide|volcano|shot|shoot|stab|clash|protest|arrest|detain|met(?!\p{L})|meet|talks|visit|vot(?:e|ing)|elect|ceremony|sank|sunk|destroy|damage)/u
const ofMatters =
  /(?<!\p{L})(?:legislat|laws?(?!\p{L})|bills?(?!\p{L})|decree|rul(?:ed|ing)|verdict|judg|convict|sentenced|charg|sued|suing|lawsuit|trial|accus|alleg|agree|deal|accord|pact|treat(?:y|ies)|propos|offer|deci[ds]|move[ds]?|measure|resolution|announce|plan|vote|voting|sign(?:ed|s|ing)|approv|pass(?:ed|es|ing)|reject|ban(?:s|ned)?(?!\p{L})|order|cut(?:s|ting)?(?!\p{L})|will|would)/u
const ofThings =
  /(?<!\p{L})(?:[Bb]ridge|[Dd]am(?!ag)|[Pp]ort|[Pp]lant|[Ff]acilit|[Dd]epot|[Ww]arehouse|[Vv]essel|[Ss]hip|[Tt]anker|[Bb]oat|[Aa]ircraft|[Pp]lane|[Jj]et|[Hh]elicopter|[Tt]rain|[Bb]us|[Cc]onvoy|[Mm]all|[Rr]eactor|[Pp]ipeline|[Rr]efiner|[Tt]erminal|[Ff]actor|[Ww]orks|[Ss]tation|[Cc]omplex|[Ss]ubstation|[Ff]errie|[Ff]err[iy]|[Rr]ailway)|(?<!\p{L})\p{Lu}{4,}(?!\p{L})/u
const ofPeople =
  /(?<!\p{L})(?:man|woman|men|women|boys?|girls?|child|children|people|person|worker|officers?|driver|student|teenager|couple|victim|suspect|citizen|resident|\d{1,3}-year-old|one|two|three)/u

/** Whether a text names a place: behind a word that says where, as an owner, or with the word for its kind. */
function isPlaced(text: string, isCountryEnough: boolean): boolean {
  const isPlace = (name: string) => (isCountryEnough ? !ofTime.test(name) : !generalNames.has(name.toLowerCase()))
  return someMatch(text, place, ([, ...names]) => names.some((each) => each !== undefined && isPlace(each)))
}

const ofTime = new RegExp(`^(?:${days}|${months})$`)
const placeName = '((?:(?:north|south|east|west|central)\\p{Ll}* )?\\p{Lu}[\\p{L}-]{2,})'
const place = new RegExp(
  `(?<!\\p{L})(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]f|[Ff]rom|[Tt]o|[Ii]nto|[Aa]round|[Aa]cross|[Tt]hrough(?:out)?|[Tt]owards?|[Oo]utside|[Bb]etween|[Oo]ver|[Oo]n|[Ff]or|struck|hits?|seize[sd]?|captured?|entered|reach(?:ed)?|left|leave|fled|flee(?:ing)?|encircle|[Aa]gainst|attack(?:ed)?|liberated?|shell(?:ed|ing)|rock(?:s|ed)) (?:\\p{Ll}[\\p{Ll}-]{1,20} ){0,2}?${placeName}` +
    `|${placeName}(?:['’]s?(?= )| (?:City|Oblast|city|region|province|area|district|[Ii]sland|town|village|axis|[Pp]ort)(?!\\p{L}))` +
    '|(?<!\\p{L})((?!Russ|Ukrain)\\p{Lu}\\p{Ll}+an(?= ))' +
    `|^(?!Police|There|This|That|Nobody|Power|Electricity|Water|Everyone)(\\p{Lu}[\\p{L}-]{2,}[^s\\s]) (?:said|says|is|was|has|had|lost|will|remains)(?!\\p{L})`,
  'gu',
)
