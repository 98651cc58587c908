import { Command } from 'commander'
import { planAccept } from '../admin/plan-accept.ts'
import type { App } from '../app.ts'
import { addFeed, pollFeedsNow, removeFeed, settleHeld } from '../feeds/manage-feeds.ts'
import { exportOpml, importOpml } from '../feeds/opml.ts'
import { lookAtFeed } from '../feeds/preview-feed.ts'
import { feedHealth } from '../feeds/rules/health.ts'
import { type FeedRow, listFeeds } from '../feeds/store/feed-views.ts'
import { feedPreviewText } from './feed-preview.ts'
import { setCommand } from './feeds-set.ts'
import { acceptPlanLines } from './plan-lines.ts'
import { printRows, type Row } from './print.ts'
import { agreed, progressBar } from './terminal.ts'
import { textOf } from './text-of.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep feeds add|import|export|list|poll|remove|accept|skip`. */
export function feedsCommand(withApp: WithApp): Command {
  const feeds = new Command('feeds').description('what is polled')
  feeds
    .command('add')
    .description('poll a feed, or the feed of a page, from now on; what was found is shown first')
    .argument('<url>', 'the address of a feed or of a page')
    .option('--folder <name>', 'a folder to keep it in')
    .option('--yes', 'do not ask')
    .action((url: string, options: AddOptions) => onDatabase(withApp, (app) => add(app, url, options)))
  feeds
    .command('import')
    .description('add the feeds of an OPML file')
    .argument('<file>')
    .option('--json', 'one JSON array of what became of each')
    .action((file: string, { json }: { json?: boolean }) =>
      onDatabase(withApp, async (app) => importFile(app, await textOf(file), json)),
    )
  feeds
    .command('export')
    .description('write all feeds as OPML to standard output')
    .action(() => onDatabase(withApp, async (app) => void process.stdout.write(await exportOpml(app))))
  feeds
    .command('list')
    .description('every feed and how it is')
    .option('--json', 'one JSON array')
    .action(({ json }: { json?: boolean }) => onDatabase(withApp, (app) => list(app, json)))
  feeds
    .command('poll')
    .description('make one feed due now, or all; the worker polls them')
    .argument('[url]')
    .action((url?: string) =>
      onDatabase(withApp, async (app) =>
        console.log(`Due now: ${await pollFeedsNow(app, url, 'cli')}. A running worker polls them.`),
      ),
    )
  feeds
    .command('remove')
    .description('poll a feed no more; what it brought stays, since editions cite it')
    .argument('<url>')
    .action((url: string) => onDatabase(withApp, (app) => removeFeed(app, url, 'cli')))
  for (const decision of ['accept', 'skip'] as const) {
    feeds
      .command(decision)
      .description(
        decision === 'accept'
          ? 'what a held feed brought at once is news'
          : 'what a held feed brought at once is kept, but not mailed',
      )
      .argument('<url>')
      .option('--dry-run', 'only say to whom it would go')
      .action((url: string, { dryRun }: { dryRun?: boolean }) =>
        onDatabase(withApp, async (app) =>
          console.log(
            dryRun
              ? await prospect(app, url, decision)
              : `${decision === 'accept' ? 'Accepted' : 'Skipped'}: ${await settleHeld(app, url, decision, 'cli')} reports.`,
          ),
        ),
      )
  }
  feeds.addCommand(setCommand(withApp))
  return feeds
}

async function prospect(app: App, url: string, decision: 'accept' | 'skip'): Promise<string> {
  const plan = await planAccept(app, url)
  return decision === 'accept' ? acceptPlanLines(plan).join('\n') : `${plan.reports} would be kept, and nobody mailed.`
}

type AddOptions = { folder?: string; yes?: boolean }

/** A feed that is known is not asked for again; one out of reach is added all the same, with a word about it. */
async function add(app: App, address: string, { folder, yes }: AddOptions): Promise<void> {
  const found = await lookAtFeed(app, address, { read: 1 })
  if (found.kind === 'polled') return console.log(`${found.feed.url} is polled already.`)
  if (found.kind === 'unreachable')
    console.error(`It cannot be looked at now: ${found.reason}. It is asked again later.`)
  else console.error(feedPreviewText(found.preview))
  if (found.kind === 'found' && found.others.length)
    console.error(`The page has other feeds too: ${found.others.map((other) => other.url).join(', ')}`)
  if (!yes && !(await agreed(`Add ${found.url}?`))) return console.error('Not added.')
  const { kind, feed } = await addFeed(app, found.url, 'cli', folder)
  console.log(kind === 'added' ? `Added ${feed.url}; it is due now.` : `${feed.url} is polled already.`)
}

async function importFile(app: App, text: string, json?: boolean): Promise<void> {
  const results = await importOpml(app, text, 'cli', { onProgress: progressBar })
  const count = (kind: string) => results.filter((result) => result.kind === kind).length
  console.error(`Added ${count('added')}, known already ${count('known')}, failed ${count('failed')}.`)
  const told = results.filter(({ note }) => note)
  printRows(json ? results : told, { json, empty: '' })
}

async function list({ db, now }: App, json?: boolean): Promise<void> {
  const feeds = await listFeeds(db)
  if (!json)
    return printRows(
      feeds.map((feed) => inWords(feed, now())),
      { empty },
    )
  const rows = feeds.map((feed) => ({
    url: feed.url,
    title: feed.title,
    state: feed.state,
    items: feed.items,
    polled: feed.last_polled_at,
    next: feed.next_poll_at,
    failures: feed.failures,
    error: feed.last_error,
    folder: feed.folder,
    ...{ health: feedHealth(feed, now()).word, sentence: feedHealth(feed, now()).sentence },
  }))
  printRows(rows, { json, empty })
}

const empty = 'No feed is polled; add one with `sitrep feeds add URL`.'

function inWords(feed: FeedRow, now: Temporal.Instant): Row {
  return {
    feed: feed.title || feed.url,
    url: feed.url,
    items: feed.items,
    health: feedHealth(feed, now).sentence,
  }
}
