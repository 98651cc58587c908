import { Command } from 'commander'
import type { App } from '../app.ts'
import { noteSchema, planCorrection, sendCorrection } from '../delivery/send-correction.ts'
import { plural } from '../platform/text/plural.ts'
import { itemArgument, parseArgument, whichItem } from './arguments.ts'
import { sampled } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Options = { note: string; dryRun?: boolean }

/** `sitrep corrections send`. */
export function correctionsCommand(withApp: WithApp): Command {
  const corrections = new Command('corrections').description('mail a correction to those who got an item')
  corrections
    .command('send')
    .description('mail a note to exactly those who got an item; the same note goes to nobody twice')
    .argument('<item>', whichItem)
    .requiredOption('--note <text>', 'what was wrong and what is right; readers and the audit log get it')
    .option('--dry-run', 'only print who would get the correction')
    .addHelpText('after', '\nExample:\n  sitrep corrections send 12 --note "The figure was 400, not 4,000." --dry-run')
    .action((sent: string, options: Options) => {
      const asked = { item: itemArgument(sent), note: parseArgument(noteSchema, options.note, '--note') }
      return onDatabase(withApp, (app) => send(app, asked, options.dryRun))
    })
  return corrections
}

async function send(app: App, asked: { item: number; note: string }, dryRun?: boolean): Promise<void> {
  const { count, sample, underWay } = await planCorrection(app, asked)
  if (underWay > 0) console.error(stillUnderWay(underWay, asked.item))
  if (dryRun && count > 0)
    return console.log(`${plural(count, 'reader')} would get the correction${sampled(count, sample)}.`)
  const sent = dryRun ? 0 : await sendCorrection(app, { ...asked, actor: 'cli' })
  if (sent === 0) return console.log(nobody)
  console.log(`Queued the correction for ${plural(sent, 'reader')}.`)
}

const nobody =
  'No reader would get the correction: nobody got the item, or all who did were sent this note or get no mail now.'

const stillUnderWay = (count: number, item: number): string =>
  `${plural(count, 'mail')} with item ${item} ${count === 1 ? 'is' : 'are'} still on the way. To stop what is not begun, hold the item. Then run this command again: it mails those who got the item in the meantime.`
