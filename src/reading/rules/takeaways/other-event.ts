import { actorsIn, isMutual, sidesIn } from './actors.ts'
import { figuresOtherThan, shareCount } from './outcome-figures.ts'
import { elsewhereThan } from './place-names.ts'

/** Whether a sentence tells of another event than a claim, however alike their words. */
export const tellsOtherEvent = (claim: string, sentence: string): boolean => otherEventThan(claim)(sentence)

/** A test for sentences that tell of another event than a claim: another side acts, the numbers are others, or the places are. */
export function otherEventThan(claim: string): (sentence: string) => boolean {
  const tests = [figuresOtherThan, actorsOtherThan, elsewhereThan].map((otherThan) =>
    preparedAtFirstUse(otherThan, claim),
  )
  return (sentence) => tests.some((isOther) => isOther(sentence))
}

type OtherThan = (claim: string) => (sentence: string) => boolean

/** A claim is read for a test only when a sentence gets that far: many claims are compared with none. */
function preparedAtFirstUse(otherThan: OtherThan, claim: string): (sentence: string) => boolean {
  let isOther: ((sentence: string) => boolean) | undefined
  return (sentence) => {
    isOther ??= otherThan(claim)
    return isOther(sentence)
  }
}

function actorsOtherThan(claim: string): (sentence: string) => boolean {
  const actors = actorsIn(claim)
  const isOfOne = !isMutual(claim) && (actors.size === 1 || oneDeed.test(claim))
  return (sentence) => {
    if (isOfOne && isMutual(sentence)) return true
    if (actors.size === 0) return false
    const others = actorsIn(sentence)
    return others.size > 0 && actors.isDisjointFrom(others)
  }
}

const oneDeed = /\b(?:attack|strike|airstrike|raid|assault|barrage)\b/i

/** Whether two texts tell of one event in other words: they count the same dead, or tell of an attack between the same sides. */
export function namesSameEvent(claim: string, sentence: string): boolean {
  if (shareCount(claim, sentence)) return true
  if (!attack.test(claim) || !attack.test(sentence)) return false
  const [sides, doers] = [sidesIn(claim), actorsIn(sentence)]
  // `Russia says it hit a port` does not say that Ukraine did.
  const [first] = sides
  return !sides.isDisjointFrom(sidesIn(sentence)) && (doers.size === 0 || (first !== undefined && doers.has(first)))
}

const attack =
  /\b(?:attack(?:s|ed|ing)?|hits?|(?:air)?str(?:ikes?|uck|iking)|barrages?|bombard(?:s|ed|ments?)|bomb(?:s|ed|ings?)|shell(?:s|ed|ing)|raids?|missiles?|drones?)\b/i
