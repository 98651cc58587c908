import { Command, Option } from 'commander'
import { type AcceptPlan, planAccept } from '../admin/plan-accept.ts'
import type { App } from '../app.ts'
import { changeFeedSettings, pollFeedsNow, removeFeed, settleHeld } from '../feeds/manage-feeds.ts'
import { exportOpml } from '../feeds/opml.ts'
import { feedHealth } from '../feeds/rules/health.ts'
import { everySchema, formatEvery } from '../feeds/rules/own-interval.ts'
import { type FeedRow, listFeeds } from '../feeds/store/feed-views.ts'
import { plural } from '../platform/text/plural.ts'
import { parseArgument } from './arguments.ts'
import { addCommand, importCommand } from './feeds-add.ts'
import { moveCommand } from './feeds-move.ts'
import { printRows, type Row, sampled } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type SetOptions = {
  fullText?: string
  republish?: string
  digestOnly?: string
  folder?: string
  publisher?: string
  every?: string
}

/** `sitrep feeds add|import|export|list|poll|move|remove|accept|skip|set`. */
export function feedsCommand(withApp: WithApp): Command {
  return new Command('feeds')
    .description('add, list and manage feeds')
    .addCommand(addCommand(withApp))
    .addCommand(importCommand(withApp))
    .addCommand(exportCommand(withApp))
    .addCommand(listCommand(withApp))
    .addCommand(pollCommand(withApp))
    .addCommand(moveCommand(withApp))
    .addCommand(removeCommand(withApp))
    .addCommand(acceptCommand(withApp))
    .addCommand(skipCommand(withApp))
    .addCommand(setCommand(withApp))
}

function exportCommand(withApp: WithApp): Command {
  return new Command('export')
    .description('print all feeds as OPML')
    .action(() => onDatabase(withApp, async (app) => void process.stdout.write(await exportOpml(app))))
}

function listCommand(withApp: WithApp): Command {
  return new Command('list')
    .description('list all feeds and their health')
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) => onDatabase(withApp, (app) => list(app, json)))
}

function pollCommand(withApp: WithApp): Command {
  return new Command('poll')
    .description('poll one feed or all feeds now; this needs a running worker')
    .argument('[url]')
    .action((url?: string) =>
      onDatabase(withApp, async (app) => {
        const count = await pollFeedsNow(app, url, 'cli')
        console.log(`${plural(count, 'feed')} will be polled now. This needs a running worker.`)
      }),
    )
}

function removeCommand(withApp: WithApp): Command {
  return new Command('remove')
    .description('stop polling a feed; its items are kept')
    .argument('<url>')
    .action((url: string) =>
      onDatabase(withApp, async (app) => {
        await removeFeed(app, url, 'cli')
        console.log(`Removed: ${url}. Its items are kept.`)
      }),
    )
}

function acceptCommand(withApp: WithApp): Command {
  return new Command('accept')
    .description('accept the new entries of a held feed as news')
    .argument('<url>')
    .option('--dry-run', 'only print who would get mail')
    .action((url: string, { dryRun }: { dryRun?: boolean }) =>
      onDatabase(withApp, async (app) => {
        if (dryRun) return console.log(acceptLines(await planAccept(app, url)).join('\n'))
        const count = await settleHeld(app, url, 'accept', 'cli')
        console.log(`${plural(count, 'entry counts', 'entries count')} as news now.`)
      }),
    )
}

function skipCommand(withApp: WithApp): Command {
  return new Command('skip')
    .description('keep the new entries of a held feed, but send no mail about them')
    .argument('<url>')
    .option('--dry-run', 'only print how many entries these are')
    .action((url: string, { dryRun }: { dryRun?: boolean }) =>
      onDatabase(withApp, async (app) => {
        if (dryRun) {
          const { entries } = await planAccept(app, url)
          return console.log(`${plural(entries, 'entry', 'entries')} would be kept without mail.`)
        }
        const count = await settleHeld(app, url, 'skip', 'cli')
        console.log(`${plural(count, 'entry is', 'entries are')} kept without mail.`)
      }),
    )
}

function setCommand(withApp: WithApp): Command {
  return new Command('set')
    .description('change the settings of a feed; they apply to new items')
    .argument('<url>')
    .addOption(onOff('--full-text <on|off>', 'fetch the page of each item, for feeds that have only summaries'))
    .addOption(onOff('--republish <on|off>', 'show full texts to everybody; only with permission of the publisher'))
    .addOption(onOff('--digest-only <on|off>', 'let digests tell its claims, and never an alert'))
    .option('--folder <name>', 'the folder of the feed; an empty name for none')
    .option('--publisher <name>', 'feeds of one publisher count as one source; an empty name for that of its site')
    .option(
      '--every <time>',
      'how often it is polled, such as 5m or 2h, if its server allows that; auto for our own choice',
    )
    .action((url: string, { fullText, republish, digestOnly, every, ...names }: SetOptions) =>
      onDatabase(withApp, async (app) => {
        const everyS = every === undefined ? undefined : parseArgument(everySchema, every, '--every')
        const switches = { fullText: isOn(fullText), republish: isOn(republish), digestOnly: isOn(digestOnly) }
        const changes = { ...switches, ...names, everyS }
        const changed = await changeFeedSettings(app, url, changes, 'cli')
        console.log(changed ? `Changed: ${url}.` : `Nothing to change: ${url} has these settings already.`)
      }),
    )
}

const onOff = (flags: string, description: string) => new Option(flags, description).choices(['on', 'off'])

const isOn = (value: string | undefined) => (value === undefined ? undefined : value === 'on')

async function list({ db, now }: App, json?: boolean): Promise<void> {
  const rowOf = json ? rowForPrograms : rowForPeople
  const rows = (await listFeeds(db)).map((feed) => rowOf(feed, now()))
  printRows(rows, { json, empty: 'There are no feeds. Add one with `sitrep feeds add URL`.' })
}

function rowForPeople(feed: FeedRow, now: Temporal.Instant): Row {
  const { title, url, items, digest_only, own_interval_s: ownS } = feed
  const mails = digest_only ? 'digest only' : 'alerts, digests'
  const every = ownS === null ? 'auto' : formatEvery(ownS)
  return { feed: title || url, url, items, mails, every, health: feedHealth(feed, now).sentence }
}

function rowForPrograms(feed: FeedRow, now: Temporal.Instant): Row {
  const { word: health, sentence } = feedHealth(feed, now)
  return {
    url: feed.url,
    title: feed.title,
    state: feed.state,
    items: feed.items,
    polled: feed.last_polled_at,
    next: feed.next_poll_at,
    failures: feed.failures,
    error: feed.last_error,
    folder: feed.folder,
    digestOnly: feed.digest_only,
    publisher: feed.publisher,
    every: feed.own_interval_s,
    health,
    sentence,
  }
}

function acceptLines({ entries, read, alerts, digests }: AcceptPlan): string[] {
  const basis = read < entries ? ` The next lines cover only the first ${plural(read, 'entry', 'entries')}.` : ''
  const these = entries === 1 ? 'this entry' : 'these entries'
  return [
    `${plural(entries, 'entry', 'entries')} would count as news.${basis}`,
    `${plural(alerts.count, 'reader')} would get an alert${sampled(alerts.count, alerts.sample)}.`,
    `${plural(digests.count, 'reader')} could get ${these} in the next digest${sampled(digests.count, digests.sample)}.`,
  ]
}
