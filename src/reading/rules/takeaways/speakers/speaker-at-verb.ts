import { agrees } from './agreement.ts'
import { isBackground, isMeanwhile, isRelative, isWhatSaid } from './background.ts'
import { isPreposition } from './noun-phrase.ts'
import { openUse } from './open-verbs.ts'
import { paperVoice } from './paper-voice.ts'
import { isCapital, type Phrase, type Word } from './sentence-words.ts'
import { sharedSubject, speakerOfCleft, speakerOfGerund } from './shared-subject.ts'
import { pronouns } from './small-words.ts'
import { isDescribed, speakerBefore } from './speaker-before.ts'
import { invertedSpeaker } from './speaker-behind.ts'
import type { NameTrust } from './speaker-name.ts'
import { clauseBefore, subjectEnd } from './speaking-clause.ts'
import { answersAnother, saysSomething } from './verb-frames.ts'
import { useOf, type VerbUse } from './verbs-of-saying.ts'

/**
 * What a verb of saying tells of its speaker: the name; `unknown` if somebody speaks whose name does not stand there,
 * such as `he`; null if the verb says nothing about the statement.
 */
export type Voice = { speaker: string } | 'unknown' | null

/** The speaker at a verb of saying: behind it where it follows the statement, else before it. */
export function voiceAt(sentence: string, words: Word[], verb: number, isFirst: boolean): Voice {
  const use = useAt(words, verb)
  if (!use) return otherVoice(sentence, words, verb)
  const end = subjectEnd(words, verb)
  const speaker = invertedSpeaker(sentence, words, verb) ?? speakerOfCleft(sentence, words, end)
  if (speaker) return { speaker }
  const clause = clauseBefore(words, end)
  if (hasNoSubject(words, end) || isOneOfSeveralItems(words, clause)) return null
  const isSaid =
    saysHere(sentence, words, use, { from: verb, to: end }) &&
    ((isFirst && isOpening(words, clause)) || !answers(sentence, words, verb))
  const voice =
    isSaid && !isRelative(words, verb, clause) ? voiceBefore(sentence, words, use, { from: verb, to: end }) : null
  return voice ?? otherVoice(sentence, words, verb)
}

