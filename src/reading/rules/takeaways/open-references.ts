import { attributionOf } from './attribution.ts'

/** Whether a sentence speaks of somebody or something that only an earlier sentence names: `the pair`, `he added`. */
export function hasOpenReference(sentence: string): boolean {
  if (saidByPronoun.test(sentence.slice(-maxEnd)) && attributionOf(sentence) === null) return true
  if (!mayRefer.test(sentence)) return false
  if (atStart.test(sentence) || atEnd.test(sentence) || pointsBack(sentence)) return true
  const group = groupWords.exec(sentence)
  return group !== null && !namesSeveral.test(sentence.slice(0, group.index))
}

/** Whether `those lands` or `that limitation` is a thing that the words before it in the sentence do not name. */
function pointsBack(sentence: string): boolean {
  const thing = pointed.exec(sentence)
  if (!thing) return false
  const before = sentence.slice(0, thing.index).toLowerCase()
  const stem = (thing[1] ?? '').toLowerCase().replace(/(?:ies|es|s)$/, '')
  return !before.includes(stem) && !/[,;:–—]| (?:and|but|or|as|because|after|when|if|that|which|who) /.test(before)
}

/** A thing that a text names before it points at it; `that` alone may begin a clause, as in `that people`. */
const pointed =
  /(?<!\p{L})(?:those|that (?=limit|problem|gap|goal|aim|shortage|weakness|constraint|obstacle|objective|purpose|threat|line|position|task|challenge|shortfall)) ?(lands?|territor(?:y|ies)|areas?|places?|limitations?|limits?|problems?|gaps?|goals?|aims?|objectives?|purposes?|shortages?|weaknesses|weakness|constraints?|obstacles?|threats?|lines?|positions?|tasks?|challenges?|shortfalls?|towns?|villages?|cities|units|losses|gains|efforts)(?=[ ,.;])(?! (?:of|that|which|who|in which|where|with)\b)/iu

/** Most sentences have none of these. */
const mayRefer =
  /^(?:Other|The (?:two|three|four|country|people)|(?:Soon|Shortly) after(?:wards?)?|(?:Minutes|Hours|Days) later|(?:Just )?(?:A|An|One|Two|Three|Some|Several|a few|A few) (?:few )?(?:hours?|days?|weeks?|months?|years?) (?:before|after) that|Just a few|Since then|Until then|By then)(?![\p{L}])|earby |, (?:however|though)\.$|e (?:pair|duo|trio)\b|s (?:pair|duo|trio)\b|(?:hese|hose) | that (?:limit|problem|gap|goal|aim|shortage|weakness|constraint|obstacle|objective|purpose|threat|line|position|task|challenge|shortfall)/u

const atStart =
  /^(?:the (?:two|three|four) (?:countries|sides|men|women|leaders|nations|neighbou?rs|companies|governments|ministers|suspects|victims|brothers|presidents|armies)\b|the country['’]s\b|(?:soon|shortly) afterwards?\b|(?:minutes|hours|days) later\b|(?:since|until|by) then\b|(?:just )?(?:an?|[a-z]{2,9}|a few) (?:days?|weeks?|months?|years?|hours?) (?:before|after) that\b|the people (?:that|who) [^,]{3,40}, (?:that|who) |other |(?:residents|neighbou?rs|people|families|homes|houses|buildings|shops|businesses|streets|roads) nearby\b|nearby (?:residents|neighbou?rs|homes|houses|buildings|shops|businesses|streets|roads)\b)/i
const atEnd = /,\s(?:however|though)\.$/i

const groupWords =
  /\b(?:the|this) (?:pair|duo|trio)\b(?! of\b)|\b(?:these|those) (?:\p{Ll}{4,15} )?(?:points|positions|defen[cs]es|vulnerabilities)\b/iu
/** Words before such a group that may name its members. */
const namesSeveral = /\b(?:and|two|three|both|several|points|positions|brothers|sisters|couple)\b|\d/i

const maxEnd = 120
const saidByPronoun =
  /,["”’]? (?:he|she|they|the (?:news )?agency) (?:added|said|says|noted|explained|told \p{L}{2,20}|went on|continued|wrote)\b[^.,;]{0,50}\.$/iu

/**
 * Whether a sentence begins with a name that only the text before it explains: the surname alone of somebody whom it introduces by
 * his full name, or letters that it spells out (`the coastal guard of Dara (CGD)`).
 */
export function namesIntroduced(sentence: string, before: string): boolean {
  return beginsWithSurname(sentence, before) || beginsWithLetters(sentence, before)
}

function beginsWithLetters(sentence: string, before: string): boolean {
  const letters = lettersFirst.exec(sentence)?.[1]
  return letters !== undefined && !wellKnown.has(letters) && before.slice(-maxBefore).includes(`(${letters})`)
}

const lettersFirst = /^(?:The )?(\p{Lu}{2,6})['’]?s?(?= )/u

function beginsWithSurname(sentence: string, before: string): boolean {
  const name = surnameFirst.exec(sentence.replace(fronted, ''))?.[1]
  if (name === undefined || wellKnown.has(name)) return false
  return standsBehindName(name, before.slice(-maxBefore))
}

/** Whether a text has a word behind a name. To compile an expression for each word would cost more than the search. */
function standsBehindName(word: string, text: string): boolean {
  const written = ` ${word}`
  for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + 1)) {
    const end = at + written.length
    const isWhole = !/^\p{L}/u.test(text.slice(end, end + 2))
    if (isWhole && endsWithName.test(text.slice(Math.max(0, at - maxName), at))) return true
  }
  return false
}

/** So many characters before a word are looked at for a name. */
const maxName = 64
const endsWithName = /\p{Lu}[\p{L}’'.-]{1,60}[”"]?$/u

/** `First reported in May, ` */
const fronted =
  /^(?:First|Last|In|On|At|After|Before|During|Since|Earlier|Later|Speaking|Writing|Asked|Once|Now|\p{Lu}\p{Ll}{2,12}ed) [^,.]{3,60}, (?=\p{Lu})/u

const surnameFirst =
  /^(\p{Lu}[\p{L}’'-]{2,30}) (?:(?:also|later|\p{Ll}{3,15}ly) )?(?:said|says|stated|claimed|added|announced|noted|reported|told|argued|warned|called|accused|declared|wrote|posted|confirmed|denied|insisted|vowed|urged|pleaded|resigned|hopes|wants|plans|has|had|is|was)(?!\p{L})/u
/** How much text before a sentence is looked at, in characters. */
const maxBefore = 20_000

/** Names that every reader of such reports knows. */
const wellKnown = new Set(
  (
    'Putin Zelensky Zelenskyy Zelenskiy Trump Biden Netanyahu Macron Erdogan Lukashenko Lavrov Starmer Merz Scholz Stoltenberg Rutte Guterres ' +
    'UN UNHCR UNICEF WFP WHO IOM OCHA NATO EU US UK UAE OSCE IAEA ICRC IDF CIA FBI ISW'
  ).split(' '),
)
