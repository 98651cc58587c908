import { phraseEnd } from './noun-phrase.ts'
import { isCapital, nextMark, type Word } from './sentence-words.ts'
import { determiners, pronouns } from './small-words.ts'
import type { VerbUse } from './verbs-of-saying.ts'

const openVerb: VerbUse = { needs: 'statement', isTelling: true, isBase: false }

/**
 * How a verb is used that no list holds: it says something where a clause with `that` follows it, or where it stands
 * behind a quotation with its subject, as in `“Never,” the ferryman spat`.
 */
export function openUse(words: Word[], at: number): VerbUse | undefined {
  const { text } = words[at] as Word
  if (!/^\p{Ll}{2,}ed$/u.test(text)) return undefined
  const isClause = !noSaying.test(text) && introducesClause(words, at)
  return isClause || endsQuotation(words, at) || isBetween(words, at) ? openVerb : undefined
}

/** Verbs with `that` behind them that tell of a fact or of a mind, not of words. */
const noSaying =
  /^(?:ensur|prov|show|demonstrat|requir|realis|realiz|notic|discover|illustrat|provid|pretend|dream|result|learn|seem|appear|need|help|want|wish|exist|establish|decid|assum|suppos|suspect|grasp|arrang)ed$/

function introducesClause(words: Word[], at: number): boolean {
  const [that, next] = words.slice(at + 1, at + 3)
  if (that?.text !== 'that' || !next || next.isMark) return false
  const isPlural = /^\p{Ll}{3,}[^s]s$/u.test(next.text)
  return (
    determiners.has(next.lower) ||
    pronouns.has(next.lower) ||
    isCapital(next) ||
    /^\d|^there$/.test(next.text) ||
    isPlural
  )
}

/** `The heroin, the colonel demonstrated with a ruler, had been packed`: the verb of the subject stands behind. */
function isBetween(words: Word[], at: number): boolean {
  const open = words.findLastIndex(({ text }, i) => i < at && text === ',')
  const close = nextMark(words, at + 1)
  const isNear = open > 0 && at - open < 9 && close - at < 8 && words[close]?.text === ','
  const isAuxiliary = /^(?:is|are|was|were|has|had|have|will|would|could|may|might|should|must|can|did|does)$/.test(
    words[close + 1]?.text ?? '',
  )
  return isNear && isAuxiliary && phraseEnd(words, 0) === open
}

/**
 * Whether the words before a verb are a subject behind the closing mark of a quotation, and nothing follows the verb. A fragment
 * in a sentence is no quotation: `cut “hostile” drills aimed at`.
 */
function endsQuotation(words: Word[], at: number): boolean {
  const next = words[at + 1]
  const goesOn =
    next === undefined ||
    next.isMark ||
    /^(?:in|on|at|as|from|and|after|during|when|while|outside|over|with|before)$/.test(next.text)
  if (!goesOn) return false
  const mark = words.findLastIndex(({ isMark }, i) => i < at && isMark)
  return (
    at - mark > 1 &&
    at - mark < 9 &&
    /^[”"»]$/.test(words[mark]?.text ?? '') &&
    words[mark - 1]?.text.startsWith('\uE000') === true &&
    (words[mark - 3]?.isMark ?? true)
  )
}
