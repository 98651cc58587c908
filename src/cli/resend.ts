import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { planResend, resend } from '../delivery/resend.ts'
import type { Again } from '../editions/store/create-deliveries.ts'
import { addressSchema } from '../platform/address.ts'
import { UserError } from '../platform/user-error.ts'
import { parseArgument } from './parse-argument.ts'
import { sampled } from './sampled.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Options = { failed?: boolean; unknown?: boolean; to?: string; reason: string; dryRun?: boolean }

/** `sitrep resend EDITION`: the same act as on the admin page, with the same trace in the audit log. */
export function resendCommand(withApp: WithApp): Command {
  return new Command('resend')
    .description('send an edition again, to those it failed for or to one reader')
    .argument('<edition>', 'its key or the name of its web copy')
    .option('--failed', 'to the readers for whom it failed')
    .option('--unknown', 'to the readers for whom nobody can know')
    .option('--to <email>', 'to one reader')
    .requiredOption('--reason <text>', 'why; it stays in the audit log')
    .option('--dry-run', 'only say who would get it')
    .action((edition: string, options: Options) => {
      const who = whoIn(options)
      return onDatabase(withApp, async (app) => {
        if (options.dryRun) {
          const { count, sample } = await planResend(app, { edition, who })
          return console.log(`${count} would get it${sampled(count, sample)}.`)
        }
        const request = { edition, who, reason: options.reason, actor: 'cli', requestKey: randomUUID() }
        const outcome = await resend(app, request)
        if (outcome.kind !== 'queued') throw new UserError('Nobody would get it: no delivery of this edition fits.')
        console.log(`Queued for ${outcome.count} as sending ${outcome.sending}.`)
      })
    })
}

function whoIn({ failed, unknown, to, reason }: Options): Again {
  if (!reason.trim()) throw new UserError('--reason: say why; it stays in the audit log.')
  const chosen = [failed, unknown, to].filter((one) => one !== undefined)
  if (chosen.length !== 1) throw new UserError('Choose one of --failed, --unknown and --to EMAIL.')
  if (to !== undefined) return { kind: 'to', email: parseArgument(addressSchema, to, '--to') }
  return { kind: failed ? 'failed' : 'unknown' }
}
