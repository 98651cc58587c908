import { prepareDatabase } from '../admin/prepare-database.ts'
import type { App } from '../app.ts'

/** Opens the app for one command and closes it after. */
export type WithApp = (act: (app: App) => Promise<void>) => Promise<void>

/** The same on a database that is up to date: what every command that asks it something wants. */
export function onDatabase(withApp: WithApp, act: (app: App) => Promise<void>): Promise<void> {
  return withApp(async (app) => {
    await prepareDatabase(app)
    await act(app)
  })
}
