import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { editionOutcome } from '../delivery/edition-outcome.ts'
import { planResume, resumePaused } from '../delivery/resume-edition.ts'
import { fillPlaceholders } from '../editions/mail/placeholders.ts'
import { previewDigest } from '../editions/preview-digest.ts'
import { knownEdition, listEditions } from '../editions/store/editions.ts'
import { UserError } from '../platform/user-error.ts'
import { outcomeLines } from './outcome-lines.ts'
import { parseArgument } from './parse-argument.ts'
import { printRows } from './print.ts'
import { sampled } from './sampled.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Resuming = { reason: string; dryRun?: boolean }
type Preview = { topics: string; hours: string; html?: boolean }
const hoursSchema = z.coerce
  .number('Give a number of hours.')
  .positive('Give a number above 0.')
  .max(24 * 31)

/** `sitrep editions list|show|preview`. */
export function editionsCommand(withApp: WithApp): Command {
  const editions = new Command('editions').description('the digests and alerts that were closed')
  editions
    .command('list')
    .description('editions, newest first')
    .option('--json', 'one JSON array')
    .action(({ json }: { json?: boolean }) => onDatabase(withApp, (app) => list(app, json)))
  editions
    .command('show')
    .description('one edition, and what became of its deliveries')
    .argument('<key>', 'its key or the name of its web copy')
    .option('--json', 'one JSON object with {audience, byState, why, sendings}')
    .action((key: string, { json }: { json?: boolean }) => onDatabase(withApp, (app) => show(app, key, json)))
  editions
    .command('resume')
    .description('go on with an edition that was paused because too many of its mails were refused')
    .argument('<key>', 'its key or the name of its web copy')
    .requiredOption('--reason <text>', 'why; it stays in the audit log')
    .option('--dry-run', 'only say who would get it')
    .action((edition: string, options: Resuming) => onDatabase(withApp, (app) => resume(app, edition, options)))
  editions
    .command('preview')
    .description('what a digest would say now; nothing is kept or sent')
    .requiredOption('--topics <slugs>', 'topics with commas')
    .option('--hours <n>', 'of the last so many hours', '24')
    .option('--html', 'the HTML part instead of the text')
    .action((options: Preview) => onDatabase(withApp, (app) => preview(app, options)))
  return editions
}

async function resume(app: App, edition: string, { reason, dryRun }: Resuming): Promise<void> {
  if (!reason.trim()) throw new UserError('--reason: say why; it stays in the audit log.')
  if (dryRun) {
    const { count, sample } = await planResume(app, edition)
    return console.log(`${count} would be due again${sampled(count, sample)}.`)
  }
  console.log(`${await resumePaused(app, { edition, actor: 'cli', reason })} are due again.`)
}

const listed = 500

async function list({ db }: App, json?: boolean): Promise<void> {
  const editions = await listEditions(db, { limit: listed })
  const rows = editions.map(({ key, slug, kind, subject, takeaways, topics, closed_at }) => {
    if (json) return { key, slug, kind, subject, topics, takeaways: takeaways.length, closedAt: closed_at }
    return { key, kind, subject, takeaways: takeaways.length, closed: closed_at }
  })
  printRows(rows, { json, empty: 'No edition has closed yet.' })
}

async function show(app: App, key: string, json?: boolean): Promise<void> {
  const edition = await knownEdition(app.db, key)
  const outcome = await editionOutcome(app, edition)
  const { slug, kind, subject, topics, takeaways, closed_at: closedAt, paused_at: pausedAt, pause_reason } = edition
  const pauseReason = pausedAt ? pause_reason : null
  const facts = { key: edition.key, slug, kind, subject, topics, takeaways, closedAt, pausedAt, pauseReason }
  if (json) return console.log(JSON.stringify({ ...facts, ...outcome }))
  console.log(`${subject}\n${kind}, closed ${closedAt}, ${app.config.publicUrl}/editions/${slug}`)
  console.log([...outcomeLines(outcome), '', forEverybody(edition.text)].join('\n'))
}

/** Personal links stand in every reader's own copy alone. */
function forEverybody(text: string): string {
  const own = "(the reader's own link)"
  return fillPlaceholders(text, { unsubscribe: own, preferences: own, confirm: own, address: 'the reader' }, 'text')
}

async function preview(app: App, { topics, hours, html }: Preview): Promise<void> {
  const digest = await previewDigest(app, topics.split(','), parseArgument(hoursSchema, hours, '--hours'))
  console.log(html ? digest.html : `${digest.subject}\n\n${forEverybody(digest.text)}`)
}
