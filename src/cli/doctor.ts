import { Command } from 'commander'
import { examine } from '../admin/doctor/examine.ts'
import { printRows } from './print.ts'
import type { WithApp } from './with-app.ts'

/** `sitrep doctor`: checks each part of the installation and says what to do. The exit code is 1 when a check failed. */
export function doctorCommand(withApp: WithApp): Command {
  return new Command('doctor')
    .description('check the whole installation; changes nothing and sends no mail')
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) =>
      withApp(async (app) => {
        const checks = await examine(app, { probeRedis })
        if (json) printRows(checks, { json, empty: '' })
        else for (const { what, kind, say } of checks) console.log(`${kind.padEnd(8)} ${what.padEnd(9)} ${say}`)
        if (checks.some(({ kind }) => kind === 'failure')) process.exitCode = 1
      }),
    )
}

/** Loads the client of Redis only when Redis is to be checked: loading it takes a while. */
async function probeRedis(url: string) {
  const redis = await import('../platform/redis/probe.ts')
  return redis.probeRedis(url)
}
