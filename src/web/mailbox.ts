import type { MiddlewareHandler } from 'hono'
import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import { findMail, listMails } from '../delivery/store/mailbox.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import { isLocal } from './client-address.ts'
import { type Env, type Routes, routes, type WebContext } from './context.ts'
import { framedMail, message, page } from './page.ts'
import { pathId } from './request.ts'
import { keepAddressSecret } from './security.ts'

const maxShown = 200

/** True where mails stay in the local mailbox, which is for development only. Not everybody can open it: see isLocal. */
export function hasMailbox(config: Config): boolean {
  return !config.production && config.smtpUrl === undefined
}

/** GET /mailbox, /mailbox.json, /mailbox/:id and its HTML part: the mails sent, for this machine only. */
export function mailboxRoutes(app: App): Routes {
  const web = routes()
  web.use('/mailbox/*', localOnly(app))
  web.use('/mailbox.json', localOnly(app))
  web.get('/mailbox', async (c) => {
    const mails = (await listMails(app.db, maxShown)).map((mail) => ({ ...mail, at: formatUtc(mail.at) }))
    return page(c, app, 'mailbox', { title: 'Local mailbox', mails, shown: maxShown })
  })
  web.get('/mailbox.json', async (c) => c.json((await listMails(app.db, maxShown)).map(asJson)))
  web.get('/mailbox/:id', (c) => showMail(c, app))
  web.get('/mailbox/:id/html', (c) => showHtml(c, app))
  return web
}

function localOnly(app: App): MiddlewareHandler<Env> {
  return async (c, next) => {
    const text =
      'The local mailbox works only without SMTP_URL and outside production. Open it on the same machine, without a proxy, ' +
      'and with a PUBLIC_URL of this machine.'
    if (!hasMailbox(app.config) || !isLocal(c, app.config))
      return message(c, app, { title: 'No local mailbox', text }, 404)
    keepAddressSecret(c)
    return next()
  }
}

type Listed = Awaited<ReturnType<typeof listMails>>[number]

function asJson({ id, sender, recipient, subject, text, at }: Listed) {
  return { id, to: recipient, from: sender, subject, at: at.toString(), links: linksIn(text) }
}

async function showMail(c: WebContext, app: App): Promise<Response> {
  const id = pathId(c, 'id')
  const mail = id === undefined ? undefined : await findMail(app.db, id)
  if (!mail) return c.notFound()
  const { sender, recipient, subject, text } = mail
  const headers = mail.raw.toString('utf8').split(/\r?\n\r?\n/, 1)[0]
  const at = formatUtc(mail.at)
  return page(c, app, 'mail', {
    title: subject,
    id,
    sender,
    recipient,
    subject,
    text,
    headers,
    at,
    links: linksIn(text),
  })
}

async function showHtml(c: WebContext, app: App): Promise<Response> {
  const id = pathId(c, 'id')
  const mail = id === undefined ? undefined : await findMail(app.db, id)
  return mail ? framedMail(c, mail.html) : c.notFound()
}

/** Every link of a text part, once, without the punctuation around it. */
function linksIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"]+/g) ?? []
  return [...new Set(found.map((link) => link.replace(/[).,;:]+$/, '')))]
}
