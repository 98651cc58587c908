import { prepareToCommand } from '../admin/prepare-database.ts'
import { requireServersUrl, takeServersUrl } from '../admin/public-url.ts'
import type { App } from '../app.ts'

/** Opens the app for one command and closes it afterwards. */
export type WithApp = (act: (app: App) => Promise<void>) => Promise<void>

/** Opens the app on a database whose schema is known: for every command that uses the database. */
export function onDatabase(withApp: WithApp, act: (app: App) => Promise<void>): Promise<void> {
  return withApp(async (app) => {
    await prepareToCommand(app)
    await takeServersUrl(app)
    await act(app)
  })
}

/** The same for a command that writes links for readers or admins: it refuses where PUBLIC_URL is not that of the web server. */
export function onDatabaseToLink(withApp: WithApp, act: (app: App) => Promise<void>): Promise<void> {
  return onDatabase(withApp, async (app) => {
    await requireServersUrl(app)
    await act(app)
  })
}