/** Whether a verb says something where it stands. Behind a quotation any verb of somebody does. */
function saysHere(sentence: string, words: Word[], use: VerbUse, { from: verb, to: end }: Phrase): boolean {
  const { lower, end: after } = words[verb] as Word
  const clause = clauseBefore(words, end)
  const [inner, mark] = words.slice(Math.max(0, clause.from - 2), clause.from)
  const isQuoted = /^[”"»]$/.test(mark?.text ?? '') && inner?.text.startsWith('\uE000')
  if (use.isTelling && isQuoted) return true
  const isBehind = standsBehind(words, clause) && (use.needs === 'anything' || mayEndHere(words, verb, end))
  return saysSomething(lower, use, sentence, after, isBehind)
}

function answers(sentence: string, words: Word[], verb: number): boolean {
  const { lower, end } = words[verb] as Word
  return answersAnother(lower, sentence, end)
}

/** Whether the statement may stand before the clause of its speaker: a mark ends it, or `as` joins the clause to it. */
function standsBehind(words: Word[], { from }: Phrase): boolean {
  const before = words[from - 1]
  return (
    from > 0 &&
    ((/^[^\w\s<>=|*/]$/.test(before?.text ?? 'a') && before?.isMark === true) ||
      before?.text === 'as' ||
      isWhatSaid(words, from - 1))
  )
}

/** Verbs that also tell what somebody does: behind a description or a list only a quotation makes them verbs of saying. */
function mayEndHere(words: Word[], verb: number, end: number): boolean {
  const isQuoted = words.slice(0, verb).some(({ text }) => /^[”"»\uE000]/.test(text))
  const acts = /^(?:respond|repli|answer|agree|disagree|react|hope|hold|held|see)(?:s|d|ed|es)?$/.test(
    words[verb]?.lower ?? '',
  )
  return isQuoted || !(acts || isDescribed(words, end))
}

/** How the word is used as a verb of saying. Behind `to`, a base form needs no plural: `had to admit that`. */
function useAt(words: Word[], at: number): VerbUse | undefined {
  const { text, lower } = words[at] as Word
  if (text !== lower && !isCapitalVerb(words, at)) return undefined
  if (!/^(?:to|only|did)$/.test(words[at - 1]?.text ?? '')) return useOf(lower) ?? openUse(words, at)
  const use = useOf(lower) ?? useOf(`${lower}s`)
  return use && { ...use, needs: use.isTelling || lower === 'report' ? 'anything' : 'statement', isBase: false }
}

/** A headline may write its verbs with capitals; `Said` before a name is a name. */
function isCapitalVerb(words: Word[], at: number): boolean {
  const { lower } = words[at] as Word
  const isName = lower === 'said' && !isCapital(words[at - 1] ?? (words[at] as Word))
  return at > 0 && /^(?:say|says|said|warns?|tells)$/.test(lower) && !isName
}

function otherVoice(sentence: string, words: Word[], at: number): Voice {
  const speaker = speakerOfGerund(sentence, words, at) ?? paperVoice(sentence, words, at)
  return speaker ? { speaker } : null
}

/** Whether a clause is one item of a line of news: `Ship sinks; Lira threatens a strike; prices fall`. */
function isOneOfSeveralItems(words: Word[], { from }: Phrase): boolean {
  return words[from - 1]?.text === ';' && words.filter(({ text }) => text === ';').length > 1
}

/** The voice of the words before a verb that says something; `from` is the verb, and its subject ends at `to`. */
function voiceBefore(sentence: string, words: Word[], use: VerbUse, { from: verb, to: end }: Phrase): Voice {
  const clause = clauseBefore(words, end)
  if (!isDescribed(words, end) && (isBackground(words, clause) || isMeanwhile(words, verb, clause))) return null
  const speaker = subjectBefore(sentence, words, use, { from: verb, to: end })
  if (speaker) return agrees(words[verb] as Word, use, speaker) ? { speaker } : null
  const last = words[end - 1]?.lower ?? ''
  if (/^(?:nobody|one|and|but|then)$/.test(last)) return null
  const isSaid = isStrong.test(words[verb]?.lower ?? '') && !isDescribed(words, end)
  return pronouns.has(last) || isSaid ? 'unknown' : null
}

/** The subject of the verb `from`: the one right before it, or behind `and` the subject of the whole sentence. */
function subjectBefore(sentence: string, words: Word[], use: VerbUse, { from: verb, to: end }: Phrase): string | null {
  if (!/^(?:and|but)$/.test(words[end - 1]?.text ?? ''))
    return speakerBefore(sentence, words, end, trustIn(words, use, verb))
  const isStatement =
    use.isTelling ||
    /^[:“"«]$/.test(words[verb + 1]?.text ?? '') ||
    words.slice(verb + 1, verb + 5).some(({ text }) => text === 'that')
  return isStatement ? sharedSubject(sentence, words, end - 1) : null
}

/** Whom a verb may have as its subject: anybody where it always tells, or where a clause with `that` follows it. */
function trustIn(words: Word[], use: VerbUse, verb: number): NameTrust {
  const { lower } = words[verb] as Word
  const isStatement = words[verb + 1]?.text === 'that' && !ofThings.test(lower)
  return use.isTelling || isStatement ? 'anybody' : 'known'
}

/** Verbs whose subject is often a thing: `the tests confirmed that`. */
const ofThings =
  /^(?:confirm|suggest|indicate|reveal|f[io]u?nd|conclude|imply|implie|signal|under\p{L}+|emphasi[sz]e|state|prove|mean|estimate|project|forecast|determine|disclose|rule|hold|held|require|certifie|verifie|corroborate|make|made|agree)(?:s|d|ed)?$/u

/** Verbs by which somebody speaks for certain. */
const isStrong = /^(?:said|says|told|warned|claimed|insisted|stated)$/

/** Before a verb: what makes it an infinitive, a negation, a passive, a noun or an adjective. */
function hasNoSubject(words: Word[], end: number): boolean {
  const last = words[end - 1]
  return (
    last === undefined ||
    isPreposition(last) ||
    noSubject.test(last.lower) ||
    last.lower.endsWith("n't") ||
    last.lower.endsWith("'s")
  )
}

const noSubject =
  /^(?:not|never|to|will|would|could|can|cannot|may|might|must|should|did|does|do|nor|the|an?|their|its|his|her|this|that|these|any|all|of|by|with|amid|despite|from|in|on|at|or|who|which|whom|what|for|is|are|was|were|be|been|being|gets?|got|as|having|so-called|no|every|each)$/

/** Whether only words of time or place stand before the clause. */
function isOpening(words: Word[], { from }: Phrase): boolean {
  return (
    from === 0 ||
    (from < 8 && /^(?:On|In|At|Late|Early|Earlier|Meanwhile|However|But)$/.test(words[0]?.text ?? '')) ||
    from < 3
  )
}
