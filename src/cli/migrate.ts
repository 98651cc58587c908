import { Command } from 'commander'
import { prepareDatabase } from '../admin/prepare-database.ts'
import type { WithApp } from './with-app.ts'

/** `sitrep migrate`: brings the database up to date. In production nothing else does it. */
export function migrateCommand(withApp: WithApp): Command {
  return new Command('migrate').description('bring the database up to date').action(() =>
    withApp(async (app) => {
      const ran = await prepareDatabase(app)
      console.log(ran.length ? `Ran ${ran.join(', ')}.` : 'The database is up to date.')
    }),
  )
}
