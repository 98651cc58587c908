/**
 * The term of a record that a text tells: `the largest attack since the war began`. Within two days there is one such attack, in
 * whatever words: the most massive, the heaviest yet.
 */
export const recordsIn = (text: string): string[] => (record.test(text) ? ['^largest'] : [])

/** A record joins claims of one event; threads go by other words. */
export const isRecord = (term: string): boolean => term.startsWith('^')

const record =
  /(?<!\bone of (?:the|its|their) )\b(?:largest|biggest|heaviest|deadliest|most (?:massive|powerful|intense)) (?:[\p{L}-]+ ){0,4}(?:attacks?|strikes?|bombardments?|barrages?|raids?|waves?)\b[^.;]{0,60}?\b(?:yet|ever|so far|since (?:the )?(?:start|beginning|war|invasion|full-scale)|of the war|on record)\b/iu
