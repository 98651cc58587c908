import { sidesIn } from './actors.ts'
import { attributionOf } from './attribution.ts'

/** Whether the writer of a report says what somebody must do: it follows from what stands before it, and tells nothing. */
export function isExhortation(sentence: string): boolean {
  return exhorts.test(sentence) && attributionOf(sentence) === null
}

const exhorts =
  /\b(?:must|should|ought to|needs? to) (?:\p{Ll}+ly |now |also |not )?(?:bend every|make every effort|do (?:everything|all|more|whatever)|spare no|redouble|not (?:lose|forget|allow|let|waste|delay|hesitate|relent)|remain (?:committed|vigilant|resolute|steadfast)|stand (?:firm|by|with)|seize (?:this|the) (?:moment|opportunity|chance)|act (?:now|quickly|decisively)|continue to (?:support|provide|help|back)|rise to|come together)\b/u

/** Whether sensors or satellites saw heat, fire or damage, and the sentence names nobody who caused it: the news stands before it. */
export function isBareDetection(sentence: string): boolean {
  // Few sentences pass the first test, which costs far less than the second one.
  return detected.test(sentence) && detects.test(sentence) && sidesIn(sentence).size === 0
}

const detects =
  /^(?:\p{Lu}?[\p{L}/-]+ ){0,6}?(?:heat anomal\p{L}+|thermal|satellites?|sensors?|FIRMS|VIIRS|imagery)(?![\p{L}])/iu
const detected =
  /\b(?:indicat|show|detect|suggest|reveal|confirm|pick|regist|captur)\p{Ll}*\b.{0,60}\b(?:fires?|heat|burn\p{Ll}*|smoke|anomal\p{Ll}+|hot ?spots?|thermal)\b/u

/**
 * Whether a sentence only sets the scene of a feature and keeps back what it is about: `Last week farmers near Dara noticed something
 * odd in the river`, `It was a quiet morning when`.
 */
export const setsScene = (sentence: string): boolean =>
  mayBeScene.test(sentence) && scenes.some((scene) => scene.test(sentence))

/** Most sentences have none of these. */
const mayBeScene = / some(?:thing|body|one) |^It was |^The sun /
const scenes = [
  /\b(?:noticed|saw|spotted|heard|felt|sensed|smelled|discovered|happened upon) (?:that )?(?:something|somebody|someone) (?:very |rather |quite |else )?(?:odd|strange|unusual|curious|peculiar|remarkable|unexpected|surprising|mysterious|was (?:odd|amiss|afoot|different))(?!\p{L})(?!.*\b(?:said|says|told|according)\b)/iu,
  /^It was (?:just |only |still )?(?:an?|one) (?:\p{Ll}{3,12},? ){0,3}(?:morning|afternoon|evening|night|day) (?:in|when|at|like|on)(?!\p{L})/u,
  /^The sun (?:was|had|is) (?:just |barely |already |not yet )?(?:rising|setting|set|risen|low|high|up)(?!\p{L})/u,
]

/** Whether a sentence says what somebody or something cannot do, and what follows it in its passage begins with the answer: alone it says the opposite. */
export function isConceded(sentence: string, behind: string): boolean {
  if (!limits.test(sentence)) return false
  const next = behind.trimStart().slice(0, maxNext)
  return answersLimit.test(next) || overcomes.test(/^.*?(?:[.!?](?=\s)|$)/su.exec(next)?.[0] ?? '')
}

const maxNext = 250
const limits =
  /\b(?:cannot|can(?:['’]t| not)|could not|unable|(?:not|n['’]t) (?:suitable|suited|able|enough|sufficient|sufficiently|designed|meant|optimi[sz]ed|intended|equipped|strong|yet)|unsuitable|incapable|insufficient|too (?:small|weak|few|slow|short|far|old)|lack(?:s|ed)?|(?:has|have|had) no|impossible)\b/i
const answersLimit =
  /^["“]?(?:However|But|Yet|Nevertheless|Nonetheless|Even so|That said|Despite th(?:is|at|ese|ose)|(?:Still|Instead)(?=,))(?!\p{L})/u
const overcomes =
  /(?<!\p{L})(?:that|this|these|those|the) (?:limit(?:ation)?s?|problems?|constraints?|shortcomings?|weakness(?:es)?|obstacles?|shortages?|gaps?|deficienc(?:y|ies)|drawbacks?|handicaps?)(?! of)(?!\p{L})/iu
