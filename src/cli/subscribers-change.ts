import { Command, Option } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { addressSchema } from '../platform/address.ts'
import { plural } from '../platform/text/plural.ts'
import { UserError } from '../platform/user-error.ts'
import { type AdminChange, endForAdmin, pauseForAdmin, setForAdmin } from '../readers/change-for-admin.ts'
import { eraseReader } from '../readers/erase-reader.ts'
import type { ErasedRows } from '../readers/store/erase.ts'
import { parseArgument, requireReason } from './arguments.ts'
import { type ChoiceOptions, choiceIn } from './choice-options.ts'
import { dryRunNote } from './dry-run-note.ts'
import { onDatabase, onDatabaseToLink, type WithApp } from './with-app.ts'

type ActOptions = { reason: string; dryRun?: boolean }
type SetOptions = ChoiceOptions & ActOptions & { subscription?: string; pauseUntil?: string; resume?: boolean }

const examples = {
  set: `
Examples:
  sitrep subscribers set anna@example.org --at 08:00 --reason "she asked by mail"
  sitrep subscribers set anna@example.org --subscription 17 --topics displacement --reason "she asked by phone"
  sitrep subscribers set anna@example.org --pause-until 2026-12-24 --reason "she is away"`,
  end: `
Example:
  sitrep subscribers end anna@example.org --reason "she answered the digest"`,
  erase: `
Example:
  sitrep subscribers erase anna@example.org --reason "she asked for it on 24 November" --dry-run`,
}

/** `sitrep subscribers set EMAIL`. */
export function setCommand(withApp: WithApp): Command {
  return acting('set', 'change a subscription of a reader, or pause all mail; the reader is told by mail')
    .option('--subscription <id>', 'which one, if the reader has several; `subscribers show` names them')
    .option('--topics <slugs>', 'topics, separated by commas, in their order in the mail')
    .option('--all-topics', 'only takeaways that are on all of the topics')
    .option('--no-all-topics', 'takeaways on any of the topics')
    .option('--feeds <urls>', 'only these feeds, separated by commas; "" for all feeds')
    .option('--places <names>', 'only what tells of these places; "" for all places')
    .option('--languages <codes>', 'only feeds in these languages; "" for all languages')
    .option('--at <time>', 'when a digest is sent')
    .option('--zone <zone>', 'the time zone of that time, and of the quiet hours')
    .option('--weekday <n>', 'the day of a weekly digest, from 1, Monday, to 7')
    .addOption(new Option('--minutes <length>', 'how long a daily digest may take to read').choices(['2', '5', 'all']))
    .option('--quiet-mail', 'send a digest without news, too')
    .option('--no-quiet-mail', 'send no digest without news')
    .option('--quiet <hours>', 'hours in which alerts wait, such as 22:00-06:00, or none')
    .option('--max-alerts <n>', 'so many alerts a day come at most')
    .option('--pause-until <date>', 'pause all mail until the morning of this date, such as 2026-12-24')
    .option('--resume', 'end the pause of all mail')
    .addHelpText('after', examples.set)
    .action((email: string, options: SetOptions) => onDatabaseToLink(withApp, (app) => set(app, email, options)))
}

/** `sitrep subscribers end EMAIL`. */
export function endCommand(withApp: WithApp): Command {
  return acting('end', 'end all subscriptions of a reader; the reader is told by mail')
    .addHelpText('after', examples.end)
    .action((email: string, options: ActOptions) =>
      onDatabaseToLink(withApp, async (app) => {
        const lines = await endForAdmin(app, changeOf(email, options))
        console.log([...lines, afterwards(options.dryRun)].join('\n'))
      }),
    )
}

/** `sitrep subscribers erase EMAIL`. */
export function eraseCommand(withApp: WithApp): Command {
  return acting('erase', 'erase a reader: the address, the choices and the history; the sums of the ledger stay')
    .addHelpText('after', examples.erase)
    .action((email: string, options: ActOptions) =>
      onDatabase(withApp, async (app) => {
        const erased = await eraseReader(app, changeOf(email, options))
        console.log(linesOf(erased, options.dryRun).join('\n'))
      }),
    )
}

const acting = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .argument('<email>')
    .requiredOption('--reason <text>', 'why; it is kept in the audit log, without addresses')
    .option('--dry-run', 'only print what would be done')

const changeOf = (email: string, { reason, dryRun }: ActOptions): AdminChange => ({
  email: parseArgument(addressSchema, email, 'EMAIL'),
  actor: 'cli',
  reason: requireReason(reason),
  dryRun,
})

const dateProblem = 'Give the date as YYYY-MM-DD, such as 2026-12-24.'
const dateSchema = z.iso.date(dateProblem).transform((text) => Temporal.PlainDate.from(text))
const idProblem = 'Give the number of a subscription, as `subscribers show` prints it.'
const idSchema = z.coerce.number(idProblem).int(idProblem).positive(idProblem).optional()

async function set(app: App, email: string, options: SetOptions): Promise<void> {
  const { reason, dryRun, subscription, pauseUntil, resume, ...chosen } = options
  const change = changeOf(email, { reason, ...(dryRun && { dryRun }) })
  const parts = await choiceIn(app, chosen)
  const asked = [Object.keys(parts).length > 0, pauseUntil !== undefined, resume === true].filter(Boolean).length
  if (asked !== 1) throw new UserError('Say what to change: parts of one subscription, --pause-until DATE or --resume.')
  const lines =
    pauseUntil !== undefined || resume
      ? await pauseForAdmin(
          app,
          change,
          pauseUntil === undefined ? null : parseArgument(dateSchema, pauseUntil, '--pause-until'),
        )
      : await setForAdmin(app, change, { subscription: parseArgument(idSchema, subscription, '--subscription'), parts })
  console.log([...lines, afterwards(dryRun)].join('\n'))
}

const afterwards = (dryRun = false): string =>
  dryRun ? dryRunNote() : 'The reader is told by mail, unless the reader gets none now.'

function linesOf(erased: ErasedRows, dryRun = false): string[] {
  const { subscriptions, consents, mutes, labels, bounces, suppressions, caught, kept, unsent, underWay } = erased
  const counts = [
    plural(subscriptions, 'subscription'),
    plural(consents, 'record of consent', 'records of consent'),
    plural(mutes, 'muted story', 'muted stories'),
    plural(bounces, 'bounce'),
    plural(suppressions, 'suppression'),
    plural(caught, 'mail of the local mailbox', 'mails of the local mailbox'),
  ]
  return [
    `${dryRun ? 'An erasure would remove' : 'Removed'} the address with ${counts.join(', ')}.`,
    `${plural(labels, 'label')} and ${plural(kept, 'row')} of the ledger ${dryRun ? 'would stay' : 'stay'}, without the reader.`,
    ...(unsent ? [`${plural(unsent, 'mail')} ${dryRun ? 'would not be sent' : 'will not be sent'} any more.`] : []),
    ...(underWay ? [`${plural(underWay, 'mail')} had left already: the relay has the address of it.`] : []),
    dryRun ? dryRunNote('removed') : 'A keyed mark stays, so that nobody imports the address again.',
  ]
}
