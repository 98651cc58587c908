import { sidesIn } from '../takeaways/actors.ts'
import { hasVerb, isMostlyNoun } from '../takeaways/verbs.ts'

/**
 * Whether a new sentence begins within a line that has no full stop there: a finished clause stands before it, and a subject
 * with its verb behind it. `isToldAgain` says that what follows tells again what stands before; `page` is the whole text, in
 * which a name may stand alone.
 */
export function isSeam(before: string, rest: string, page: string, isToldAgain: () => boolean): boolean {
  // To look for a verb in all that stands before costs most, and few places are left then.
  return mayBeSeam(before, rest, page, isToldAgain) && hasVerb(before)
}

function mayBeSeam(before: string, rest: string, page: string, isToldAgain: () => boolean): boolean {
  if (/[’”]$/.test(before)) return endsQuotation(before) && clauseIn(rest) !== null
  // What ends a text with its last two words is searched for in these only.
  const end = lastWords(before)
  if (openingQuotation.test(rest)) return endsWithName.test(end)
  if (/ says?$/.test(end) && ofSource.test(before)) return isToldAgain()
  if (leansOn.test(end) || beginsBackground.test(before) || lastVerbSays(before)) return false
  if (endsWithName.test(end)) return isBehindName(before, rest, page)
  const clause = clauseIn(rest)
  return clause !== null && isFinished(before) && ((hasObject(clause) && !saying.test(clause.verb)) || isToldAgain())
}

/** The last two words of a text. */
const lastWords = (text: string): string => text.slice(text.lastIndexOf(' ', text.lastIndexOf(' ') - 1) + 1)

/** Whether a quotation of three words or more ends there. */
function endsQuotation(before: string): boolean {
  const start = Math.max(before.lastIndexOf('‘'), before.lastIndexOf('“'))
  return start >= 0 && before.slice(start).split(' ').length > 2
}

