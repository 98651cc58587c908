import { Command } from 'commander'
import type { App } from '../app.ts'
import { listItems } from '../editions/store/withheld-items.ts'
import { type ItemAct, planRelease, releaseItem, withholdItem } from '../editions/withhold-item.ts'
import type { Withheld } from '../platform/db/tables/feeds.ts'
import { shorten } from '../platform/text/shorten.ts'
import { askedItem } from '../readers/asked-item.ts'
import { itemArgument, limitOption, requireReason, whichItem } from './arguments.ts'
import { itemsWhoCommand } from './items-who.ts'
import { releasedWords, withheldWords } from './items-words.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type ListOptions = { withheld?: boolean; limit: string; json?: boolean }
type ActOptions = { reason: string; dryRun?: boolean }

/** `sitrep items list|who|hold|release|withdraw`. */
export function itemsCommand(withApp: WithApp): Command {
  const items = new Command('items').description('list items, say who got one, and hold, release or withdraw one')
  items
    .command('list')
    .description('list items, newest first')
    .option('--withheld', 'only those that are held or withdrawn')
    .option('--limit <n>', 'at most n items', '50')
    .option('--json', 'print one JSON array')
    .action((options: ListOptions) => onDatabase(withApp, (app) => list(app, options)))
  items.addCommand(itemsWhoCommand(withApp))
  for (const [name, { about, act, example }] of Object.entries(acts)) {
    items
      .command(name)
      .description(about)
      .argument('<id>', whichItem)
      .requiredOption('--reason <text>', 'why; it is kept in the audit log')
      .option('--dry-run', 'only print what would happen')
      .addHelpText('after', `\nExample:\n  sitrep items ${name} ${example}`)
      .action((sent: string, { reason, dryRun }: ActOptions) => {
        const asked = { item: itemArgument(sent), actor: 'cli', reason: requireReason(reason), dryRun }
        return onDatabase(withApp, async (app) => console.log(await act(app, asked)))
      })
  }
  return items
}

type Act = { about: string; example: string; act(app: App, asked: ItemAct): Promise<string> }

const acts: Record<string, Act> = {
  hold: {
    about:
      'keep an item out of all mails, pages and feeds until it is released; mails that a relay has taken stay sent',
    example: '12 --reason "the figure is doubtful" --dry-run',
    act: (app, asked) => withhold(app, asked, 'held'),
  },
  release: {
    about: 'let mails, pages and feeds tell a held item again; it says whether readers who missed it still get it',
    example: '12 --reason "the publisher confirms it"',
    act: release,
  },
  withdraw: {
    about: 'keep an item out of all mails, pages and feeds for ever; its page says so, with the reason',
    example: '12 --reason "the report was invented"',
    act: (app, asked) => withhold(app, asked, 'withdrawn'),
  },
}

async function withhold(app: App, asked: ItemAct, as: Withheld): Promise<string> {
  const done = await withholdItem(app, { ...asked, as })
  if (done.kind === 'already') return `Item ${asked.item} is ${as} already; nothing has changed.`
  return withheldWords(asked, as, done)
}

async function release(app: App, asked: ItemAct): Promise<string> {
  const done = await (asked.dryRun ? planRelease(app, await askedItem(app, asked.item)) : releaseItem(app, asked))
  if (done.kind === 'already') return `Item ${asked.item} is not held; nothing has changed.`
  return releasedWords(asked, done)
}

async function list({ db }: App, { withheld, limit, json }: ListOptions): Promise<void> {
  const found = await listItems(db, { withheld, limit: limitOption(limit, 500) })
  const rows = found.map(
    ({ id, feed, title, url, seen, withheld: state, withheld_reason: reason, withheld_at: since }) =>
      json
        ? { id, feed, title, url, seen, withheld: state, reason, since }
        : { id, seen, withheld: state, reason, feed, title: shorten(title, 80) },
  )
  printRows(rows, { json, empty: withheld ? 'No item is held or withdrawn.' : 'There are no items yet.' })
}
