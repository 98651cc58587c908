import type { App } from '../app.ts'

/** What an app has one of, made when it is first needed. */
export function perApp<T>(make: (app: App) => T): (app: App) => T {
  const made = new WeakMap<App, T>()
  return (app) => {
    const known = made.get(app)
    if (known !== undefined) return known
    const fresh = make(app)
    made.set(app, fresh)
    return fresh
  }
}
