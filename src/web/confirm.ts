import type { App } from '../app.ts'
import { confirm, type NotOpen, peekConfirm, renewConfirmation } from '../readers/confirm.ts'
import { subscriptionView, topicNamesBySlug } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { message, page } from './page.ts'
import { readForm } from './request.ts'

/** /c/:token: GET shows what the link would confirm; POST confirms it, or mails a new link for an expired one. */
export function confirmRoutes(app: App): Routes {
  const web = routes()
  web.get('/c/:token', async (c) => {
    const token = c.req.param('token')
    const peeked = await peekConfirm(app, token)
    if (peeked.kind !== 'open') return showNotOpen(c, app, token, peeked.kind)
    const names = await topicNamesBySlug(app)
    const subscriptions = peeked.subscriptions.map((one) => subscriptionView(one, names))
    return page(c, app, 'confirm', { title: 'Confirm your subscription', token, email: peeked.email, subscriptions })
  })
  web.post('/c/:token', async (c) => {
    const token = c.req.param('token')
    if ((await readForm(c)).text('renew')) return renew(c, app, token)
    const outcome = await confirm(app, token)
    if (outcome.kind !== 'confirmed') return showNotOpen(c, app, token, outcome.kind)
    const names = await topicNamesBySlug(app)
    const subscriptions = outcome.subscriptions.map((one) => subscriptionView(one, names))
    const preferences = new URL(outcome.preferencesLink).pathname
    return page(c, app, 'confirmed', { title: 'You are subscribed', subscriptions, preferences })
  })
  return web
}

function showNotOpen(c: WebContext, app: App, token: string, kind: NotOpen['kind']): Promise<Response> {
  if (kind === 'expired') return page(c, app, 'confirm-expired', { title: 'This link has expired', token }, 410)
  if (kind === 'already') return message(c, app, already)
  return message(c, app, invalid, 404)
}

async function renew(c: WebContext, app: App, token: string): Promise<Response> {
  const { kind } = await renewConfirmation(app, token)
  return kind === 'invalid' ? message(c, app, invalid, 404) : message(c, app, renewed)
}

const already = {
  title: 'Already confirmed',
  text: 'Your subscription is active. Every mail has a link to your preferences.',
  way: { href: '/editions', label: 'See the days and topics' },
}
const invalid = {
  title: 'This link does not work',
  text: 'Your mail program may have cut it off, or a newer link replaced it. You can subscribe again.',
  way: { href: '/', label: 'Subscribe' },
}
const renewed = {
  title: 'Check your mail',
  text: 'If your subscription still needs confirming, we have sent you a new link.',
}
