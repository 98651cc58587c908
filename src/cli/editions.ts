import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { editionOutcome, type SendingSums, type Sums } from '../delivery/edition-outcome.ts'
import { previewForReader } from '../delivery/preview-mail.ts'
import { planResume, resumePaused } from '../delivery/resume-edition.ts'
import { fillPlaceholders, type Placeholder, placeholders } from '../editions/mail/placeholders.ts'
import { previewDigest } from '../editions/preview-digest.ts'
import type { RenderedMail } from '../editions/render.ts'
import { toldInWords } from '../editions/rules/told-counts.ts'
import { knownEdition, listEditions } from '../editions/store/editions.ts'
import { addressSchema } from '../platform/address.ts'
import { plural } from '../platform/text/plural.ts'
import { UserError } from '../platform/user-error.ts'
import { parseArgument, requireReason } from './arguments.ts'
import { printRows, sampled } from './print.ts'
import { onDatabase, onDatabaseToLink, type WithApp } from './with-app.ts'

type ResumeOptions = { reason: string; dryRun?: boolean }
type PreviewOptions = { topics?: string; reader?: string; hours: string; html?: boolean }

const maxHours = 24 * 31
const hoursProblem = `Give a number of hours, above 0 and at most ${maxHours}.`
const hoursSchema = z.coerce.number(hoursProblem).positive(hoursProblem).max(maxHours, hoursProblem)
const whichEdition = 'the key of an edition, or the name of its web copy'
const maxListed = 500

/** `sitrep editions list|show|resume|preview`. */
export function editionsCommand(withApp: WithApp): Command {
  const editions = new Command('editions').description('list, show, resume and preview digests and alerts')
  editions
    .command('list')
    .description(`list the last ${maxListed} editions, newest first`)
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) => onDatabase(withApp, (app) => list(app, json)))
  editions
    .command('show')
    .description('show one edition and the states of its deliveries')
    .argument('<key>', whichEdition)
    .option('--json', 'print one JSON object with {audience, byState, why, sendings}')
    .action((key: string, { json }: { json?: boolean }) => onDatabase(withApp, (app) => show(app, key, json)))
  editions
    .command('resume')
    .description('resume an edition that was paused because mail servers refused too many of its mails')
    .argument('<key>', whichEdition)
    .requiredOption('--reason <text>', 'why; it is kept in the audit log')
    .option('--dry-run', 'only print who would get the edition')
    .action((key: string, options: ResumeOptions) => onDatabaseToLink(withApp, (app) => resume(app, key, options)))
  editions
    .command('preview')
    .description('print the digest that a reader would get now, or one on some topics; nothing is stored or sent')
    .option('--reader <email>', 'the next digest of this reader, exactly as it would be mailed now')
    .option('--topics <slugs>', 'a digest on these topics, separated by commas, for a sample reader')
    .option('--hours <n>', 'with --topics: from the last n hours', '24')
    .option('--html', 'print the HTML part instead of the text')
    .action((options: PreviewOptions) => onDatabaseToLink(withApp, (app) => preview(app, options)))
  return editions
}

async function list({ db }: App, json?: boolean): Promise<void> {
  const rows = (await listEditions(db, { limit: maxListed })).map(
    ({ key, slug, kind, subject, takeaways, topics, closed_at }) => {
      if (json) return { key, slug, kind, subject, topics, takeaways: takeaways.length, closedAt: closed_at }
      return { key, kind, subject, takeaways: takeaways.length, closed: closed_at }
    },
  )
  printRows(rows, { json, empty: 'There are no editions yet.' })
}

async function show(app: App, key: string, json?: boolean): Promise<void> {
  const edition = await knownEdition(app.db, key)
  const outcome = await editionOutcome(app, edition)
  const { slug, kind, subject, topics, takeaways, closed_at: closedAt, paused_at: pausedAt, pause_reason } = edition
  const pauseReason = pausedAt ? pause_reason : null
  const facts = { key: edition.key, slug, kind, subject, topics, takeaways, closedAt, pausedAt, pauseReason }
  if (json) return console.log(JSON.stringify({ ...facts, ...outcome }))
  console.log(
    `${subject}\n${kind}, ${toldInWords(edition)}, closed ${closedAt}, ${app.config.publicUrl}/editions/${slug}`,
  )
  console.log([...outcomeLines(outcome), '', withoutPersonalLinks(edition.text, 'text')].join('\n'))
}

/** The audience by state with the reasons, then each later sending. */
function outcomeLines(outcome: Sums & { sendings: SendingSums[] }): string[] {
  return [
    `audience ${sumLine(outcome)}`,
    ...reasonLines(outcome),
    ...outcome.sendings.flatMap((sending) => [
      `sending ${sending.n} by ${sending.actor}, ${sending.at} (${sending.reason}): ${sumLine(sending)}`,
      ...reasonLines(sending),
    ]),
  ]
}

function sumLine({ audience, byState }: Sums): string {
  const states = Object.entries(byState).map(([state, count]) => `${state} ${count}`)
  return `${audience}: ${states.join(', ') || 'nobody'}`
}

function reasonLines({ why: reasons }: Sums): string[] {
  return reasons.map(({ state, count, why, next }) => `  ${count} ${state}: ${why}${next ? `; next at ${next}` : ''}`)
}

async function resume(app: App, edition: string, options: ResumeOptions): Promise<void> {
  const reason = requireReason(options.reason)
  if (options.dryRun) {
    const { count, sample } = await planResume(app, edition)
    return console.log(`${plural(count, 'delivery', 'deliveries')} would be due again${sampled(count, sample)}.`)
  }
  const count = await resumePaused(app, { edition, actor: 'cli', reason })
  console.log(`${plural(count, 'delivery is', 'deliveries are')} due again.`)
}

async function preview(app: App, options: PreviewOptions): Promise<void> {
  const { topics, reader, html } = options
  if ((topics === undefined) === (reader === undefined))
    throw new UserError('Choose one of --reader EMAIL and --topics SLUGS.')
  const digest = reader === undefined ? await sampleDigest(app, options) : await digestOf(app, reader)
  if (digest) console.log(html ? digest.html : `${digest.subject}\n\n${digest.text}`)
}

async function digestOf(app: App, reader: string): Promise<RenderedMail | undefined> {
  const found = await previewForReader(app, parseArgument(addressSchema, reader, '--reader'))
  if (found.kind === 'mail') return found.mail
  console.error(`The reader would get no digest: ${found.reason}.`)
  return undefined
}

async function sampleDigest(app: App, { topics = '', hours }: PreviewOptions): Promise<RenderedMail> {
  const mail = await previewDigest(app, topics.split(','), parseArgument(hoursSchema, hours, '--hours'))
  return { ...mail, html: withoutPersonalLinks(mail.html, 'html'), text: withoutPersonalLinks(mail.text, 'text') }
}

/** A part of a mail with words in the places of a reader's own links. */
function withoutPersonalLinks(part: string, as: 'html' | 'text'): string {
  const links = placeholders.map((placeholder): [Placeholder, string] => [placeholder, "(the reader's own link)"])
  return fillPlaceholders(part, { ...Object.fromEntries(links), address: sampleAddress }, as)
}

const sampleAddress = 'reader@example.org'
