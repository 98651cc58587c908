import { Command } from 'commander'
import type { App } from '../app.ts'
import { addFeed } from '../feeds/manage-feeds.ts'
import { importOpml } from '../feeds/opml.ts'
import { type FeedPreview, lookAtFeed, type PreviewReading } from '../feeds/preview-feed.ts'
import { formatRate } from '../feeds/rules/publishing-pattern.ts'
import { plural } from '../platform/text/plural.ts'
import { UserError } from '../platform/user-error.ts'
import { sourceLabel } from '../reading/rules/source-label.ts'
import { textOf } from './arguments.ts'
import { confirmed, isTerminal } from './confirmed.ts'
import { entryDay, feedHead } from './feed-lines.ts'
import { printRows } from './print.ts'
import { showProgress } from './progress.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type AddOptions = { folder?: string; yes?: boolean }

/** `sitrep feeds add URL`: shows a preview, asks, and adds the feed. */
export function addCommand(withApp: WithApp): Command {
  return new Command('add')
    .description('show a preview of a feed, or of the feed of a page, and add it')
    .argument('<url>', 'the URL of a feed or of a page')
    .option('--folder <name>', 'a folder for the feed')
    .option('--yes', 'do not ask')
    .action((url: string, options: AddOptions) => onDatabase(withApp, (app) => add(app, url, options)))
}

/** `sitrep feeds import FILE`: adds the feeds of an OPML file. */
export function importCommand(withApp: WithApp): Command {
  return new Command('import')
    .description('add the feeds of an OPML file')
    .argument('<file>', 'an OPML file, or - for standard input')
    .option('--json', 'print one JSON array with the result for each feed')
    .action((file: string, { json }: { json?: boolean }) =>
      onDatabase(withApp, async (app) => importFile(app, await textOf(file), json)),
    )
}

/** The whole search of a feed may take so long: a page with a slow server behind it has many addresses to try. */
const timeoutMs = 40_000

/**
 * Adds a feed after a preview. A feed that cannot be reached now is added too, with a warning. One behind a protection against
 * robots is added only on request, since later polls will fare no better.
 */
async function add(app: App, address: string, { folder, yes }: AddOptions): Promise<void> {
  const found = await lookAtFeed(app, address, { read: 1, signal: AbortSignal.timeout(timeoutMs) })
  if (found.kind === 'polled') return console.log(isListed(found.feed.url))
  console.error(found.kind === 'unreachable' ? unreachableText(found) : feedPreviewText(found.preview))
  if (found.kind === 'found' && found.others.length)
    console.error(`This page has other feeds too: ${found.others.map(({ url }) => url).join(', ')}`)
  const isDoubtful = found.kind === 'unreachable' && found.isProtected
  if (!yes && isDoubtful && !isTerminal()) throw new UserError('The feed was not added. To add it anyway, use --yes.')
  if (!yes && !(await confirmed(`Add ${found.url}?`))) return console.error('The feed was not added.')
  const { kind, feed } = await addFeed(app, found.url, 'cli', { folder, asked: address })
  console.log(kind === 'added' ? `Added ${feed.url}. A worker polls it next.` : isListed(feed.url))
}

const unreachableText = ({ reason, isProtected }: { reason: string; isProtected: boolean }) =>
  `The feed could not be fetched: ${reason}.${isProtected ? '' : ' Sitrep will try again.'}`

const isListed = (url: string) => `This feed is already in the list: ${url}.`

async function importFile(app: App, text: string, json?: boolean): Promise<void> {
  const results = await importOpml(app, text, 'cli', { onProgress: showProgress })
  const count = (kind: string) => results.filter((result) => result.kind === kind).length
  const known = plural(count('known'), 'feed was', 'feeds were')
  console.error(
    `Added ${plural(count('added'), 'feed')}. ${known} already in the list. ${plural(count('failed'), 'feed')} failed.`,
  )
  printRows(json ? results : results.filter(({ note }) => note), { json, empty: '' })
}

const maxTakeaways = 3

/** The preview of a feed for the terminal: its title, its newest entries, and what our reading finds in the newest one. */
export function feedPreviewText({ title, entries, pattern, newest }: FeedPreview): string {
  const rate = pattern ? `, about ${formatRate(pattern)}` : ''
  const lines = newest.map((item) => `  ${entryDay(item.published)}  ${item.title}`)
  const reading = newest[0]?.reading
  const head = `${feedHead({ title, entries })}${rate}`
  if (!newest.length) return `${head}. The feed holds nothing yet. Its first entry will be news.`
  return [head, ...lines, ...(reading ? readingLines(reading) : [])].join('\n')
}

function readingLines(reading: PreviewReading): string[] {
  if (reading.kind === 'unreadable') return [`The newest entry cannot be read: ${reading.reason}.`]
  const { takeaways, topics } = reading
  if (!takeaways.length) return ['No takeaway was found in the newest entry.', adviceOnSummaries]
  const found = `The newest entry has ${plural(takeaways.length, 'takeaway')}`
  const names = topics.map(({ slug }) => slug).join(', ')
  const head = names ? `${found} on ${names}:` : `${found}. No topic matches:`
  const lines = takeaways
    .slice(0, maxTakeaways)
    .map((takeaway) => `  - ${takeaway.text} (${sourceLabel(takeaway).toLowerCase()})`)
  return [head, ...lines]
}

const adviceOnSummaries = 'If the feed has only summaries, add it and run `sitrep feeds set URL --full-text on`.'
