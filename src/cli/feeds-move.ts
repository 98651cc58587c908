import { Command } from 'commander'
import type { App } from '../app.ts'
import { moveFeedTo } from '../feeds/move-feed.ts'
import { type MovedEntry, type MovePlan, planMove } from '../feeds/plan-move.ts'
import { plural } from '../platform/text/plural.ts'
import { UserError } from '../platform/user-error.ts'
import { confirmed } from './confirmed.ts'
import { dryRunNote } from './dry-run-note.ts'
import { entryDay, feedHead } from './feed-lines.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type MoveOptions = { force?: boolean; yes?: boolean; dryRun?: boolean }

/** `sitrep feeds move OLD NEW`: shows what is known at the new address, asks, and moves the feed. */
export function moveCommand(withApp: WithApp): Command {
  return new Command('move')
    .description('give a feed its new URL; it keeps its items, readers and settings')
    .argument('<old>', 'the URL of a feed in the list')
    .argument('<new>', 'the new URL of the feed, or of a page that links to it')
    .option('--force', 'move it although it has no entry of the feed')
    .option('--dry-run', 'only print what the move would do')
    .option('--yes', 'do not ask')
    .action((from: string, to: string, options: MoveOptions) =>
      onDatabase(withApp, (app) => move(app, from, to, options)),
    )
}

async function move(app: App, from: string, to: string, { force, yes, dryRun }: MoveOptions): Promise<void> {
  const plan = await planMove(app, from, to)
  const text = movePlanText(plan)
  if (dryRun) return console.log(`${text}\n${dryRunNote()}`)
  if (plan.sharesNothing && !force)
    throw new UserError(`${plan.to} has no entry of ${plan.feed.url}. Use --force if it is the same feed all the same.`)
  console.error(text)
  if (!yes && !(await confirmed(`Move the feed to ${plan.to}?`))) return console.error('The feed was not moved.')
  await moveFeedTo(app, from, plan.to, 'cli')
  console.log(`Moved ${plan.feed.url} to ${plan.to}. A worker polls it next.`)
}

/** What a move would do, for the terminal: the counts of entries, and the newest ones. */
function movePlanText({ title, entries, known, news, old, newest }: MovePlan): string {
  const counts = [
    `${plural(known, 'is', 'are')} known`,
    `${plural(news, 'may be mailed as news', 'may be mailed as news')}`,
    `${plural(old, 'is kept without mail', 'are kept without mail')}`,
  ]
  return [`${feedHead({ title, entries })}. ${counts.join(', ')}.`, ...newest.map(lineOf)].join('\n')
}

const lineOf = ({ title, publishedAt, kind }: MovedEntry) => `  ${entryDay(publishedAt)}  ${kind.padEnd(5)}  ${title}`
