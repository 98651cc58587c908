import { matchesOf } from '../../../platform/text/matches.ts'
import { tokensOf } from '../tokens.ts'
import { type Lexicon, stemsOf } from './lexicon.ts'
import { namesIn } from './place-names.ts'
import { sentencesOf } from './sentences.ts'
import { hasVerb, isMostlyNoun } from './verbs.ts'
import { familyOf } from './word-families.ts'

/** The facts that a claim tells in sentences or halves of its own: `X escalates its rhetoric, but Y remains unlikely to join`. */
export function factsOf(claim: string): string[] {
  return sentencesOf(claim).flatMap(({ start, end }) => {
    const sentence = claim.slice(start, end)
    const parts = sentence.split(halves)
    return parts.every((part) => verbAt(part) > 0 && stemsOf(tokensOf(part)).size >= minStems) ? parts : [sentence]
  })
}

const minStems = 4
const halves = /,? (?:but|while|although|though|even as) |, and (?=(?:the )?\p{Lu})/u

/** How much of the weight of a fact a text tells, with words of the same families, 0 to 1. */
export function shareTold(fact: string, text: string, lexicon: Lexicon): number {
  return sharedWeight(weightsOf(fact, lexicon), familiesIn(text)).share
}

/** Whether a text says what a claim says was done: one of the first two words behind its verb that name no place, in any form. */
export function saysAct(claim: string, text: string): boolean {
  const verb = verbAt(claim)
  if (verb < 0) return true
  const names = familiesIn(namesIn(claim).join(' '))
  const told = [...familiesIn(claim.slice(verb))].filter((word) => !general.has(word) && !names.has(word))
  const act = told.slice(0, maxActWords)
  return act.length === 0 || !familiesIn(text).isDisjointFrom(new Set(act))
}

const maxActWords = 2

/** It holds this share of the weight of a fact, with so many of its words. */
const minShare = 0.25
const minSharedPart = 0.37
const minShared = 3

/**
 * A test that says how well a sentence tells a fact in other words, 0 to 1: the same one acts, by a verb or on a thing of the same
 * family, at one of the places that the fact names. Null for a fact without a subject and a verb.
 */
export function tellsInOtherWords(fact: string, lexicon: Lexicon): ((sentence: string) => number) | null {
  const verb = verbAt(fact)
  const subject = familiesIn(fact.slice(0, Math.max(0, verb)))
  const told = familiesIn(fact.slice(Math.max(0, verb)))
  if (verb < 0 || subject.size === 0 || told.size < 2) return null
  const weights = weightsOf(fact, lexicon)
  const names = namesIn(fact)
  const deeds = told
    .difference(familiesIn(names.join(' ')))
    .difference(subject)
    .difference(general)
  const isAsDenied = deniesAs(fact)
  return (sentence) => {
    const quoted = familiesIn(sentence)
    const { share, count } = sharedWeight(weights, quoted)
    if (count < Math.max(minShared, weights.size * minSharedPart) || share < minShare) return 0
    if (deeds.isDisjointFrom(quoted) || !isAsDenied(sentence)) return 0
    if (names.length > 0 && !names.some((name) => sentence.includes(name))) return 0
    return isSameSubject(subject, familiesIn(beginningOf(sentence))) ? share : 0
  }
}

/** The weight of each family of words of a fact. */
function weightsOf(fact: string, lexicon: Lexicon): Map<string, number> {
  const weights = new Map<string, number>()
  for (const stem of stemsOf(tokensOf(fact))) {
    const family = familyOf(stem)
    weights.set(family, Math.max(weights.get(family) ?? 0, lexicon.weight(stem)))
  }
  return weights
}

function sharedWeight(weights: Map<string, number>, told: Set<string>): { share: number; count: number } {
  let [total, shared, count] = [0, 0, 0]
  for (const [family, weight] of weights) {
    total += weight
    if (!told.has(family)) continue
    shared += weight
    count += 1
  }
  return { share: total === 0 ? 1 : shared / total, count }
}

/** Whether a text names half of a subject, and not only its side: `Russian forces` are no `Russian officials`. */
function isSameSubject(subject: Set<string>, beginning: Set<string>): boolean {
  const shared = subject.intersection(beginning)
  const isOnlySide = subject.difference(sides).size > 0 && shared.isSubsetOf(sides)
  const isHalf = shared.size * 2 >= subject.size || (shared.size > 0 && subject.size > maxShortSubject)
  return isHalf && !isOnlySide
}

/** Of a subject with more words, most only describe it. */
const maxShortSubject = 3
const sides = new Set(['russian', 'ukrainian', 'belarusian', 'isra', 'palestinian', 'iranian', 'syrian', 'chines'])

/** A sentence up to its verb, or to where its subject may stand behind `sources reported that`. */
const beginningOf = (sentence: string): string => sentence.slice(0, Math.max(verbAt(sentence), minBeginning))
const minBeginning = 70

/** Words that tell too little of a deed. */
const general = new Set([
  'continu',
  'remain',
  'make',
  'made',
  'conduct',
  'oper',
  'area',
  'oblast',
  'citi',
  'troop',
  'russian',
  'ukrainian',
])

const familiesIn = (text: string): Set<string> => new Set([...stemsOf(tokensOf(text))].map(familyOf))

/** A test for sentences that say of their deed, as a text does, that it was done or that it was not. */
function deniesAs(text: string): (sentence: string) => boolean {
  const own = behindVerb(text)
  const isDenied = denial.test(own) || failure.test(own)
  return (sentence) => {
    const words = behindVerb(sentence)
    return isDenied ? denial.test(words) || failure.test(words) : !denial.test(words)
  }
}

/** The words from the verb on among which a denial stands. */
function behindVerb(text: string): string {
  const verb = Math.max(0, verbAt(text))
  return text.slice(verb, verb + maxToDenial)
}

const maxToDenial = 45
const denial = /\b(?:not|no|never|unable|failed to)\b/i
/** An attempt that failed was made. */
const failure = /\b(?:unsuccessful(?:ly)?|stalled|in vain)\b/i

/** A word in small letters behind another one. */
const smallWord = /(?<= )\p{Ll}[\p{Ll}’'-]+/gu

/** Where the first verb of a text begins, behind its first word; -1 where it has none. */
function verbAt(text: string): number {
  for (const { 0: word, index } of matchesOf(text, smallWord)) {
    if (hasVerb(word) && !isMostlyNoun(word)) return index
  }
  return -1
}
