import type { MiddlewareHandler } from 'hono'
import type { App } from '../app.ts'
import type { Env } from './context.ts'
import { message } from './page.ts'

/**
 * Refuses an address with a NUL character. No address of ours has one, and PostgreSQL takes no text with one, so that each
 * page would have to look for it.
 */
export function noNul(app: App): MiddlewareHandler<Env> {
  return (c, next) => (/%00/.test(c.req.url) ? message(c, app, nulInAddress, 400) : next())
}

const nulInAddress = {
  title: 'This address is not valid',
  text: 'The address has a NUL character (%00). Remove it, or go to the home page.',
  way: { href: '/', label: 'Go to the home page' },
}
