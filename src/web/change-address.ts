import { setTimeout } from 'node:timers/promises'
import type { App } from '../app.ts'
import { maskAddress, writtenAddressSchema } from '../platform/address.ts'
import {
  type AnsweredChange,
  agreeToChange,
  cancelChange,
  cancelOwnChange,
  peekChange,
  requestAddress,
} from '../readers/change-address.ts'
import type { ChangeEnd } from '../readers/store/address-changes.ts'
import { shownEmail } from '../readers/store/subscribers.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { catchUserError, message, page } from './page.ts'
import { showClosed } from './preferences-closed.ts'
import { parseSent, readForm } from './request.ts'

/** An answer takes at least so long, so that its time tells nothing of the new address. */
const sameTimeMs = 250

/**
 * POST /p/:token/address asks both addresses about a change, and POST .../cancel cancels it. /a/:token is the link at the new address, /k/:token that at the old one: GET
 * shows what it would do, POST confirms or, with `cancel`, cancels.
 */
export function changeAddressRoutes(app: App): Routes {
  const web = routes()
  web.post('/p/:token/address', (c) => ask(c, app))
  web.post('/p/:token/address/cancel', async (c) => {
    const { kind } = await cancelOwnChange(app, tokenOf(c))
    return kind === 'cancelled' ? c.redirect(`/p/${tokenOf(c)}?done=kept`, 303) : showClosed(c, app, kind)
  })
  for (const [path, end] of [
    ['/a/:token', 'new'],
    ['/k/:token', 'old'],
  ] as const) {
    web.get(path, (c) => show(c, app, end))
    web.post(path, (c) => answer(c, app, end))
  }
  return web
}

const tokenOf = (c: WebContext): string => c.req.param('token') ?? ''

async function ask(c: WebContext, app: App): Promise<Response> {
  const email = (await readForm(c)).text('email')
  const back = { href: `/p/${tokenOf(c)}`, label: 'Your preferences' }
  const act = async () => {
    const address = parseSent(writtenAddressSchema, email)
    const [{ kind }] = await Promise.all([requestAddress(app, tokenOf(c), address), setTimeout(sameTimeMs)])
    if (kind === 'limited') return message(c, app, { ...limited, way: back }, 429)
    return kind === 'asked' ? message(c, app, { ...asked, way: back }) : showClosed(c, app, kind)
  }
  return catchUserError(act, (text) => message(c, app, { title: 'The address was not changed', text, way: back }, 422))
}

async function show(c: WebContext, app: App, end: ChangeEnd): Promise<Response> {
  const peeked = await peekChange(app, end, tokenOf(c))
  if (peeked.kind !== 'open') return showOutcome(c, app, peeked.kind)
  const view = { path: c.req.path, old: maskAddress(peeked.from.email), isNew: end === 'new' }
  const shown = end === 'new' ? shownEmail(peeked.to) : maskAddress(peeked.to.email)
  return page(c, app, 'change-address', { title: 'Change of address', ...view, shown })
}

async function answer(c: WebContext, app: App, end: ChangeEnd): Promise<Response> {
  const isCancelled = end === 'old' && (await readForm(c)).text('cancel') !== ''
  const { kind } = isCancelled ? await cancelChange(app, tokenOf(c)) : await agreeToChange(app, end, tokenOf(c))
  return showOutcome(c, app, kind)
}

const asked = {
  title: 'Check your mail at both addresses',
  text: 'If we may mail the new address, it gets a mail with a link to confirm it. The old address gets a mail too. Once both have confirmed, the change is made; without an answer from the old one, after 7 days. Until then your mail comes to the old address.',
}
const limited = {
  title: 'You asked three times today',
  text: 'You can ask for another change of your address tomorrow.',
}

const outcomes: Record<AnsweredChange['kind'], { title: string; text: string; status: 200 | 404 | 409 | 410 }> = {
  moved: { title: 'Your address has changed', text: 'Your mail comes to the new address from now on.', status: 200 },
  waits: {
    title: 'Thank you',
    text: 'The change waits for the other address. The old address can cancel it for 7 days after the request. If only the old one does not answer, it is made then.',
    status: 200,
  },
  suppressed: {
    title: 'We may not mail this address',
    text: 'This address gets no mail from us: it complained, or its server refused our mail. Write to the contact below to lift this.',
    status: 409,
  },
  taken: {
    title: 'This address has subscriptions of its own',
    text: 'End these first, or keep both. Then ask for the change again.',
    status: 409,
  },
  cancelled: {
    title: 'The change is cancelled',
    text: 'Your mail goes on to come to your address. The links to your preferences in earlier mails no longer work.',
    status: 200,
  },
  void: {
    title: 'This link no longer works',
    text: 'It is too old, or the change was made, cancelled, replaced or erased.',
    status: 410,
  },
  invalid: { title: 'This link does not work', text: 'Your mail program may have cut it off.', status: 404 },
}

function showOutcome(c: WebContext, app: App, kind: AnsweredChange['kind']): Promise<Response> {
  const { status, ...view } = outcomes[kind]
  return message(c, app, view, status)
}
