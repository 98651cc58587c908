import { matchesOf } from '../../../platform/text/matches.ts'
import { tokensOf } from '../tokens.ts'
import { stemsOf } from './lexicon.ts'

/** Whether a sentence says that somebody tries to do what a claim says was done: `focused on regaining`, `tried to cross`. */
export function onlyAttempts(sentence: string, claim: string): boolean {
  if (anyAttempt.test(claim)) return false
  const tried = matchesOf(sentence, attempt)
    .map(([, verb = '']) => verb)
    .join(' ')
  return tried !== '' && !stemsOf(tokensOf(tried)).isDisjointFrom(stemsOf(tokensOf(claim)))
}

const words =
  '(?:focus(?:es|ed|ing)? on|attempt(?:s|ed|ing)? to|tr(?:y|ies|ied|ying) to|s(?:ought|eeks?|eeking) to|aim(?:s|ed|ing)? (?:to|at)|plan(?:s|ned|ning)? to|prepar(?:es?|ed|ing) to|efforts? to)'
const attempt = new RegExp(`\\b${words} (?:\\p{Ll}+ly )?(\\p{Ll}+)`, 'giu')
const anyAttempt = new RegExp(`\\b(?:${words}|attempt|effort)`, 'i')
