import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'

/** What a request carries beside itself: its socket (absent in tests), and on admin pages who is signed in. */
export type Env = {
  Bindings: Partial<HttpBindings>
  Variables: { admin: { id: number; email: string } }
}
export type WebContext = Context<Env>
export type Routes = Hono<Env>

/** A group of routes, to be filled by one file and mounted by server.ts. */
export function routes(): Routes {
  return new Hono<Env>()
}
