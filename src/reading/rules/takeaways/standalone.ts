/** Whether a sentence leans on the one before it: a pronoun, a pointing word or a joining word at its head. */
export function leansBack(sentence: string): boolean {
  const head = sentence.replace(/^["'“‘«([\s]+/, '').slice(0, 80)
  return pronoun.test(head) || pointing.test(head) || joining.test(head) || saidFirst.test(head)
}

/** Whether a sentence speaks of the report itself, its maps or its makers, and not of its subject. */
export function speaksOfItself(sentence: string): boolean {
  return selfReference.test(sentence)
}

const pronoun =
  /^(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|both|neither|either|another|others|some of (?:them|these|those)|one of (?:them|these|those)|none of (?:them|these|those)|all of (?:them|these|those)|each of (?:them|these|those))\b/i
const pointing = /^(?:this|that|these|those|such|the (?:former|latter|same|above|following|aforementioned))\b/i
const joining =
  /^(?:and|but|or|nor|yet|so|because|therefore|thus|hence|however|nevertheless|nonetheless|moreover|furthermore|additionally|in addition|also|besides|consequently|as a result|similarly|likewise|conversely|by contrast|in contrast|instead|otherwise|for (?:example|instance)|in (?:turn|other words|particular|this regard|response)|accordingly|then|there|here|at the same time|on the other hand|finally|lastly|secondly|thirdly|as such|even so|still|rather|indeed|specifically|notably|to this end|among them)\b/i
const saidFirst = /^(?:according to (?:him|her|them)|(?:he|she|they)\b)/i

const selfReference =
  /\b(?:this (?:report|assessment|update|bulletin|newsletter|article|paper|brief|publication|document|map|section|special edition)|in (?:these|our) reports?|the (?:authors?|data cut-?off)|our (?:previous|coverage|methodology|statement)|(?:see|shown in) (?:figure|map|table|annex)|we (?:do not|will continue to|utterly|have|are|also|would)|is (?:publishing|not publishing)|does not receive any classified|next (?:report|update|issue)|archive of)\b/i
