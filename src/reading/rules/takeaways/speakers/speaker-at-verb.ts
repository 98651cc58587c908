import { speakerBefore } from './speaker-before.ts'
import { invertedSpeaker } from './speaker-behind.ts'
import { headlineNames, isPlural, neverInNames, prepositions, speakerKind, times } from './speaker-words.ts'
import { background, clauseAtEnd, described, withoutAdverbs } from './speaking-clause.ts'
import { answersAnother, isBaseForm, saysSomething, type Verb } from './verbs-of-saying.ts'

/**
 * What a verb of saying tells of its speaker: the name; `unknown` if somebody speaks whose name does not stand there,
 * such as `he`; null if the verb says nothing about the statement.
 */
export type Voice = { speaker: string } | 'unknown' | null

/** The speaker at a verb of saying: behind it where it follows the statement, else before it. */
export function voiceAt(verb: Verb, sentence: string, isFirst: boolean): Voice {
  const left = sentence.slice(0, verb.start)
  const inverted = invertedSpeaker(left, sentence.slice(verb.end, verb.end + 160), verb.word)
  if (inverted) return { speaker: inverted }
  const words = withoutAdverbs(left)
  const end = words.slice(-maxWordsEnd)
  if (noSubject.test(end) || passive.test(end)) return null
  const clause = clauseAtEnd(words)
  if (isOneOfSeveralItems(sentence, words, clause)) return null
  const behind = words.length > clause.length + 2
  if (!saysSomething(verb, sentence, behind)) return null
  if (answersAnother(verb, sentence) && !(isFirst && isOpening(words, clause))) return null
  return voiceBefore(verb, words, clause)
}

/** Whether a clause is one item of a line of news: `Ship sinks; Lira threatens a strike; prices fall`. */
function isOneOfSeveralItems(sentence: string, words: string, clause: string): boolean {
  return /;\s?$/.test(words.slice(0, -clause.length)) && /;[^;]*;/.test(sentence)
}

/** The voice of the words before a verb that says something; `clause` is the last clause of these words. */
function voiceBefore({ word }: Verb, words: string, clause: string): Voice {
  if (/(?:^|\s)(?:he|she|it|they|we|I|you)$/i.test(words)) return 'unknown'
  const isDescribed = described.test(words)
  if (!isDescribed && background.test(clause)) return null
  const speaker = speakerBefore(words) ?? (isTelling.test(word) && !isDescribed ? unknownRole(clause) : null)
  if (word === 'calls' && speaker && !isSure(speaker)) return null
  if (!speaker) return isStrong.test(word) && !isDescribed ? 'unknown' : null
  return isBaseForm(word) && !isSeveral(speaker) ? null : { speaker }
}

/** Verbs whose subject is somebody, whatever its noun. */
const isTelling = /^(?:said|says|told|tells|insisted|recalled)$/

/** A role whose noun is not known, such as `the harbour master`: a short phrase with an article, and no paper. */
function unknownRole(clause: string): string | null {
  const isShort =
    /^(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome)(?: \p{Ll}[\p{Ll}-]{2,20}){1,3}$/u.test(
      clause,
    )
  const words = clause.split(' ')
  const isPlain = words.every((word) => !neverInNames.has(word) && !prepositions.has(word))
  return isShort && isPlain && !thingThatSays.test(clause) && !times.has(words.at(-1) ?? '') ? clause : null
}

const thingThatSays =
  /(?:ed|ing|ly|[^aeiou]ion|ness|ment|ity)$|\b(?:signs?|texts?|laws?|notes?|messages?|emails?|banners?|tweets?|notices?|orders?|decrees?|documents?|files?|data|maps?|rules?|plans?|treat(?:y|ies)|rumou?rs?|headlines?|captions?|posters?|papers?|articles?|stor(?:y|ies)|books?|contracts?|labels?|reports?|statements?|letters?|stud(?:y|ies)|surveys?|posts?|bulletins?|updates?|releases?|memos?|polls?|briefings?|sources?|draft|list|page|site|website|voice|video|footage|thing|things|way|day|time|year|week|month|least|same|most|rest|toll|number|figures?|bio|biography|charges|lawsuit|complaint|indictment|affidavit|verdict|source)$/i

/** Whether a single word before a word that may be a noun names somebody for certain. */
function isSure(speaker: string): boolean {
  return (
    speaker.includes(' ') ||
    headlineNames.has(speaker.toLowerCase()) ||
    speakerKind(speaker) !== undefined ||
    states.has(speaker)
  )
}

const states = new Set(
  'Ukraine Russia Israel Iran China Turkey Poland Germany France Britain UK US Kyiv Moscow Washington London Tehran Beijing Ankara Warsaw Berlin Paris Brussels Egypt Qatar India Japan'.split(
    ' ',
  ),
)

const isStrong = /^(?:said|says|told|warned|claimed|insisted|stated)$/

/** The last words before a verb are looked at, in characters. */
const maxWordsEnd = 40

/** Before a verb: what makes it an infinitive, a negation, a noun or an adjective. */
const noSubject =
  /(?:^|[\s“"«,])(?:not|never|to|will|would|could|can|cannot|may|might|must|should|did|does|do|nor|[Tt]he|[Aa]n?|[Tt]heir|[Ii]ts|[Hh]is|[Hh]er|[Tt]his|that|[Tt]hese|any|all|of|by|with|amid|despite|from|in|on|at|and|but|or|who|which|whom|what|for|\p{L}+n['’]t|\p{L}+['’]s)$/u
const passive = /(?:^|\s)(?:is|are|was|were|be|been|being|gets?|got)$/i

/** Whether only words of time or place stand before the clause. */
function isOpening(words: string, clause: string): boolean {
  const before = words.slice(0, Math.max(0, words.length - clause.length)).trim()
  return (
    before.length < 40 &&
    (before === '' || described.test(words) || /^(?:On|In|At|Late|Early|Earlier|Meanwhile|However|But)\b/.test(before))
  )
}

/** Whether a speaker is more than one, or a body whose name may take a plural verb. */
function isSeveral(speaker: string): boolean {
  const core = speaker.split(/ (?:of|for|in|at|on|from|with|near|familiar|close|who) /)[0] ?? ''
  const head = core.split(' ').at(-1) ?? ''
  const isNamePlural = /^\p{Lu}/u.test(head) && (/^\p{Lu}+$/u.test(head) || headlineNames.has(head.toLowerCase()))
  return isPlural(head) || core.includes(' and ') || isNamePlural
}
