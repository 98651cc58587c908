import { Command, Option } from 'commander'
import { type AcceptPlan, planAccept } from '../admin/plan-accept.ts'
import type { App } from '../app.ts'
import { changeFeedSettings, pollFeedsNow, removeFeed, settleHeld } from '../feeds/manage-feeds.ts'
import { exportOpml } from '../feeds/opml.ts'
import { feedHealth } from '../feeds/rules/health.ts'
import { type FeedRow, listFeeds } from '../feeds/store/feed-views.ts'
import { plural } from '../platform/text/plural.ts'
import { addCommand, importCommand } from './feeds-add.ts'
import { printRows, type Row, sampled } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type SetOptions = { fullText?: string; republish?: string; folder?: string }

/** `sitrep feeds add|import|export|list|poll|remove|accept|skip|set`. */
export function feedsCommand(withApp: WithApp): Command {
  return new Command('feeds')
    .description('add, list and manage the feeds that are polled')
    .addCommand(addCommand(withApp))
    .addCommand(importCommand(withApp))
    .addCommand(exportCommand(withApp))
    .addCommand(listCommand(withApp))
    .addCommand(pollCommand(withApp))
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
    .description('make one feed or all feeds due now; a running worker polls them')
    .argument('[url]')
    .action((url?: string) =>
      onDatabase(withApp, async (app) => {
        const count = await pollFeedsNow(app, url, 'cli')
        console.log(`Due now: ${plural(count, 'feed')}. A running worker polls them.`)
      }),
    )
}

function removeCommand(withApp: WithApp): Command {
  return new Command('remove')
    .description('stop polling a feed; its reports stay, since editions cite them')
    .argument('<url>')
    .action((url: string) => onDatabase(withApp, (app) => removeFeed(app, url, 'cli')))
}

function acceptCommand(withApp: WithApp): Command {
  return new Command('accept')
    .description('accept the reports of a held feed as news')
    .argument('<url>')
    .option('--dry-run', 'only print who would get mail')
    .action((url: string, { dryRun }: { dryRun?: boolean }) =>
      onDatabase(withApp, async (app) => {
        if (dryRun) return console.log(acceptLines(await planAccept(app, url)).join('\n'))
        console.log(`Accepted: ${plural(await settleHeld(app, url, 'accept', 'cli'), 'report')}.`)
      }),
    )
}

function skipCommand(withApp: WithApp): Command {
  return new Command('skip')
    .description('keep the reports of a held feed, but send no mail about them')
    .argument('<url>')
    .option('--dry-run', 'only print how many reports these are')
    .action((url: string, { dryRun }: { dryRun?: boolean }) =>
      onDatabase(withApp, async (app) => {
        if (!dryRun) return console.log(`Skipped: ${plural(await settleHeld(app, url, 'skip', 'cli'), 'report')}.`)
        const { reports } = await planAccept(app, url)
        console.log(`${plural(reports, 'report')} would be kept, and no mail sent.`)
      }),
    )
}

function setCommand(withApp: WithApp): Command {
  return new Command('set')
    .description('change how a feed is read, shown and filed from now on')
    .argument('<url>')
    .addOption(onOff('--full-text <on|off>', 'fetch the page of each item, for feeds that have only summaries'))
    .addOption(onOff('--republish <on|off>', 'show whole texts to everybody; only with permission of the publisher'))
    .option('--folder <name>', 'the folder of the feed; an empty name for none')
    .action((url: string, { fullText, republish, folder }: SetOptions) =>
      onDatabase(withApp, async (app) => {
        const changes = { fullText: isOn(fullText), republish: isOn(republish), folder }
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
  printRows(rows, { json, empty: 'No feed is polled; add one with `sitrep feeds add URL`.' })
}

function rowForPeople(feed: FeedRow, now: Temporal.Instant): Row {
  return { feed: feed.title || feed.url, url: feed.url, items: feed.items, health: feedHealth(feed, now).sentence }
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
    health,
    sentence,
  }
}

function acceptLines({ reports, read, alerts, digests }: AcceptPlan): string[] {
  const basis = read < reports ? `; the next lines are about the first ${read}` : ''
  return [
    `${plural(reports, 'report')} would be news${basis}.`,
    `${plural(alerts.count, 'reader')} would get an alert${sampled(alerts.count, alerts.sample)}.`,
    `${plural(digests.count, 'reader')} could find them in the next digest${sampled(digests.count, digests.sample)}.`,
  ]
}
