import type { App } from '../app.ts'
import { readSetting, writeSetting } from '../platform/db/settings.ts'
import { UserError } from '../platform/user-error.ts'

const key = 'public url'

/** Keeps the URL at which the web server that started last serves the pages: links in mails must lead there. */
export const announcePublicUrl = (app: App): Promise<void> => writeSetting(app.db, key, app.config.publicUrl)

/** The URL that a web server announced; undefined where none has started yet. */
export const announcedUrl = (app: App): Promise<string | undefined> => readSetting<string>(app.db, key)

/** For a process without a web server: where PUBLIC_URL is not set, links lead to the web server, whatever PORT is here. */
export async function takeServersUrl(app: App): Promise<void> {
  if (app.config.isPublicUrlSet) return
  app.config.publicUrl = (await announcedUrl(app)) ?? app.config.publicUrl
}

/** In a sentence, why links that this process writes would lead elsewhere than to the web server; null where they do not. */
export async function publicUrlProblem(app: App): Promise<string | null> {
  const announced = await announcedUrl(app)
  const { publicUrl: own } = app.config
  if (announced === undefined || announced === own) return null
  return `PUBLIC_URL is ${own} here, but the web server started with ${announced}: set the same for both, and start the web server again if its own is wrong.`
}

/** @throws UserError when links in mails would lead elsewhere than to the web server */
export async function requireServersUrl(app: App): Promise<void> {
  const problem = await publicUrlProblem(app)
  if (problem) throw new UserError(problem)
}
