import { expect, test } from 'vitest'
import { wordsOfHtml, wordsOfText } from '../editions/read-mail.ts'
import { john, olena } from '../support/people.ts'
import { describeWithTexts, textsFolder } from '../support/texts.ts'
import { type Day, liveThroughWeek } from './real-week.ts'

/** Letters and digits alone: quotes, dashes and footnote marks do not count. */
const bare = (text: string) =>
  text
    .replace(/\[(?:\d+|[ivxlc]+)\]/gi, '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** The publisher's takeaways that stand in a digest, in both of its parts. */
function shownIn({ report, digests }: Day): string[] {
  if (!digests.length) return []
  const { text, html } = digests[0]!.parsed
  const parts = [bare(wordsOfText(text!)), bare(wordsOfHtml(String(html)))]
  return report.takeaways.filter((takeaway) => parts.every((part) => part.includes(bare(takeaway))))
}

describeWithTexts('a week of real reports', () => {
  test('is sent as alerts at once and as digests in the morning, in the publisher’s words, nothing twice', async () => {
    const days = await liveThroughWeek(textsFolder())
    expect(days).toHaveLength(7)
    // What stands deep in a report, and what only speaks of weapons, is for the digest.
    expect(days.filter(({ alerts }) => alerts.length).length).toBeGreaterThanOrEqual(2)
    expect(days.filter(({ digests }) => digests.length).length).toBeGreaterThanOrEqual(5)
    for (const day of days) {
      expect(day.alerts.map((mail) => mail.to[0])).toEqual(day.alerts.map(() => john.email))
      expect(day.digests.map((mail) => mail.to[0])).toEqual(day.digests.map(() => olena.email))
      if (day.digests.length && day.report.takeaways.length) expect(shownIn(day)).not.toEqual([])
    }
    const told = days.flatMap(shownIn)
    expect(new Set(told).size).toBe(told.length)
  }, 120_000)
})
