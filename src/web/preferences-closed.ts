import type { App } from '../app.ts'
import type { NoPreferences } from '../readers/preferences-link.ts'
import type { WebContext } from './context.ts'
import { message } from './page.ts'

/** The page that says why a link to preferences opens nothing, and the way to a new one. */
export function showClosed(c: WebContext, app: App, kind: NoPreferences['kind']): Promise<Response> {
  if (kind === 'invalid') return message(c, app, invalid, 404)
  if (kind === 'narrow') return message(c, app, narrow, 403)
  if (kind !== 'inactive') return message(c, app, outdated[kind], 410)
  const data = { href: `/p/${c.req.param('token')}/data`, label: 'See what we keep about you' }
  return message(c, app, { ...noSubscription, way: data }, 410)
}

const newLink = { href: '/preferences', label: 'Get a new link' }
const invalid = {
  title: 'This link does not work',
  text: 'Your mail program may have cut it off. We can mail you a new one.',
  way: newLink,
}
const narrow = {
  title: 'This link is for one subscription',
  text: 'Mails get forwarded, so their links show no more than the mail does. We can mail you a link to all your preferences.',
  way: newLink,
}
const outdated = {
  expired: {
    title: 'This link has expired',
    text: 'A link to your preferences works for 30 days. We can mail you a new one.',
    way: newLink,
  },
  void: {
    title: 'This link no longer works',
    text: 'Your address has changed since, or a change of it was cancelled. We can mail you a new link.',
    way: newLink,
  },
  gone: {
    title: 'Everything behind this link was erased',
    text: 'What we kept of the reader of this link was erased. Anybody can subscribe again.',
    way: { href: '/', label: 'Subscribe' },
  },
}
const noSubscription = {
  title: 'No subscription',
  text: 'This address has no subscription any more. You can subscribe again on the home page at any time.',
}
