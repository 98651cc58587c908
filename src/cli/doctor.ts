import { Command } from 'commander'
import { examine } from '../admin/doctor/examine.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** `sitrep doctor`: each part of the installation, with what to do where it is not well; 1 when anything failed. */
export function doctorCommand(withApp: WithApp): Command {
  return new Command('doctor')
    .description('check the whole installation; changes nothing and sends nothing')
    .option('--json', 'one JSON array')
    .action(({ json }: { json?: boolean }) =>
      onDatabase(withApp, async (app) => {
        const findings = await examine(app)
        if (json) printRows(findings, { json, empty: '' })
        else for (const { what, kind, say } of findings) console.log(`${kind.padEnd(8)} ${what.padEnd(9)} ${say}`)
        if (findings.some(({ kind }) => kind === 'failure')) process.exitCode = 1
      }),
    )
}
