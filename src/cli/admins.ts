import { Command } from 'commander'
import { inviteAdmin } from '../admin/sign-in.ts'
import { addressSchema } from '../platform/address.ts'
import { parseArgument } from './parse-argument.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep admins invite EMAIL`: a single-use link to sign in; it makes the first admin, too. */
export function adminsCommand(withApp: WithApp): Command {
  const admins = new Command('admins').description('people who may see and resend everything')
  admins
    .command('invite')
    .description('print a link that signs an admin in, once, within 7 days')
    .argument('<email>')
    .action((email: string) =>
      onDatabase(withApp, async (app) => {
        console.log(await inviteAdmin(app, parseArgument(addressSchema, email, 'EMAIL'), 'cli'))
      }),
    )
  return admins
}
