import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { countItemSteps, type ItemReader, readersOfItem } from '../editions/item-audience.ts'
import { type ItemStep, itemSteps, stepWords } from '../editions/rules/item-step.ts'
import { type ItemState, knownItem } from '../editions/store/withheld-items.ts'
import { addressSchema } from '../platform/address.ts'
import { missingMails } from '../platform/kept-since.ts'
import { shorten } from '../platform/text/shorten.ts'
import { UserError } from '../platform/user-error.ts'
import { askedItem } from '../readers/asked-item.ts'
import { itemArgument, parseArgument, whichItem } from './arguments.ts'
import { printPages, printRows, type Row } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Options = { reader?: string; step?: string; json?: boolean }

const stepSchema = z.enum(itemSteps, `Choose one of: ${itemSteps.join(', ')}.`).optional()

/** `sitrep items who ID`. */
export function itemsWhoCommand(withApp: WithApp): Command {
  return new Command('who')
    .description('say who got an item, who did not, and at which step each reader fell out')
    .argument('<id>', whichItem)
    .option('--reader <email>', 'only one reader, with each subscription')
    .option('--step <step>', `list the readers at one step: ${itemSteps.join(', ')}`)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  sitrep items who 12\n  sitrep items who 12 --reader anna@example.org\n  sitrep items who 12 --step "quiet hours"',
    )
    .action((sent: string, options: Options) => {
      const id = itemArgument(sent)
      const email = parseArgument(addressSchema.optional(), options.reader, '--reader')
      const step = parseArgument(stepSchema, options.step, '--step')
      return onDatabase(withApp, async (app) => {
        const item = await knownItem(app.db, id)
        const missing = missingMails(app, item.seen)
        if (missing) console.error(missing)
        if (email !== undefined) return showReader(app, item, email, options.json)
        if (step !== undefined) return listReaders(app, item, step, options.json)
        return showCounts(app, item, options.json)
      })
    })
}

async function showCounts(app: App, item: ItemState, json?: boolean): Promise<void> {
  const counts = await countItemSteps(app.db, await askedItem(app, item.id))
  if (json)
    return console.log(
      JSON.stringify({ ...aboutItem(item), steps: counts.map(({ step, count }) => ({ step, count })) }),
    )
  console.log(titleOf(item))
  const rows = counts.map(({ step, count, sample }) => ({
    readers: count,
    step,
    meaning: stepWords[step],
    for_example: `${sample.slice(0, 2).join(', ')}${count > 2 ? '…' : ''}`,
  }))
  printRows(rows, { empty: 'There are no readers yet.' })
}

async function listReaders(app: App, item: ItemState, wanted: ItemStep, json?: boolean): Promise<void> {
  const pages = async function* (): AsyncGenerator<Row[]> {
    for await (const page of readersOfItem(app.db, await askedItem(app, item.id))) {
      const rows = page.filter(({ step }) => step === wanted).map(rowOf)
      if (rows.length > 0) yield rows
    }
  }
  await printPages(pages(), { json, empty: `No reader is at the step “${wanted}”.` })
}

const rowOf = ({ email, step, mail }: ItemReader): Row => ({
  reader: email,
  step,
  edition: mail?.edition ?? null,
  state: mail?.state ?? null,
  reason: mail?.reason ?? null,
  at: mail?.at ?? null,
})

async function showReader(app: App, item: ItemState, email: string, json?: boolean): Promise<void> {
  const { value: [reader] = [] } = await readersOfItem(app.db, await askedItem(app, item.id), email).next()
  if (!reader) throw new UserError(`There is no reader ${email}.`)
  if (json) return console.log(JSON.stringify({ ...aboutItem(item), reader }))
  const { step, mail, subscriptions } = reader as ItemReader
  const lines = [
    titleOf(item),
    `${email}: ${step}: ${stepWords[step]}.`,
    ...(mail ? [`The mail ${mail.edition}: ${mail.state}${mail.reason ? `, ${mail.reason}` : ''}, ${mail.at}.`] : []),
    ...subscriptions.map((one) => `Subscription ${one.id} (${one.cadence}): ${one.step}: ${stepWords[one.step]}.`),
  ]
  console.log(lines.join('\n'))
}

const aboutItem = ({ id, title, withheld, withheld_reason: reason }: ItemState) => ({
  item: id,
  title,
  withheld,
  reason,
})

const titleOf = ({ id, title, withheld }: ItemState): string =>
  `Item ${id}${withheld ? ` (${withheld})` : ''}: ${shorten(title, 120)}`
