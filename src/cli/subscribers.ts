import { Command } from 'commander'
import { addSubscriber } from '../actions/add-subscriber.ts'
import { subscribeSchema } from '../domain/subscription.ts'
import { UsageError } from '../domain/usage-error.ts'
import { listSubscribers } from '../store/subscriber-list.ts'
import { parseArgument } from './parse-argument.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Wish = { topics: string; cadence: string; at?: string; zone?: string; consent?: string }
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
    .action((email: string, wish: Wish) => onDatabase(withApp, (app) => add(app, email, wish)))
  subscribers
    .command('list')
    .description('readers with their subscriptions')
    .option('--email <part>', 'only addresses with these letters')
    .option('--json', 'one JSON array')
    .action((listing: Listing) => onDatabase(withApp, (app) => list(app, listing)))
  return subscribers
}

const answers = {
  activated: 'Active from now on; the welcome digest is on its way.',
  mailed: 'The confirmation is on its way; nothing else is sent before it is confirmed.',
  waiting: 'Kept, but this address has had its confirmations for now; it may confirm with the last one.',
  already: 'This reader has this subscription already.',
}

async function add(app: Parameters<typeof addSubscriber>[0], email: string, wish: Wish): Promise<void> {
  const request = parseArgument(subscribeSchema, { ...wish, email, topics: wish.topics.split(',') }, 'EMAIL')
  const { kind } = await addSubscriber(app, request, { actor: 'cli', consent: wish.consent })
  if (kind === 'suppressed') throw new UsageError(`${email} is on the list of addresses that are never mailed.`)
  console.log(answers[kind])
}

const pageSize = 1000

async function list({ db }: Parameters<typeof addSubscriber>[0], { json, email }: Listing): Promise<void> {
  const rows: Record<string, unknown>[] = []
  for (let after = 0; ; ) {
    const page = await listSubscribers(db, { after, limit: pageSize, email })
    for (const one of page) rows.push({ ...one, nonce: undefined })
    if (page.length < pageSize) break
    after = page.at(-1)!.id
  }
  const forPeople = rows.map((row) => ({
    email: row.email,
    state: row.state,
    confirmed: row.confirmed_at,
    follows: follows(row),
  }))
  printRows(json ? rows : forPeople, { json, empty: 'There are no readers.' })
}

function follows(row: Record<string, unknown>): string {
  const subscriptions = row.subscriptions as {
    cadence: string
    state: string
    topics: string[]
    local_time: string
    zone: string
  }[]
  return subscriptions
    .map(({ cadence, state, topics, local_time, zone }) => {
      const when = cadence === 'alert' ? '' : ` ${local_time} ${zone}`
      return `${cadence}${when} (${state}): ${topics.join(',')}`
    })
    .join('; ')
}
