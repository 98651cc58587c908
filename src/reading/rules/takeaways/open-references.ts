import { attributionOf } from './attribution.ts'

/** Whether a sentence speaks of somebody or something that only an earlier sentence names: `the pair`, `he added`. */
export function hasOpenReference(sentence: string): boolean {
  if (saidByPronoun.test(sentence.slice(-maxEnd)) && attributionOf(sentence) === null) return true
  if (!mayRefer.test(sentence)) return false
  if (atStart.test(sentence) || atEnd.test(sentence)) return true
  const group = groupWords.exec(sentence)
  return group !== null && !namesSeveral.test(sentence.slice(0, group.index))
}

/** Most sentences have none of these. */
const mayRefer = /^Other |earby |, (?:however|though)\.$|e (?:pair|duo|trio)\b|s (?:pair|duo|trio)\b|hese po/

const atStart =
  /^(?:other |(?:residents|neighbou?rs|people|families|homes|houses|buildings|shops|businesses|streets|roads) nearby\b|nearby (?:residents|neighbou?rs|homes|houses|buildings|shops|businesses|streets|roads)\b)/i
const atEnd = /,\s(?:however|though)\.$/i

const groupWords = /\b(?:the|this) (?:pair|duo|trio)\b(?! of\b)|\bthese (?:points|positions)\b/i
/** Words before such a group that may name its members. */
const namesSeveral = /\b(?:and|two|three|both|several|points|positions|brothers|sisters|couple)\b|\d/i

const maxEnd = 120
const saidByPronoun =
  /,["”’]? (?:he|she|they) (?:added|said|says|noted|explained|told \p{L}{2,20}|went on|continued|wrote)\b[^.,;]{0,50}\.$/iu
