import { Command } from 'commander'
import { prepareDatabase } from '../admin/prepare-database.ts'
import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { grantUse, schemasOf } from '../platform/db/grants.ts'
import { UserError } from '../platform/user-error.ts'
import type { WithApp } from './with-app.ts'

const help = `
Example: the owner of the tables migrates, and the web server and the workers run as a role that cannot change the schema:
  DATABASE_URL=postgres://owner:secret@db:5432/sitrep sitrep migrate --grant sitrep_app`

/** `sitrep migrate`: brings the database up to date. In production nothing else does it. */
export function migrateCommand(withApp: WithApp): Command {
  return new Command('migrate')
    .description('bring the database up to date')
    .option('--grant <role>', 'let a role use the tables, without any right to change the schema')
    .addHelpText('after', help)
    .action(({ grant }: { grant?: string }) =>
      withApp(async (app) => {
        const ran = await prepareDatabase(app)
        await prepareQueueOf(app)
        console.log(ran.length ? `Ran ${ran.join(', ')}.` : 'The database is up to date.')
        if (grant === undefined) return
        await grantTo(app, grant)
        console.log(`The role ${grant} may use the tables, and may not change the schema.`)
      }),
    )
}

/** Loads the queue only here: loading it takes a while. */
async function prepareQueueOf({ config }: App): Promise<void> {
  const { prepareQueue } = await import('../worker/queue-tables.ts')
  await prepareQueue({ redisUrl: config.redisUrl, databaseUrl: config.databaseDirectUrl })
}

const undefinedObject = '42704'
const insufficientPrivilege = '42501'

async function grantTo(app: App, role: string): Promise<void> {
  const { queueSchema } = await import('../worker/queue-tables.ts')
  try {
    await app.db.transaction().execute(async (tx) => {
      await grantUse(tx, role, await schemasOf(tx, [queueSchema]))
      await recordAudit(app, tx, { actor: 'cli', action: 'grant role', subject: `role:${role}` })
    })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefinedObject)
      throw new UserError(`There is no role ${role}. Create it first: create role ${role} login password 'SECRET'.`)
    if (code === insufficientPrivilege)
      throw new UserError(
        `The user of the database may not grant rights (${message}). Run this as the owner of the tables.`,
      )
    throw error
  }
}
