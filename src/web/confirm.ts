import type { App } from '../app.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
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
  const outcome = await renewConfirmation(app, token)
  if (outcome.kind === 'invalid') return message(c, app, invalid, 404)
  if (outcome.kind === 'nothing') return message(c, app, nothingToConfirm, 410)
  return message(c, app, outcome.kind === 'mailed' ? renewed : notYet(outcome.from))
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
  text: 'We are sending you a mail with a new link. It comes within minutes.',
}
const nothingToConfirm = {
  title: 'There is nothing to confirm',
  text: 'No subscription of this address waits for a confirmation. You can subscribe with the form.',
  way: { href: '/', label: 'Subscribe' },
}
const notYet = (from: Temporal.Instant) => ({
  title: 'Look for the mail that we sent',
  text: `We sent a newer link to this address. Open that mail; it may be in your spam folder. You can ask for another link from ${formatUtc(from)} on.`,
})
