import { Command } from 'commander'
import { inviteAdmin } from '../admin/sign-in.ts'
import { addressSchema } from '../platform/address.ts'
import { parseArgument } from './arguments.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep admins invite EMAIL`: prints a sign-in link that works once. It adds the first admin too. */
export function adminsCommand(withApp: WithApp): Command {
  const admins = new Command('admins').description('manage the admins, who see all pages and can send editions again')
  admins
    .command('invite')
    .description('add an admin and print a sign-in link, which works once within 7 days')
    .argument('<email>')
    .action((email: string) =>
      onDatabase(withApp, async (app) => {
        console.log(await inviteAdmin(app, parseArgument(addressSchema, email, 'EMAIL'), 'cli'))
      }),
    )
  return admins
}
