import { Command } from 'commander'
import { UserError } from '../platform/user-error.ts'
import { addSubscriber } from '../readers/add-subscriber.ts'
import { subscribeSchema } from '../readers/rules/subscription.ts'
import { type ListedSubscriber, listSubscribers } from '../readers/store/subscribers.ts'
import { parseArgument } from './parse-argument.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Wish = { topics: string; cadence: string; at?: string; zone?: string; consent?: string; dryRun?: boolean }
type Listing = { json?: boolean; email?: string }

/** `sitrep subscribers add|list`. */
export function subscribersCommand(withApp: WithApp): Command {
  const subscribers = new Command('subscribers').description('who gets mail, and what')
  subscribers
    .command('add')
    .description('enter a reader; without the words of a consent, the confirmation is mailed')
    .argument('<email>')
    .requiredOption('--topics <slugs>', 'topics with commas, in the order in which they are to stand')
    .requiredOption('--cadence <cadence>', 'alert, daily or weekly')
    .option('--at <time>', 'when a digest comes', '07:00')
    .option('--zone <zone>', 'the zone of that time', 'UTC')
    .option('--consent <text>', 'how and when the reader agreed: active at once')
    .option('--dry-run', 'only say what would be mailed')
    .action((email: string, wish: Wish) => onDatabase(withApp, (app) => add(app, email, wish)))
  subscribers
    .command('list')
    .description('readers with their subscriptions')
    .option('--email <part>', 'only addresses with these letters')
    .option('--json', 'one JSON array')
    .action((listing: Listing) => onDatabase(withApp, (app) => list(app, listing)))
  return subscribers
}

const prospects = {
  activated: (email: string) => `1 would get a welcome digest: ${email}.`,
  mailed: (email: string) => `1 would get a confirmation: ${email}.`,
  waiting: (email: string) => `0 would get mail: ${email} has had its confirmations for now.`,
  already: (email: string) => `0 would get mail: ${email} has this subscription already.`,
}

const answers = {
  activated: 'Active from now on; the welcome digest is on its way.',
  mailed: 'The confirmation is on its way; nothing else is sent before it is confirmed.',
  waiting: 'Kept, but this address has had its confirmations for now; it may confirm with the last one.',
  already: 'This reader has this subscription already.',
}

async function add(app: Parameters<typeof addSubscriber>[0], email: string, wish: Wish): Promise<void> {
  const request = parseArgument(
    subscribeSchema,
    { ...wish, email, topics: wish.topics.split(',').map((slug) => slug.trim()) },
    'EMAIL',
  )
  if (wish.consent?.trim() === '')
    throw new UserError('--consent: say how and when the reader agreed, or leave it out.')
  const { kind } = await addSubscriber(app, request, {
    ...{ actor: 'cli', dryRun: wish.dryRun },
    consent: wish.consent,
  })
  if (kind === 'suppressed') throw new UserError(`${email} is on the list of addresses that are never mailed.`)
  if (wish.dryRun) return console.log(prospects[kind](request.email))
  console.log(answers[kind])
  if (wish.consent && kind === 'mailed')
    console.error('Who has unsubscribed comes back only by their own confirmation.')
}

const pageSize = 1000

async function list({ db }: Parameters<typeof addSubscriber>[0], { json, email }: Listing): Promise<void> {
  const rows: Shown[] = []
  for (let after = 0; ; ) {
    const page = await listSubscribers(db, { after, limit: pageSize, email })
    rows.push(...page.map(shown))
    if (page.length < pageSize) break
    after = page.at(-1)!.id
  }
  const forPeople = rows.map(({ email, state, confirmedAt, subscriptions }) => {
    return { email, state, confirmed: confirmedAt, follows: subscriptions.map(inWords).join('; ') }
  })
  printRows(json ? rows : forPeople, { json, empty: 'There are no readers.' })
}

type Shown = ReturnType<typeof shown>

function shown({ id, email, state, created_at, confirmed_at, gone_at, subscriptions }: ListedSubscriber) {
  return {
    ...{ id, email, state, createdAt: created_at, confirmedAt: confirmed_at, goneAt: gone_at },
    subscriptions: subscriptions.map((one) => ({
      ...{ id: one.id, cadence: one.cadence, topics: one.topics, at: one.local_time, zone: one.zone },
      ...{ minScore: one.min_score, state: one.state, confirmedAt: one.confirmed_at, endedAt: one.ended_at },
    })),
  }
}

function inWords({ cadence, state, topics, at, zone }: Shown['subscriptions'][number]): string {
  return `${cadence}${cadence === 'alert' ? '' : ` ${at} ${zone}`} (${state}): ${topics.join(',')}`
}
