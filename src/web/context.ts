import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'

/** What a request has with it: its socket (absent in tests) and, on admin pages, the signed-in admin. */
export type Env = {
  Bindings: Partial<HttpBindings>
  Variables: { admin: { id: number; email: string } }
}
export type WebContext = Context<Env>
export type Routes = Hono<Env>

/** An empty group of routes, for one file to fill and server.ts to mount. */
export function routes(): Routes {
  return new Hono<Env>()
}
