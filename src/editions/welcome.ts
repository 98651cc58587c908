import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { rulesOf } from '../reading/store/topics.ts'
import type { MatchedTakeaway } from './mail/dedupe.ts'
import { digestView } from './mail/digest-view.ts'
import { brandOf, freeze, mailDomain } from './publish.ts'
import { priorityOf } from './rules/edition-kind.ts'
import { createForReader } from './store/create-deliveries.ts'
import { takeawaysMailedTo } from './store/mailed-takeaways.ts'
import { matchedTakeawaysSince } from './store/matched-takeaways.ts'
import { closeWelcome, closeWelcomeEmpty, type Newcomer, newcomers, openWelcome } from './store/windows.ts'

const atOnce = 100
const lookBack = Temporal.Duration.from({ hours: 24 })

/** Owes every newly confirmed subscription its welcome digest: the 24 hours before confirmation. Returns how many. */
export async function welcomeNewcomers(app: App, signal?: AbortSignal): Promise<number> {
  let owed = 0
  while (!signal?.aborted) {
    const waiting = await newcomers(app.db, atOnce)
    if (!waiting.length) break
    for (const newcomer of waiting) {
      owed += await app.db.transaction().execute((tx) => welcome(app, tx, newcomer))
    }
  }
  return owed
}

async function welcome(app: App, tx: Tx, newcomer: Newcomer): Promise<number> {
  const civilDate = newcomer.confirmed_at.toZonedDateTimeISO(newcomer.zone).toPlainDate().toString()
  if (!(await openWelcome(tx, newcomer, civilDate))) return 0
  const since = newcomer.confirmed_at.subtract(lookBack)
  const filter = { topics: newcomer.topics, minScore: newcomer.min_score }
  const told = await takeawaysMailedTo(tx, newcomer.subscriber_id)
  const found = await matchedTakeawaysSince(tx, since, newcomer.from_position, filter)
  const findings = found.filter((finding) => !told.has(finding.id))
  if (!findings.length && told.size) {
    await closeWelcomeEmpty(tx, newcomer.id, 'nothing that another subscription has not brought')
    return 0
  }
  const edition = await freezeWelcome(app, tx, newcomer, civilDate, findings)
  await closeWelcome(tx, newcomer.id, edition.id)
  const priority = priorityOf('welcome')
  const mailing = {
    edition: edition.id,
    key: edition.key,
    sending: 0,
    priority,
    domain: mailDomain(app),
    now: app.now(),
  }
  app.log.info({ edition: edition.key, takeaways: findings.length }, 'closed welcome digest')
  return createForReader(tx, mailing, newcomer.subscriber_id, newcomer.id)
}

/** Newcomers of one day, one filter and one schedule with the same news share an edition. */
async function freezeWelcome(app: App, tx: Tx, newcomer: Newcomer, civilDate: string, findings: MatchedTakeaway[]) {
  const { topics: slugs, min_score: minScore, cadence, local_time: localTime, zone } = newcomer
  const topics = await rulesOf(tx, slugs)
  return freeze(app, tx, {
    template: 'digest',
    civilDate,
    reason: 'welcome',
    facts: {
      kind: 'welcome',
      trigger: `${cadence} ${localTime} ${zone} ${civilDate}`,
      window: 'the 24 hours before confirmation',
      topics: slugs,
      minScore,
      rules: topics.map((topic) => `${topic.slug}@${topic.version}`),
      takeaways: findings.map((finding) => finding.id),
      alerted: [],
    },
    view: (slug) =>
      digestView({
        kind: 'welcome',
        topics,
        takeaways: findings,
        earlier: [],
        zone,
        closedAt: newcomer.confirmed_at,
        civilDate,
        publicUrl: app.config.publicUrl,
        slug,
        brand: brandOf(app),
        schedule: { cadence, localTime },
      }),
  })
}
