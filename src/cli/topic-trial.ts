import { plural } from '../platform/text/plural.ts'
import { shorten } from '../platform/text/shorten.ts'
import type { Trial, TriedClaim } from '../reading/try-rule.ts'

/** A trial of a rule in lines that people read: what is gained and what is lost, with samples. */
export function trialLines(slug: string, trial: Trial, isNew: boolean): string[] {
  const { days, takeaways, matched, matchedBefore, gainedCount, lostCount, gained, lost } = trial
  const span = `${plural(takeaways, 'takeaway')} of ${days} days`
  if (isNew) return [`${slug}: the rule matches ${matched} of the stored ${span}.`, ...gained.map(claimLine('+'))]
  return [
    `${slug}: of the stored ${span}, the rule matches ${matched}; the rule in force matches ${matchedBefore}.`,
    `gained: ${gainedCount}`,
    ...gained.map(claimLine('+')),
    `lost: ${lostCount}`,
    ...lost.map(claimLine('-')),
  ]
}

const claimLine =
  (sign: string) =>
  ({ text, score, words, item }: TriedClaim): string =>
    `  ${sign} ${score.toFixed(2)} item ${item} [${words.join(', ')}] ${shorten(text, 140)}`
