import { Command } from 'commander'
import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { type Restored, restoreBackup } from '../platform/backup/restore-backup.ts'
import { writeBackup } from '../platform/backup/write-backup.ts'
import { formatMegabytes } from '../platform/text/format-megabytes.ts'
import { plural } from '../platform/text/plural.ts'
import { showProgress } from './progress.ts'
import { onDatabase, type WithApp } from './with-app.ts'

const actor = 'cli'

/** `sitrep backup`: writes the whole database into a file. */
export function backupCommand(withApp: WithApp): Command {
  return new Command('backup')
    .description('write the whole database into a file; Sitrep may go on running')
    .argument('<file>', 'a new file, which only its owner can read')
    .option('--json', 'print one JSON object')
    .addHelpText('after', backupExample)
    .action((file: string, { json }: { json?: boolean }) =>
      onDatabase(withApp, async (app) => {
        const at = app.now()
        await record(app, 'back up database')
        const written = await writeBackup(app.config.databaseUrl, file, { at, onProgress: showProgress })
        if (json) return console.log(JSON.stringify({ file, at: at.toString(), ...written }))
        const { tables, rows, bytes } = written
        console.log(
          `Wrote ${plural(rows, 'row')} of ${plural(tables, 'table')} into ${file} (${formatMegabytes(bytes)}).`,
        )
        console.log(`Keep it safe: it holds addresses of readers. ${keysNote}`)
      }),
    )
}

/** `sitrep restore`: fills an empty database from such a file. */
export function restoreCommand(withApp: WithApp): Command {
  return new Command('restore')
    .description('fill an empty database from a file that `sitrep backup` wrote')
    .argument('<file>', 'a backup of this version of Sitrep or an older one')
    .option('--json', 'print one JSON object')
    .addHelpText('after', restoreExample)
    .action((file: string, { json }: { json?: boolean }) =>
      withApp(async (app) => {
        const { databaseUrl } = app.config
        const restored = await restoreBackup(databaseUrl, file, { now: app.now(), onProgress: showProgress })
        await record(app, 'restore database', { at: restored.at })
        console.log(json ? JSON.stringify({ file, ...restored }) : linesOf(restored).join('\n'))
      }),
    )
}

function record(app: App, action: string, detail = {}): Promise<void> {
  return app.db.transaction().execute((tx) => recordAudit(app, tx, { actor, action, subject: 'database', detail }))
}

const keysNote = 'It has no setting: keep SECRET_KEY and AUDIT_KEY too, or DATA_DIR/secret-key where they are not set.'

function linesOf({ at, tables, rows, pausedEditions, leftOut }: Restored): string[] {
  return [
    `Restored ${plural(rows, 'row')} of ${plural(tables, 'table')}, as they were at ${at}.`,
    ...leftOut.map((name) => `The table ${name} is none of Sitrep's and was left out.`),
    ...(pausedEditions
      ? [
          `Paused ${plural(pausedEditions, 'edition')} with mails that may have left since. Resume or end them on /admin/editions.`,
        ]
      : []),
    'What happened later is not known: digests and alerts of that time may be mailed again when a worker starts.',
    'Erase again the readers who were erased since.',
  ]
}

const backupExample = `
Example:
  sitrep backup sitrep-$(date +%F).backup

${keysNote}`

const restoreExample = `
Example:
  DATABASE_URL=postgres://localhost/new sitrep restore sitrep-2026-12-01.backup

The database must be empty. Stop all workers and web servers first. Use the SECRET_KEY and AUDIT_KEY of before.`
