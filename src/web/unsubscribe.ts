import type { App } from '../app.ts'
import { plural } from '../platform/text/plural.ts'
import { peekUndo, peekUnsubscribe, type Scope, undoUnsubscribe, unsubscribe } from '../readers/unsubscribe.ts'
import { subscriptionView, topicNamesBySlug } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { message, page } from './page.ts'
import { readForm } from './request.ts'

/**
 * /u/:token: GET shows what would end, POST ends it. A mail program sends the same POST with
 * `List-Unsubscribe=One-Click` (RFC 8058 section 3.2); the answer has no cookie and no redirect. POST with `undo` takes it back.
 * /r/:token is the link in the notice of an end: GET shows what it would take back, POST takes it back.
 */
export function unsubscribeRoutes(app: App): Routes {
  const web = routes()
  web.get('/u/:token', (c) => showChoice(c, app, c.req.param('token')))
  web.post('/u/:token', async (c) => {
    const form = await readForm(c)
    if (form.text('undo')) return undo(c, app, form.text('undo'))
    const scope = form.text('scope') === 'all' ? 'all' : 'this'
    const oneClick = form.text('List-Unsubscribe') === 'One-Click'
    return oneClick ? endForProgram(c, app, scope) : end(c, app, scope)
  })
  web.get('/r/:token', (c) => showUndo(c, app, c.req.param('token')))
  web.post('/r/:token', (c) => undo(c, app, c.req.param('token'), tooLateByMail))
  return web
}

const tokenOf = (c: WebContext): string => c.req.param('token') ?? ''

async function endForProgram(c: WebContext, app: App, scope: Scope): Promise<Response> {
  const { kind } = await unsubscribe(app, tokenOf(c), scope, 'program')
  return kind === 'invalid' ? c.text('No such subscription.\n', 404) : c.text('Unsubscribed.\n')
}

async function end(c: WebContext, app: App, scope: Scope): Promise<Response> {
  const outcome = await unsubscribe(app, tokenOf(c), scope, 'person')
  if (outcome.kind === 'invalid') return message(c, app, invalid, 404)
  const left = await peekUnsubscribe(app, tokenOf(c))
  const hasMore = left.kind === 'open'
  const said = outcome.told ? withNotice(hasMore ? someLeft : lastNotice) : hasMore ? someLeft : done
  const { undo: token } = outcome
  return token ? page(c, app, 'unsubscribed', { ...said, path: c.req.path, undo: token }) : message(c, app, said)
}

async function showUndo(c: WebContext, app: App, token: string): Promise<Response> {
  const peeked = await peekUndo(app, token)
  if (peeked.kind === 'invalid') return message(c, app, invalid, 404)
  if (peeked.kind === 'expired') return message(c, app, tooLateByMail, 410)
  const names = await topicNamesBySlug(app)
  const all = peeked.subscriptions.map((one) => subscriptionView(one, names))
  return page(c, app, 'undo', { title: 'Take it back?', path: c.req.path, address: peeked.address, all })
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

async function undo(c: WebContext, app: App, token: string, late = tooLate): Promise<Response> {
  const outcome = await undoUnsubscribe(app, token)
  if (outcome.kind === 'invalid') return message(c, app, invalid, 404)
  return outcome.kind === 'undone' ? message(c, app, undone) : message(c, app, late, 410)
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
const tooLateByMail = {
  title: 'This link does nothing any more',
  text: 'It works once, and for 7 days. Your preferences show what you have now.',
  way: { href: '/preferences', label: 'Get a link to your preferences' },
}
const noticed = 'We tell this to the address by mail, with a link that takes it back for 7 days.'
const withNotice = <T extends { text: string }>(said: T): T => ({ ...said, text: `${said.text} ${noticed}` })
const lastNotice = {
  title: 'You are unsubscribed',
  text: 'All your subscriptions have ended.',
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
