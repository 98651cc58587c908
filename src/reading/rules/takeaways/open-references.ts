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
const mayRefer =
  /^(?:Other|The (?:two|three|four|country|people)|(?:Soon|Shortly) after(?:wards?)?|(?:Minutes|Hours|Days) later|Since then|Until then|By then)(?![\p{L}])|earby |, (?:however|though)\.$|e (?:pair|duo|trio)\b|s (?:pair|duo|trio)\b|(?:hese|hose) /u

const atStart =
  /^(?:the (?:two|three|four) (?:countries|sides|men|women|leaders|nations|neighbou?rs|companies|governments|ministers|suspects|victims|brothers|presidents|armies)\b|the country['’]s\b|(?:soon|shortly) afterwards?\b|(?:minutes|hours|days) later\b|(?:since|until|by) then\b|the people (?:that|who) [^,]{3,40}, (?:that|who) |other |(?:residents|neighbou?rs|people|families|homes|houses|buildings|shops|businesses|streets|roads) nearby\b|nearby (?:residents|neighbou?rs|homes|houses|buildings|shops|businesses|streets|roads)\b)/i
const atEnd = /,\s(?:however|though)\.$/i

const groupWords =
  /\b(?:the|this) (?:pair|duo|trio)\b(?! of\b)|\b(?:these|those) (?:\p{Ll}{4,15} )?(?:points|positions|defen[cs]es|vulnerabilities)\b/iu
/** Words before such a group that may name its members. */
const namesSeveral = /\b(?:and|two|three|both|several|points|positions|brothers|sisters|couple)\b|\d/i

const maxEnd = 120
const saidByPronoun =
  /,["”’]? (?:he|she|they) (?:added|said|says|noted|explained|told \p{L}{2,20}|went on|continued|wrote)\b[^.,;]{0,50}\.$/iu
