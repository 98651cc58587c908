import { Command } from 'commander'
import { removeAdmin, signOutAdmin } from '../admin/manage-admins.ts'
import { inviteAdmin } from '../admin/sign-in.ts'
import { listAdmins } from '../admin/store/admins.ts'
import type { App } from '../app.ts'
import { addressSchema } from '../platform/address.ts'
import { plural } from '../platform/text/plural.ts'
import { parseArgument, requireReason } from './arguments.ts'
import { printRows } from './print.ts'
import { onDatabase, onDatabaseToLink, type WithApp } from './with-app.ts'

type Because = { reason: string }

/** `sitrep admins invite|list|sign-out|remove`. `invite` prints a sign-in link that works once, and adds the first admin too. */
export function adminsCommand(withApp: WithApp): Command {
  const admins = new Command('admins').description('manage the admins, who see all pages and can send editions again')
  admins
    .command('invite')
    .description('add an admin and print a sign-in link, which works once within 7 days')
    .argument('<email>')
    .action((email: string) =>
      onDatabaseToLink(withApp, async (app) => console.log(await inviteAdmin(app, parseEmail(email), 'cli'))),
    )
  admins
    .command('list')
    .description('list the admins, with the number of their open sessions')
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) => onDatabase(withApp, (app) => list(app, json)))
  admins
    .command('sign-out')
    .description('end all sessions of an admin, and the sign-in link that was not used')
    .argument('<email>')
    .requiredOption('--reason <text>', 'why; it is kept in the audit log')
    .action((email: string, { reason }: Because) => onDatabase(withApp, (app) => signOut(app, email, reason)))
  admins
    .command('remove')
    .description('remove an admin, and end the sessions; the last admin cannot be removed')
    .argument('<email>')
    .requiredOption('--reason <text>', 'why; it is kept in the audit log')
    .action((email: string, { reason }: Because) => onDatabase(withApp, (app) => remove(app, email, reason)))
  return admins
}

const parseEmail = (email: string) => parseArgument(addressSchema, email, 'EMAIL')
const actOf = (email: string, reason: string) => ({
  email: parseEmail(email),
  actor: 'cli',
  reason: requireReason(reason),
})

async function list(app: App, json?: boolean): Promise<void> {
  const admins = await listAdmins(app.db, app.now())
  const rows = admins.map(({ id, email, created_at, sessions }) => ({ id, email, since: created_at, sessions }))
  printRows(rows, { json, empty: 'There is no admin. `sitrep admins invite EMAIL` adds one.' })
}

async function signOut(app: App, email: string, reason: string): Promise<void> {
  const ended = await signOutAdmin(app, actOf(email, reason))
  console.log(`${email} is signed out: ${plural(ended, 'session was', 'sessions were')} ended.`)
}

async function remove(app: App, email: string, reason: string): Promise<void> {
  await removeAdmin(app, actOf(email, reason))
  console.log(`${email} is no admin any more, and is signed out.`)
}
