import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { planResend, resend } from '../delivery/resend.ts'
import type { Again } from '../editions/store/create-deliveries.ts'
import { addressSchema } from '../platform/address.ts'
import { plural } from '../platform/text/plural.ts'
import { UserError } from '../platform/user-error.ts'
import { parseArgument, requireReason } from './arguments.ts'
import { sampled } from './print.ts'
import { onDatabaseToLink, type WithApp } from './with-app.ts'

type Options = { failed?: boolean; unknown?: boolean; to?: string; reason: string; dryRun?: boolean }

/** `sitrep resend EDITION`: does the same as the admin page, with the same event in the audit log. */
export function resendCommand(withApp: WithApp): Command {
  return new Command('resend')
    .description('send an edition again, to the readers whose delivery failed or is unknown, or to one reader')
    .argument('<edition>', 'the key of an edition, or the name of its web copy')
    .option('--failed', 'to the readers whose delivery failed')
    .option('--unknown', 'to the readers whose delivery is unknown')
    .option('--to <email>', 'to one reader')
    .requiredOption('--reason <text>', 'why; it is kept in the audit log')
    .option('--dry-run', 'only print who would get the edition')
    .action((edition: string, options: Options) => {
      const who = recipientsOf(options)
      const reason = requireReason(options.reason)
      return onDatabaseToLink(withApp, async (app) => {
        if (options.dryRun) {
          const { count, sample } = await planResend(app, { edition, who })
          if (count === 0) return console.log(nobody(who))
          return console.log(`${plural(count, 'reader')} would get the edition${sampled(count, sample)}.`)
        }
        const outcome = await resend(app, { edition, who, reason, actor: 'cli', requestKey: randomUUID() })
        if (outcome.kind !== 'queued') throw new UserError(nobody(who))
        console.log(`Queued for ${plural(outcome.count, 'reader')} as sending ${outcome.sending}.`)
      })
    })
}

/** Why nobody would get an edition again. */
function nobody(who: Again): string {
  const reason =
    who.kind === 'to'
      ? `${who.email} was none of its readers, has left, or gets no mail now`
      : `none of its deliveries ${who.kind === 'failed' ? 'failed' : 'is unknown'}, or those readers get no mail now`
  return `No reader would get the edition: ${reason}.`
}

function recipientsOf({ failed, unknown, to }: Options): Again {
  if ([failed, unknown, to].filter((option) => option !== undefined).length !== 1)
    throw new UserError('Choose one of --failed, --unknown and --to EMAIL.')
  if (to !== undefined) return { kind: 'to', email: parseArgument(addressSchema, to, '--to') }
  return { kind: failed ? 'failed' : 'unknown' }
}
