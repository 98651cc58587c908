import type { App } from '../../app.ts'
import { troubleIsShown } from '../../delivery/rules/domain-trouble.ts'
import { countBounces } from '../../delivery/store/bounces.ts'
import { type DomainTrouble, troublesSince } from '../../delivery/store/domain-troubles.ts'
import { refusedReports } from '../../delivery/store/refused-reports.ts'
import { dateAt } from '../../platform/text/format-instant.ts'
import { plural } from '../../platform/text/plural.ts'
import { countSuppressions } from '../../readers/store/suppressions.ts'
import { type CheckResult, ok, warning } from './check.ts'

const countFor = Temporal.Duration.from({ hours: 24 * 30 })

/** Whether bounces are reported, how many came, which mail domains refuse our mail, and how many addresses get none. */
export async function checkBounces(app: App): Promise<CheckResult[]> {
  const since = app.now().subtract(countFor)
  const [reports, suppressions, troubles, refused] = await Promise.all([
    countReports(app, since),
    countSuppressions(app.db),
    troublesSince(app.db, app.now().subtract(troubleIsShown)),
    refusedReports(app.db, dateAt(since)),
  ])
  const { unreadable = 0, failed = 0 } = refused
  return [
    reports,
    ...troubles.map(troubleResult),
    ...(unreadable + failed
      ? [
          warning(
            `${plural(unreadable + failed, 'mail')} to the bounce port could not be taken. See the log of the worker.`,
          ),
        ]
      : []),
    ...(suppressions.length ? [ok(suppressedWords(suppressions))] : []),
  ]
}

async function countReports({ config, db }: App, since: Temporal.Instant): Promise<CheckResult> {
  const { bounceDomain, hooks } = config
  if (!bounceDomain && !Object.keys(hooks).length)
    return warning('Bounces and complaints are not reported to Sitrep. See docs/bounces.md.')
  const counts = await countBounces(db, since)
  const found = counts.map(({ source, kind, n }) => {
    const [one, many] = bounceWords[kind] ?? [kind, kind]
    return `${plural(n, one, many)} ${sourceWords[source] ?? `by ${source}`}`
  })
  return ok(`Reports of the last 30 days: ${found.join(', ') || 'none'}.`)
}

function troubleResult({ domain, kind, refused, words }: DomainTrouble): CheckResult {
  if (kind === 'policy') return warning(`${domain} refuses most of our mail (${words}). Ask its postmaster.`)
  if (kind === 'reports') return warning(outageWords({ domain, refused, words }))
  return warning(
    `${domain} calls ${plural(refused, 'known address', 'known addresses')} dead (${words}). Its answers are held.`,
  )
}

const outageWords = ({ domain, refused, words }: Pick<DomainTrouble, 'domain' | 'refused' | 'words'>): string =>
  `Bounce mails call ${plural(refused, 'known address', 'known addresses')} of ${domain} dead (${words}). They are held.`

function suppressedWords(counts: Awaited<ReturnType<typeof countSuppressions>>): string {
  const all = counts.reduce((sum, { n }) => sum + n, 0)
  const reasons = counts.map(({ reason, n }) => `${reason} ${n}`).join(', ')
  return `${plural(all, 'address gets', 'addresses get')} no mail (${reasons}). See \`sitrep suppressions list\`.`
}

/** The words of docs/bounces.md for the kinds and the sources of the table. */
const bounceWords: Record<string, [one: string, many: string]> = {
  dead: ['dead address', 'dead addresses'],
  held: ['held answer', 'held answers'],
  recipient: ['refused recipient', 'refused recipients'],
  domain: ['dead domain', 'dead domains'],
  full: ['full mailbox', 'full mailboxes'],
  soft: ['soft bounce', 'soft bounces'],
  complaint: ['complaint', 'complaints'],
  forged: ['forged report', 'forged reports'],
}
const sourceWords: Record<string, string> = {
  smtp: 'by mail',
  reply: 'in the reply to a mail',
  ses: 'by SES',
  postmark: 'by Postmark',
  mailgun: 'by Mailgun',
}
