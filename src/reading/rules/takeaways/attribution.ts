/**
 * The speaker of a statement, named before or after the verb of saying, or after `according to`. Null for a report's
 * own statement and where no complete name stands at the verb. Names and offices are speakers, pronouns are not.
 */
export function attributionOf(statement: string): string | null {
  const sentence = statement.slice(0, 1_000)
  const according = /\b[Aa]ccording to ([^,.;()]{2,90})/.exec(sentence)?.[1]
  if (according) return speaker(according.split(afterName)[0] ?? '')
  const verb = saying.exec(sentence)
  if (!verb) return null
  return speakerBefore(sentence.slice(0, verb.index)) ?? speakerAfter(sentence, verb.index + verb[0].length)
}

/**
 * `States`, `reports`, `claims`, `notes` and `estimates` are often nouns: they count as verbs only before a statement.
 */
const saying =
  /\b(?:(?:states|reports|claims|notes|estimates)(?= that\b|[,:] ?["“«‘]| ["“«‘])|said|says|stated|reported|claimed|announced|announces|noted|warned|warns|told|tells|acknowledged|confirmed|confirms|denied|denies|argued|argues|emphasi[sz]ed|stressed|added|explained|assessed|assesses|estimated|declared|alleged|alleges|suggested|insisted|indicated|called|demanded|urged|condemned|reiterated|posted|wrote|observed)\b/

/** Where the name after `according to` ends when no comma follows it. */
const afterName = /\s(?:on|in|at|that|who|which|as|published|released|reported|from|and)\b/

/** The speaker before the verb. The clause right before the verb must be a name as a whole. */
function speakerBefore(words: string): string | null {
  const clause = words.split(/[,;:—–“”"]\s*/).at(-1) ?? ''
  const name = clause
    .trim()
    .replace(/^(?:that|while|as|but|and)\s+/i, '')
    .replace(adverbs, '')
  return nounPhrase.test(name) ? speaker(name) : null
}

const adverbs = /(?: (?:have|has|had|also|later|reportedly|recently|previously|then|further|separately)){1,4}$/i

/** The speaker after a quotation and the verb: `“...,” said Olena Koval, the mayor`. */
function speakerAfter(sentence: string, verbEnd: number): string | null {
  if (!/[”"»,]\s+\w+$/.test(sentence.slice(Math.max(0, verbEnd - 40), verbEnd))) return null
  return speaker(
    /^ (\p{Lu}[\p{L}’'-]*(?: (?:of|the|de|von|\p{Lu}[\p{L}’'-]*)){0,8})/u.exec(
      sentence.slice(verbEnd, verbEnd + 120),
    )?.[1] ?? '',
  )
}

/** The phrase without article and punctuation, where it names a person or an office; else null. */
function speaker(phrase: string): string | null {
  const name = phrase.replace(/^(?:the|an?)\s+(?=\p{Lu})/iu, '').replace(/[\s.,]{1,9}$/, '')
  const isName = /\p{Lu}/u.test(name) || office.test(name)
  return isName &&
    name.length > 1 &&
    !/^(?:The|An?|He|She|They|It|We|I|This|That|Who|Which|There|After|Before|Data|Footage)$/.test(name)
    ? name
    : null
}

const office =
  /\b(?:officials?|authorit(?:y|ies)|sources?|spokes\w+|witnesses|residents|analysts|experts|agenc(?:y|ies)|milbloggers?)\b/

/**
 * The parts of a speaker's name: names, numbers of units, nouns and adjectives of offices, and small words between
 * them.
 */
const names = "\\p{Lu}[\\p{L}\\p{N}’'.&-]*|\\(\\p{Lu}+\\)|\\d{1,4}(?:st|nd|rd|th)"
const offices =
  'deputy|first|former|acting|senior|local|regional|national|federal|military|defen[cs]e|foreign|prime|presidential|police|emergency|occupation|opposition|' +
  'states?|governments?|intelligence|energy|aid|refugee|humanitarian|independent|medical|rescue|grid|border|western|prominent|several|two|three|some|many|social|news|' +
  'ministers?|president|governor|mayor|heads?|chief|chair|director|secretary|general|commander|spokes\\w+|officials?|authorit(?:y|ies)|sources?|agenc(?:y|ies)|' +
  'ministry|council|office|staff|outlets?|media|newspaper|channel|milbloggers?|analysts?|experts?|witnesses|residents|organi[sz]ations?|groups?|forces|services?|' +
  'operator|company|monitors?|observers|doctors|teams?|workers|report|bulletin|statement|affairs|administration'
const small = 'of|the|and|for|in|on|an?|de|du|la|von'
const nounPhrase = new RegExp(
  `^(?:(?:[Tt]he|[Aa]n?) )?(?:${names}|(?:${offices})(?!\\p{L}))(?: (?:${names}|(?:${offices}|${small})(?!\\p{L}))){0,14}$`,
  'u',
)
