import type { ExpectedMail } from '../editions/rules/expected-mail.ts'
import { plural } from '../platform/text/plural.ts'

/** `About 3 stories a day, 11 on the busiest of the last 30 days.`: how much mail to expect. */
export function expectedWords({ cadence, days, counts }: ExpectedMail): string {
  if (days === 0) return 'No stories yet.'
  const withAny = counts.filter((count) => count > 0)
  if (cadence === 'alert') return alertWords(withAny.length, days)
  if (withAny.length === 0) return `No stories in the last ${spanOf(days)}.`
  const most = Math.max(...counts)
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  if (counts.length === 1)
    return `${stories(most)} in the last ${cadence === 'weekly' && days >= 7 ? 'week' : spanOf(days)}.`
  const unit = cadence === 'weekly' ? 'week' : 'day'
  const span = cadence === 'weekly' ? `${counts.length} weeks` : spanOf(days)
  if (mean < 1) return `Stories in ${withAny.length} of the last ${span}, at most ${most} a ${unit}.`
  const usual = Math.round(mean)
  if (usual >= most) return `About ${stories(usual)} a ${unit} in the last ${span}.`
  return `About ${stories(usual)} a ${unit}, ${most} in the busiest of the last ${span}.`
}

function alertWords(withAny: number, days: number): string {
  if (withAny === 0) return `No alerts in the last ${spanOf(days)}.`
  return days === 1 ? 'Alerts in the last 24 hours.' : `Alerts on about ${withAny} of the last ${spanOf(days)}.`
}

const stories = (count: number): string => plural(count, 'story', 'stories')
const spanOf = (days: number): string => (days === 1 ? '24 hours' : `${days} days`)