const openingQuotation = /^[‘“]\p{Lu}\p{Ll}+,? \p{Ll}/u
const endsWithName = /(?<!\p{L})(?:\p{Lu}[\p{L}’'-]*|(?:19|20)\d\d)$/u
/** `, top official says`: the end of a clause. */
const ofSource = /, (?:\p{L}[\p{L}’'-]* ){1,4}says?$/u
const beginsBackground =
  /^(?:In|On|At|After|Since|While|As|When|During|For|With|By|Before|Following|Despite|Amid|If|Although|Though|Because|Once|Until|Under|From)\s/
const leansOn =
  /(?<!\p{L})(?:and|or|but|of|by|from|in|on|at|to|for|with|as|that|which|who|when|where|while|after|before|if|than|between|against|near|over|the|an?|says?|said|what|how|why|former|acting|named|called|reasons?|ways?|times?|moments?|days?|things?|everything|all|icon|star|legend|to \p{Ll}+|\p{Ll}{2,}ing)$/iu

const saying =
  /^(?:says?|said|tells?|told|reports?|reported|claims?|claimed|warns?|warned|announces?|announced|believes?|believed|thinks?|thought|fears?|feared|knows?|knew|insists?|insisted|vows?|vowed|suggests?|suggested|shows?|showed|hopes?|hoped)$/

/** Whether the last verb before a place may have a clause without `that` behind it: `told Reuters Israel was`. */
function lastVerbSays(before: string): boolean {
  const last = before.split(' ').findLast((word) => saying.test(word) || hasVerb(word))
  return last !== undefined && saying.test(last)
}

/** Behind a name, a new subject begins where it, or the name, stands alone elsewhere, or where an office or a nation begins. */
function isBehindName(before: string, rest: string, page: string): boolean {
  if (opener.test(rest)) return !numbered.test(before)
  const clause = clauseIn(rest)
  if (clause === null) return false
  const prefix = lastNameOf(before)
  const suffix = firstName.exec(rest)?.[0].replace(/['’]s?$/, '') ?? ''
  if (partOfName.test(prefix)) return false
  if (nation.test(rest) || (isNation(suffix) && prefix.includes(' '))) return true
  if (!isFinished(before) || ofBody.test(rest)) return false
  return (
    office.test(rest) ||
    isNation(prefix) ||
    standsAlone(prefix, page) ||
    (suffix.includes(' ') && standsAlone(suffix, page))
  )
}

/** What a name goes on behind: `South Korea`, `President Zelensky`. */
const partOfName =
  /(?:^|\s)(?:North|South|East|West|New|Former|Northern|Southern|Black|Red|The|(?:Sir|Dr|President|Minister|Senator|Secretary|Chancellor|Governor|General|Mayor|Judge|King|Queen|Prince|Princess|Pope|Chief|Representative|Spokes\p{Ll}+)(?: \p{Lu}[\p{L}’'-]*)?)$/u

const opener =
  /^(?:(?:An?|The|Some|Three|Six|Eight|Nine|Ten|Several|Dozens|Hundreds|Thousands|More than|At least|Nearly|Almost|About) (?:\p{Ll}{2,}|\d|\p{Lu}\p{L}+-\p{Ll})|The (?:UN|US|EU|UK) \p{Ll})/u
/** Names that go on with a letter or a number: `Formula Three`, `Group A`. */
const numbered =
  /(?<!\p{L})(?:Formula|Group|Serie|Series|Air Force|Channel|Plan|Article|Phase|Stage|Level|Vitamin|Hepatitis|War|Big|Terminal|Gate)$/u
/** The words with a capital at the end of a text. */
function lastNameOf(text: string): string {
  const words = text.split(' ')
  const last = words.findLastIndex((word) => !/^\p{Lu}[\p{L}’'-]*$/u.test(word))
  return words.slice(last + 1).join(' ')
}

const firstName = /^\p{Lu}[\p{L}’'-]*(?: \p{Lu}[\p{L}’'-]*)*/u
const nation =
  /^(?:Russian|Ukrainian|Israeli|Iranian|Palestinian|American|British|French|German|Polish|Chinese|Japanese|Indian|Pakistani|Turkish|Australian|Canadian|Lebanese|Syrian|Sudanese|European|Afghan) \p{Ll}{3,}/u
const office =
  /^(?:(?:US|UK|EU|UN|\p{Lu}\p{Ll}+) )?(?:President|Prime Minister|Senator|Republican|Democratic|Labour|Conservative|Foreign Minister|Defen[cs]e Minister|Secretary|Chancellor|Governor|General) \p{L}/u
/** Words that go on the name of a body: `the Gaza Health Ministry`. */
const ofBody =
  /^(?:Health|Foreign|Defen[cs]e|Interior|Justice|Finance|Ministry|Council|Army|Navy|Strip|City|Oblast|Region|Province|Bank|Court|Police|Parliament|News|Times|Post|Board|Party|State|University|Airport|Islands?|Sea|River|Street|Park|Club|United|Union|Group|Fund|Agency|Association|Committee|Commission|League|Cup|Games|House|Hospital|Valley|Bridge|Republic)(?!\p{L})/u

/** A nation is named by one or two words; a leader stands for one, too. */
const isNation = (name: string): boolean =>
  otherNation.test(name) ||
  (sidesIn(name).size > 0 && name.split(' ').length < 3 && !/(?:Putin|Zelensky{1,2}|Netanyahu|Trump)$/.test(name))

const otherNation =
  /^(?:Britain|UK|France|Germany|Italy|Spain|Poland|Romania|Hungary|Japan|Egypt|Jordan|Qatar|Oman|Iraq|Saudi Arabia|Europe|Nato|NATO|EU|UN|Gaza|Canada|Australia|Mexico|Brazil|Venezuela|Cuba|Greece|Sweden|Norway|Finland|Denmark|Belgium|Austria|Switzerland|Ireland|Nigeria|Ethiopia|Kenya|Libya|Indonesia|Philippines|Vietnam|Myanmar|Bangladesh|Nepal|Belarus|Georgia|Moldova)$/

/** Whether a name stands in a text with no other name beside it. */
function standsAlone(name: string, text: string): boolean {
  if (name.length < 4) return false
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const end = at + name.length
    const isLast = endsAlone.test(text.slice(end, end + 5))
    if (isLast && !goesBefore.test(text.slice(Math.max(0, at - maxName), at))) return true
  }
  return false
}

/** So many characters of a name beside another one are looked at. */
const maxName = 64
const goesBefore = /(?:\p{L}|\p{Lu}[\p{L}’'-]{0,30} )$/u
const endsAlone = /^(?:['’]s)?(?! \p{Lu})(?![\p{L}-])/u

/** Whether the words behind the last comma or conjunction hold a verb: what follows is no subject of theirs. */
function isFinished(before: string): boolean {
  const segment =
    before
      .replace(/[‘“][^‘’“”]{1,80}[’”]/g, ' ')
      .split(/[,;:()—–]| (?:as|after|that|which|who|whose|when|while|and|but|because|if|where|before|than|or) /)
      .at(-1) ?? ''
  return segment.split(' ').some((word) => !saying.test(word) && hasVerb(word))
}

/** The verb of the clause that a text begins with, and what stands behind it. */
type Clause = { verb: string; behind: string }

const maxSubject = 14
const maxSmall = 6

/** A subject that begins with a name, and its verb, at the start of a text. */
function clauseIn(text: string): Clause | null {
  const words = text.split(' ', maxSubject)
  const verb = words.findIndex((word, i) => i > 0 && isVerb(word))
  const subject = words.slice(0, verb)
  const small = subject.filter((word, i) => !isOfName(word, subject[i + 1]))
  const isSubject =
    verb > 0 &&
    capital.test(subject[0] ?? '') &&
    small.length <= maxSmall &&
    !small.some((word) => noSubject.test(word))
  if (!isSubject || subject.slice(1).some((word) => /^(?:The|An?)$/.test(word))) return null
  return { verb: words[verb] ?? '', behind: text.slice(words.slice(0, verb + 1).join(' ').length + 1) }
}

const capital = /^\p{Lu}/u

/** Whether a word of a subject is a name, or joins two: `Britain, Australia and Canada`. */
function isOfName(word: string, next = ''): boolean {
  if (/[,;:.]$/.test(word) && !(word.endsWith(',') && capital.test(next))) return false
  return capital.test(word) || (/^(?:and|of)$/.test(word) && capital.test(next))
}

const isVerb = (word: string): boolean =>
  /^\p{Ll}+$/u.test(word) && !isMostlyNoun(word) && !nouns.test(word) && (saying.test(word) || hasVerb(word))
const nouns = /^(?:reports|fears|hopes|shows)$/
const noSubject =
  /[,;:.]$|^(?:and|or|but|by|from|in|on|at|to|for|with|as|that|which|who|when|where|while|after|before|if|than|between|against|he|she|they|it|we|not|yesterday|today|tonight)$/i

/** Whether the verb has its object: in `the plan Trump announced on Monday` it has none. */
function hasObject({ verb, behind }: Clause): boolean {
  if (/^(?:called|calls|named|dubbed|considers|deems)$/.test(verb)) return false
  const rest = behind.replace(/^(?:(?:been|\p{Ll}+ly|\p{Ll}+(?:ed|en|wn)|set|made|cut|put|hit|begun) )*/u, '')
  if (/s$/.test(verb) && /^(?:to \p{Ll}+ \p{Lu}|with \p{Lu})/u.test(rest)) return true
  return object.test(rest) && !ofTime.test(rest)
}

const object =
  /^(?:the|an?|its|their|his|her|no|over|more|some|about|\d|[‘“]|\p{Lu}|(?:two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands)(?!\p{L}))/u
const ofTime = /^(?:the|an?) (?:day|week|month|year|same|next|previous|following|decade|century|few|couple)(?!\p{L})/u
