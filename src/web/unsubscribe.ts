import type { App } from '../app.ts'
import { plural } from '../platform/text/plural.ts'
import { peekUnsubscribe, undoUnsubscribe, unsubscribe } from '../readers/unsubscribe.ts'
import { subscriptionView, topicNamesBySlug } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { message, page } from './page.ts'
import { readForm } from './request.ts'

/**
 * /u/:token: GET shows what would end, POST ends it. A mail program sends the same POST with
 * `List-Unsubscribe=One-Click` (RFC 8058 section 3.2); the answer has no cookie and no redirect. POST with `undo` takes it back.
 */
export function unsubscribeRoutes(app: App): Routes {
  const web = routes()
  web.get('/u/:token', (c) => showChoice(c, app, c.req.param('token')))
  web.post('/u/:token', async (c) => {
    const form = await readForm(c)
    if (form.text('undo')) return undo(c, app, form.text('undo'))
    const oneClick = form.text('List-Unsubscribe') === 'One-Click'
    const scope = form.text('scope') === 'all' ? 'all' : 'this'
    const outcome = await unsubscribe(app, c.req.param('token'), scope)
    if (oneClick) return outcome.kind === 'invalid' ? c.text('No such subscription.\n', 404) : c.text('Unsubscribed.\n')
    if (outcome.kind === 'invalid') return message(c, app, invalid, 404)
    const left = await peekUnsubscribe(app, c.req.param('token'))
    const said = left.kind === 'open' ? someLeft : done
    const { undo: token } = outcome
    return token ? page(c, app, 'unsubscribed', { ...said, path: c.req.path, undo: token }) : message(c, app, said)
  })
  return web
}

async function showChoice(c: WebContext, app: App, token: string): Promise<Response> {
  const peeked = await peekUnsubscribe(app, token)
  if (peeked.kind === 'invalid') return message(c, app, invalid, 404)
  if (peeked.kind === 'done') return message(c, app, done)
  const names = await topicNamesBySlug(app)
  const own = peeked.this && subscriptionView(peeked.this, names)
  const all = peeked.all.map((one) => subscriptionView(one, names))
  const others = peeked.others && plural(peeked.others, own ? 'other subscription' : 'subscription')
  return page(c, app, 'unsubscribe', { title: 'Unsubscribe', token, address: peeked.address, own, others, all })
}

async function undo(c: WebContext, app: App, token: string): Promise<Response> {
  const outcome = await undoUnsubscribe(app, token)
  if (outcome.kind === 'invalid') return message(c, app, invalid, 404)
  return outcome.kind === 'undone' ? message(c, app, undone) : message(c, app, tooLate, 410)
}

const undone = {
  title: 'You are subscribed again',
  text: 'Your subscriptions go on as before. You need not confirm your address again.',
}
const tooLate = {
  title: 'It is too late to undo this',
  text: 'This works once, and for an hour. You can subscribe again with the form.',
  way: { href: '/', label: 'Subscribe again' },
}
const done = {
  title: 'You are unsubscribed',
  text: 'All your subscriptions have ended. You get no more mail.',
  way: { href: '/', label: 'Subscribe again' },
}
const someLeft = {
  title: 'The subscription has ended',
  text: 'Your other subscriptions continue. To end them too, open the link in the mail again.',
}
const invalid = {
  title: 'This link does not work',
  text: 'Your mail program may have cut it off. Get a link to your preferences and unsubscribe there.',
  way: { href: '/preferences', label: 'Get a link' },
}
