import { Command, Option } from 'commander'
import type { App } from '../app.ts'
import { writtenAddressSchema } from '../platform/address.ts'
import { UserError } from '../platform/user-error.ts'
import { addSubscriber } from '../readers/add-subscriber.ts'
import { defaultMaxAlerts, subscribeSchema } from '../readers/rules/subscription.ts'
import { type ListedSubscriber, shownEmail, subscriberPages } from '../readers/store/subscribers.ts'
import { parseArgument } from './arguments.ts'
import { type ChoiceOptions, choiceIn } from './choice-options.ts'
import { printPages, type Row, rowsOf } from './print.ts'
import { rowForPrograms, subscriptionText } from './subscriber-row.ts'
import { endCommand, eraseCommand, setCommand } from './subscribers-change.ts'
import { subscribersExportCommand } from './subscribers-export.ts'
import { subscribersImportCommand } from './subscribers-import.ts'
import { showCommand } from './subscribers-show.ts'
import { onDatabase, onDatabaseToLink, type WithApp } from './with-app.ts'

type AddOptions = ChoiceOptions & { topics: string; cadence: string; consent?: string; dryRun?: boolean }
type ListOptions = { json?: boolean; email?: string }

/** `sitrep subscribers add|list|import|export|show|set|end|erase`. */
export function subscribersCommand(withApp: WithApp): Command {
  const subscribers = new Command('subscribers').description(
    'add, list, import, export, explain, change and erase readers',
  )
  subscribers
    .command('add')
    .description('add a reader; without --consent, a confirmation mail is sent first')
    .argument('<email>')
    .requiredOption('--topics <slugs>', 'topics, separated by commas, in their order in the mail')
    .requiredOption('--cadence <cadence>', 'alert, daily or weekly')
    .option('--all-topics', 'only takeaways that are on all of the topics')
    .option('--feeds <urls>', 'only these feeds, separated by commas')
    .option('--places <names>', 'only what tells of these places, such as "Ukraine; North Darfur"')
    .option('--languages <codes>', 'only feeds in these languages, such as en,uk')
    .option('--at <time>', 'when a digest is sent', '07:00')
    .option('--zone <zone>', 'the time zone of that time, and of the quiet hours', 'UTC')
    .option('--weekday <n>', 'the day of a weekly digest, from 1, Monday, to 7')
    .addOption(new Option('--minutes <length>', 'how long a daily digest may take to read').choices(['2', '5', 'all']))
    .option('--quiet-mail', 'send a digest without news, too')
    .option('--quiet <hours>', 'hours in which alerts wait, such as 22:00-06:00')
    .option('--max-alerts <n>', 'so many alerts a day come at most; the rest comes together', String(defaultMaxAlerts))
    .option('--consent <text>', 'how and when the reader agreed; the subscription is active at once')
    .option('--dry-run', 'only print what would be sent')
    .action((email: string, options: AddOptions) => onDatabaseToLink(withApp, (app) => add(app, email, options)))
  subscribers
    .command('list')
    .description('list readers with their subscriptions')
    .option('--email <part>', 'only addresses that contain this text')
    .option('--json', 'print one JSON array')
    .action((options: ListOptions) => onDatabase(withApp, (app) => list(app, options)))
  const more = [subscribersImportCommand, subscribersExportCommand, showCommand, setCommand, endCommand, eraseCommand]
  for (const command of more) subscribers.addCommand(command(withApp))
  return subscribers
}

const plans = {
  activated: (email: string) => `1 reader would get a welcome digest: ${email}.`,
  mailed: (email: string) => `1 reader would get a confirmation mail: ${email}.`,
  waiting: (email: string) => `No reader would get mail: ${email} has got too many confirmation mails lately.`,
  already: (email: string) => `No reader would get mail: ${email} has this subscription already.`,
}

const results = {
  activated: 'The subscription is active. The welcome digest is sent next.',
  mailed: 'A confirmation mail is sent next. The reader gets no other mail before confirming.',
  waiting: 'Saved. This address has got too many confirmation mails lately; the reader can confirm with the last one.',
  already: 'This reader has this subscription already.',
}

async function add(app: App, email: string, { consent, dryRun, ...options }: AddOptions): Promise<void> {
  const address = parseArgument(writtenAddressSchema, email, 'EMAIL')
  const request = parseArgument(subscribeSchema, { ...(await choiceIn(app, options)), email: address }, 'EMAIL')
  if (consent?.trim() === '') throw new UserError('--consent: say how and when the reader agreed, or leave it out.')
  const { kind } = await addSubscriber(app, request, { actor: 'cli', dryRun, consent })
  if (kind === 'suppressed') throw new UserError(`${email} is suppressed: no mail is ever sent to this address.`)
  if (kind === 'erased')
    throw new UserError(`The reader of ${email} was erased. Only the reader may sign up again, by the form.`)
  if (dryRun) return console.log(plans[kind](request.email))
  console.log(results[kind])
  if (consent && kind === 'mailed')
    console.error('This reader unsubscribed before, so --consent is not enough. The reader must confirm by the link.')
}

async function list({ db }: App, { json, email }: ListOptions): Promise<void> {
  const rowOf = json ? rowForPrograms : rowForPeople
  const empty = email ? `No reader has "${email}" in the address.` : 'There are no readers.'
  await printPages(rowsOf(subscriberPages(db, { email }), rowOf), { json, empty })
}

function rowForPeople({ state, confirmed_at, subscriptions, ...reader }: ListedSubscriber): Row {
  return {
    email: shownEmail(reader),
    state,
    confirmed: confirmed_at,
    follows: subscriptions.map(subscriptionText).join('; '),
  }
}
