import { Command } from 'commander'
import { addFeed, pollFeeds, removeFeed } from '../actions/feeds.ts'
import { listFeeds } from '../store/feeds.ts'
import { countItems } from '../store/items.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep feeds add|list|poll|remove`. */
export function feedsCommand(withApp: WithApp): Command {
  const feeds = new Command('feeds').description('what is polled')
  feeds
    .command('add')
    .description('poll a feed from now on')
    .argument('<url>')
    .action((url: string) =>
      onDatabase(withApp, async (app) => {
        const { kind, feed } = await addFeed(app, url, 'cli')
        console.log(kind === 'added' ? `Added ${feed.url}; it is due now.` : `${feed.url} is polled already.`)
      }),
    )
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
        console.log(`Due now: ${await pollFeeds(app, url)}. A running worker polls them.`),
      ),
    )
  feeds
    .command('remove')
    .description('poll a feed no more; what it brought stays, since editions cite it')
    .argument('<url>')
    .action((url: string) => onDatabase(withApp, (app) => removeFeed(app, url, 'cli')))
  return feeds
}

async function list({ db }: Parameters<typeof addFeed>[0], json?: boolean): Promise<void> {
  const items = await countItems(db)
  const rows = (await listFeeds(db)).map((feed) => ({
    url: feed.url,
    title: feed.title,
    state: feed.state,
    items: items.get(feed.id) ?? 0,
    polled: feed.last_polled_at,
    next: feed.next_poll_at,
    failures: feed.failures,
    error: feed.last_error,
  }))
  printRows(rows, { json, empty: 'No feed is polled; add one with `sitrep feeds add URL`.' })
}
