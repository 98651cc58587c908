import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { addFeed, pollFeedsNow as makeDue } from '../../src/feeds/manage-feeds.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { john, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import type { SmtpSink, SunkMessage } from '../support/smtp-server.ts'
import { openTestApp } from '../support/test-app.ts'

export type RealReport = {
  id: string
  url: string
  date: string
  title: string
  takeaways: string[]
  html: string
  text: string
}
/** What one day brought: the report, and the mails that went out because of it until the next morning. */
export type Day = { report: RealReport; alerts: SunkMessage[]; digests: SunkMessage[] }

const firstDay = '2022-11-20'

/** A week of real reports, one a day at 20:00 UTC, through the whole program with the clock moved by hand. */
export async function liveThroughWeek(folder: string): Promise<Day[]> {
  const reports = await weekOf(folder)
  const app = await openTestApp({ at: `${reports[0]!.date}T12:00:00Z`, sink: true, feedServer: true })
  const { clock, feedServer, sink } = app
  const tick = async (): Promise<void> => {
    await makeDue(app)
    for (const stage of [pollDueFeeds, readRevisions, raiseAlerts, welcomeNewcomers, composeDigests, deliverMail])
      await stage(app)
  }
  try {
    await addFeed(app, publish(feedServer, []), 'test')
    await join(app, olena, john)
    await tick()
    const days: Day[] = []
    for (const [n, report] of reports.entries()) {
      publish(feedServer, reports.slice(0, n + 1))
      clock.at(`${report.date}T20:00:10Z`)
      const alerts = await mailsOf(sink, tick)
      clock.later({ hours: 10 })
      days.push({ report, alerts, digests: await mailsOf(sink, tick) })
    }
    return days
  } finally {
    await app.close()
  }
}

/** The seven reports from the first of these days on that stand in the folder as HTML. */
async function weekOf(folder: string): Promise<RealReport[]> {
  const lines = (await readFile(joinPath(folder, 'takeaways-isw.jsonl'), 'utf8')).trim().split('\n')
  return lines
    .map((line) => JSON.parse(line) as RealReport)
    .filter((report) => report.html && report.date >= firstDay)
    .slice(0, 7)
}

async function mailsOf(sink: SmtpSink, act: () => Promise<void>): Promise<SunkMessage[]> {
  const before = sink.messages.length
  await act()
  return sink.messages.slice(before)
}

function publish(feeds: FeedServer, reports: RealReport[]): string {
  const items = reports.map(
    ({ id, url, date, title, html }) => `<item><title>${escaped(title)}</title><link>${escaped(url)}</link>
<guid isPermaLink="false">${id}</guid><pubDate>${new Date(`${date}T20:00:00Z`).toUTCString()}</pubDate>
<content:encoded>${escaped(html)}</content:encoded></item>`,
  )
  return feeds.set('/isw', {
    body: `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Daily assessments</title><link>https://www.understandingwar.org/</link><description>Reports</description>
${items.join('\n')}</channel></rss>`,
  })
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
