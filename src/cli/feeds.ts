import { Command } from 'commander'
import { addFeed, pollFeeds, removeFeed, settleHeld } from '../actions/feeds.ts'
import type { App } from '../app.ts'
import { feedHealth } from '../domain/feed-health.ts'
import { type Feed, listFeeds } from '../store/feeds.ts'
import { countItems } from '../store/items.ts'
import { setCommand } from './feeds-set.ts'
import { printRows, type Row } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep feeds add|list|poll|remove|accept|skip`. */
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
  for (const decision of ['accept', 'skip'] as const) {
    feeds
      .command(decision)
      .description(
        decision === 'accept'
          ? 'what a held feed brought at once is news'
          : 'what a held feed brought at once is kept, but not mailed',
      )
      .argument('<url>')
      .action((url: string) =>
        onDatabase(withApp, async (app) =>
          console.log(
            `${decision === 'accept' ? 'Accepted' : 'Skipped'}: ${await settleHeld(app, url, decision, 'cli')} reports.`,
          ),
        ),
      )
  }
  feeds.addCommand(setCommand(withApp))
  return feeds
}

async function list({ db, now }: App, json?: boolean): Promise<void> {
  const items = await countItems(db)
  const feeds = await listFeeds(db)
  if (!json)
    return printRows(
      feeds.map((feed) => inWords(feed, items, now())),
      { empty },
    )
  const rows = feeds.map((feed) => ({
    url: feed.url,
    title: feed.title,
    state: feed.state,
    items: items.get(feed.id) ?? 0,
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

function inWords(feed: Feed, items: Map<number, number>, now: Temporal.Instant): Row {
  return {
    feed: feed.title || feed.url,
    url: feed.url,
    items: items.get(feed.id) ?? 0,
    health: feedHealth(feed, now).sentence,
  }
}
