import { prepareToCommand } from '../admin/prepare-database.ts'
import type { App } from '../app.ts'

/** Opens the app for one command and closes it afterwards. */
export type WithApp = (act: (app: App) => Promise<void>) => Promise<void>

/** Opens the app on a database whose schema is known: for every command that uses the database. */
export function onDatabase(withApp: WithApp, act: (app: App) => Promise<void>): Promise<void> {
  return withApp(async (app) => {
    await prepareToCommand(app)
    await act(app)
  })
}
