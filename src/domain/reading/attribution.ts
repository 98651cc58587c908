/**
 * Who is said to say a claim: the speaker named before or after a verb of saying, or after `according to`; null for a
 * report's own statement. Only names and offices are speakers; a pronoun is none.
 */
export function attributionOf(claim: string): string | null {
  const sentence = claim.slice(0, 1_000)
  const according = /\b[Aa]ccording to ([^,.;]{2,90})/.exec(sentence)
  if (according?.[1]) return speakerIn(according[1], 'start')
  const verb = saying.exec(sentence)
  if (!verb) return null
  return speakerIn(sentence.slice(0, verb.index), 'end') ?? afterwards(sentence, verb.index + verb[0].length)
}

const verbs =
  'said|says|stated|states|reported|reports|claimed|claims|announced|announces|noted|notes|warned|warns|told|tells|acknowledged|' +
  'confirmed|confirms|denied|denies|argued|argues|emphasized|emphasised|stressed|added|explained|assessed|assesses|estimates|estimated|' +
  'declared|alleged|alleges|suggested|insisted|indicated|called|demanded|urged|condemned|reiterated|posted|wrote|observed'
const saying = new RegExp(`\\b(?:${verbs})\\b`)

/** A name after the verb: `“...,” said Olena Koval, the mayor`. */
function afterwards(sentence: string, at: number): string | null {
  const name =
    /^ ((?:\p{Lu}[\p{L}’'.-]*|of|the|and|for|de|von)(?: (?:\p{Lu}[\p{L}’'.-]*|of|the|and|for|de|von)){0,9})/u.exec(
      sentence.slice(at, at + 120),
    )
  return name?.[1] && /["”»,]/.test(sentence.slice(Math.max(0, at - 40), at)) ? named(name[1]) : null
}

function speakerIn(words: string, side: 'start' | 'end'): string | null {
  const clause =
    side === 'end' ? (words.split(/(?:^|[,;:—–]|["“”])\s*(?=\S)/).findLast((part) => part.trim() !== '') ?? '') : words
  const trimmed = clause.trim().replace(/^(?:that|which|who|and|but|while|as|also)\s+/i, '')
  const phrase = (side === 'end' ? nounPhraseAtEnd : nounPhraseAtStart).exec(trimmed)?.[0].trim() ?? ''
  return named(
    phrase.replace(/\s+(?:have|has|had|also|later|reportedly|recently|previously|then|further|separately)$/i, ''),
  )
}

function named(phrase: string): string | null {
  const name = phrase.replace(/^(?:the|a|an)\s+(?=\p{Lu})/iu, '').replace(/[\s.,]+$/, '')
  return /\p{Lu}|\b(?:officials?|authorit(?:y|ies)|sources?|spokes\w+|witnesses|residents|analysts|experts|agenc(?:y|ies)|milbloggers?)\b/u.test(
    name,
  ) && !/^(?:He|She|They|It|We|I|This|That|Who|Which|There)$/.test(name)
    ? name
    : null
}

/** Words that make up the name of a speaker: capitals, figures of a unit, and the small words of offices. */
const part =
  "(?:\\p{Lu}[\\p{L}\\p{N}’'.&-]*|\\(\\p{Lu}+\\)|\\d{1,4}(?:st|nd|rd|th)|of|the|The|and|for|in|on|at|to|a|an|de|du|la|von|al-\\p{L}+|" +
  '(?:deputy|first|former|acting|senior|local|regional|national|federal|military|defen[cs]e|foreign|prime|presidential|police|emergency|' +
  'occupation|opposition|state|government|intelligence|energy|aid|humanitarian|independent|medical|rescue|grid|border|western|prominent|several|two|three|some|many|' +
  'minister|ministers|president|governor|mayor|head|heads|chief|chair|director|secretary|general|commander|spokesperson|spokesman|spokeswoman|officials?|' +
  'authorit(?:y|ies)|sources?|agenc(?:y|ies)|ministry|council|office|staff|outlets?|media|newspaper|channel|milbloggers?|analysts?|experts?|witnesses|residents|' +
  'organi[sz]ations?|groups?|forces|services?|operator|company|monitors?|observers|doctors|teams?|workers|report|bulletin|statement|affairs|administration)(?![\\p{L}]))'
const nounPhraseAtEnd = new RegExp(
  `(?:${part}\\s+){0,13}${part}(?:\\s+(?:also|later|have|has|had|reportedly))?\\s*$`,
  'u',
)
const nounPhraseAtStart = new RegExp(`^(?:${part}\\s+){0,13}${part}(?![\\p{L}])`, 'u')
