import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { type CorrectionRequest, noteSchema, planCorrection, sendCorrection } from '../delivery/send-correction.ts'
import type { ToldWording } from '../editions/store/item-corrections.ts'
import { knownItem } from '../editions/store/withheld-items.ts'
import { missingMails } from '../platform/kept-since.ts'
import { plural } from '../platform/text/plural.ts'
import { shorten } from '../platform/text/shorten.ts'
import { itemArgument, parseArgument, whichItem } from './arguments.ts'
import { sampled } from './print.ts'
import { onDatabaseToLink, type WithApp } from './with-app.ts'

type Options = { note: string; takeaways?: string; dryRun?: boolean }

const takeawaysProblem = 'Give numbers with commas between them, as in 345,346; --dry-run lists them.'
const takeawaysSchema = z
  .string()
  .regex(/^ *[1-9]\d{0,14}( *, *[1-9]\d{0,14})* *$/, takeawaysProblem)
  .transform((text) => text.split(',').map(Number))
  .optional()

/** `sitrep corrections send`. */
export function correctionsCommand(withApp: WithApp): Command {
  const corrections = new Command('corrections').description('mail a correction to those who got an item')
  corrections
    .command('send')
    .description('mail a note to exactly those who got an item; the same note goes to nobody twice')
    .argument('<item>', whichItem)
    .requiredOption('--note <text>', 'what was wrong and what is right; readers and the audit log get it')
    .option(
      '--takeaways <numbers>',
      'what was wrong of the item, by its numbers in --dry-run; without it, the whole item',
    )
    .option('--dry-run', 'only print who would get the correction, and what mails told of the item')
    .addHelpText(
      'after',
      '\nExamples:\n  sitrep corrections send 12 --note "The figure was 400, not 4,000." --dry-run\n  sitrep corrections send 12 --takeaways 345 --note "The figure was 400, not 4,000."',
    )
    .action((sent: string, options: Options) => {
      const asked = {
        item: itemArgument(sent),
        takeaways: parseArgument(takeawaysSchema, options.takeaways, '--takeaways') ?? [],
        note: parseArgument(noteSchema, options.note, '--note'),
      }
      return onDatabaseToLink(withApp, (app) => send(app, asked, options.dryRun))
    })
  return corrections
}

async function send(app: App, asked: CorrectionRequest, dryRun?: boolean): Promise<void> {
  const missing = missingMails(app, (await knownItem(app.db, asked.item)).seen)
  if (missing) console.error(missing)
  const { count, sample, underWay, told } = await planCorrection(app, asked)
  if (underWay > 0) console.error(stillUnderWay(underWay, asked.item))
  if (dryRun && told.length > 0) console.error(toldWords(asked.item, told))
  if (dryRun && count > 0)
    return console.log(`${plural(count, 'reader')} would get the correction${sampled(count, sample)}.`)
  const sent = dryRun ? 0 : await sendCorrection(app, { ...asked, actor: 'cli' })
  if (sent === 0) return console.log(nobody)
  console.log(`Queued the correction for ${plural(sent, 'reader')}.`)
}

const toldWords = (item: number, told: ToldWording[]): string =>
  [`Mails told these takeaways of item ${item}:`, ...told.map(({ id, text }) => `${id}  ${shorten(text, 160)}`)].join(
    '\n',
  )

const nobody =
  'No reader would get the correction: nobody got the item, or all who did were sent this note or get no mail now.'

const stillUnderWay = (count: number, item: number): string =>
  `${plural(count, 'mail')} with item ${item} ${count === 1 ? 'is' : 'are'} still on the way. To stop what is not begun, hold the item. Then run this command again: it mails those who got the item in the meantime.`
