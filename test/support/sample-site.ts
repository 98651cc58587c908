import { simpleParser } from 'mailparser'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import type { ClockGuard } from '../../src/platform/clock-guard.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { openSamples } from '../../src/serve.ts'
import { createWeb, listen } from '../../src/web/server.ts'
import { createDelivery, createEdition } from './deliveries.ts'
import { holdFeed } from './feeds.ts'
import { freePort } from './free-port.ts'
import { pagesOf } from './pages.ts'
import { john, mira, olena, taras, topics } from './people.ts'
import { join, joinAndLeave } from './readers.ts'
import { flight, guarantee, report, strike } from './report.ts'
import { depotBurns, plantHit, plantStops, tell } from './tell.ts'
import { openTestApp, type TestApp } from './test-app.ts'
import { registerForTest } from './workers.ts'

/** A mail of the site: `name` says of which kind it is, `id` is its number in the local mailbox. */
export type SiteMail = { name: string; id: number; html: string; links: string[] }

/** The program with the sample feeds, its readers and all kinds of its mails; its pages are served at the app's public URL. */
export type SampleSite = { app: TestApp; mails: SiteMail[]; close(): Promise<void> }

/** Follows all topics by alerts, so that a change of any of them is mailed at once. */
const ada = { ...olena, email: 'ada@example.org', cadence: 'alert' as const }
/** Wants only takeaways that are on all topics at once, and a mail without news. */
const quiet = { ...olena, email: 'quiet@example.org', allTopics: true, quietMail: true }
/** Has a second copy of what Olena gets, once a week. */
const weekly = { ...taras, email: 'weekly@example.org', topics }

/** The clock of the site stands in the past, where the database's is not. */
const rightClock: ClockGuard = {
  now: Temporal.Now.instant,
  ownTime: Temporal.Now.instant,
  note: () => ({ aheadS: 0 }),
  isRight: () => true,
}

/** Opens the site on the Monday when the weekly digests are due. */
export async function openSampleSite(): Promise<SampleSite> {
  const stops: (() => Promise<unknown>)[] = []
  const env = { PORT: String(await freePort()), SAMPLES: '1', FETCH_ALLOW: '127.0.0.0/8' }
  const overrides = { clockGuard: rightClock }
  const app = await openTestApp({ at: '2026-11-22T12:00:00Z', env, feedServer: true, overrides })
  const close = async () => {
    for (const stop of stops) await stop()
    await app.close()
  }
  try {
    await openSamples(app, stops)
    app.worker.id = await registerForTest(app.db) // the loading of samples ended as the worker of the app
    await mailToReaders(app)
    await troubleAdmins(app)
    const { close: stopListening } = await listen(app, createWeb(app))
    stops.unshift(stopListening)
    return { app, mails: await mailsOf(app), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A welcome, alerts, corrections and digests of a day and of a week; a confirmation and a link to the preferences. */
async function mailToReaders(app: TestApp): Promise<void> {
  const { clock } = app
  await join(app, olena, john, ada, quiet, weekly)
  await joinAndLeave(app, taras)
  await addSubscriber(app, mira, { actor: 'cli' })
  await pagesOf(app).post('/preferences', { email: olena.email })
  await welcomeNewcomers(app)
  await report(app, 'one', [flight, strike])
  await raiseAlerts(app)
  clock.later({ minutes: 30 })
  await tell(app, plantHit, plantStops, depotBurns)
  await raiseAlerts(app)
  clock.later({ hours: 2 })
  await report(app, 'one', [flight.replace('Four thousand', 'Four hundred'), strike, guarantee])
  await raiseAlerts(app)
  clock.at('2026-11-23T05:00:00Z')
  await composeDigests(app)
  clock.at('2026-11-23T06:00:00Z')
  await deliverMail(app)
}

/** What an admin must decide about: a feed that is held, a delivery without a known result, and one that failed. */
async function troubleAdmins(app: TestApp): Promise<void> {
  await holdFeed(app, '/held.xml')
  const edition = await createEdition(app, { kind: 'daily', slug: 'unsure', subject: 'A digest with lost results' })
  await createDelivery(app, edition, olena.email, { state: 'unknown', reason: 'the worker died' })
  await createDelivery(app, edition, john.email, { state: 'failed', reason: 'refused', reply: '550 5.1.1 no mailbox' })
}

/** The newest mail of each kind in the local mailbox, with the paths of its links to our own pages. */
async function mailsOf(app: TestApp): Promise<SiteMail[]> {
  const rows = await app.db
    .selectFrom('mailbox')
    .select(['id', 'raw', 'recipient', 'subject'])
    .orderBy('id', 'desc')
    .execute()
  const mails = await Promise.all(
    rows.map(async ({ id, raw, recipient, subject }) => {
      const parsed = await simpleParser(raw)
      const html = String(parsed.html)
      const links = [...(parsed.text ?? '').matchAll(/https?:\/\/localhost:\d+(\/[^\s<>"]+)/g)].map(([, path]) => path!)
      return { name: nameOf(recipient, subject, html), id, html, links }
    }),
  )
  return [...new Map(mails.toReversed().map((mail) => [mail.name, mail])).values()]
}

function nameOf(recipient: string, subject: string, html: string): string {
  const kicker = /letter-spacing[^>]*>SITREP<\/b> &nbsp;([^<]*)/.exec(html)?.[1] ?? subject
  if (recipient === quiet.email) return `${kicker} without news`
  return html.includes('Changed since we told you') ? `${kicker} with corrections` : kicker
}

/** The path of a link in one of the site's mails, without its fragment. */
export function linkIn({ mails }: SampleSite, name: string, begin: string): string {
  const link = mails.find((mail) => mail.name === name)?.links.find((path) => path.startsWith(begin))
  if (!link)
    throw new Error(`There is no link ${begin} in a mail "${name}": ${mails.map((mail) => mail.name).join(', ')}.`)
  return link.replace(/#.*/, '')
}
