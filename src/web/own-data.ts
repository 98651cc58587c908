import type { App } from '../app.ts'
import { maskAddress } from '../platform/address.ts'
import { formatIn } from '../platform/text/format-instant.ts'
import { eraseMyself, ownDataFile, showOwnData } from '../readers/own-data.ts'
import { peekOwnData } from '../readers/own-data-link.ts'
import { timelineWords } from '../readers/rules/timeline-words.ts'
import { subscriptionView, topicNamesBySlug } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { message, page } from './page.ts'
import { showClosed } from './preferences-closed.ts'
import { readForm } from './request.ts'

/**
 * /p/:token/data: all that is kept about a reader, and data.json the same as a file. /p/:token/erase: GET asks for the address, and
 * POST with it erases the reader. Mail scanners open every link and change nothing.
 */
export function ownDataRoutes(app: App): Routes {
  const web = routes()
  web.get('/p/:token/data', (c) => showData(c, app, c.req.param('token')))
  web.get('/p/:token/data.json', (c) => download(c, app, c.req.param('token')))
  web.get('/p/:token/erase', (c) => askToErase(c, app, c.req.param('token')))
  web.post('/p/:token/erase', (c) => erase(c, app, c.req.param('token')))
  return web
}

async function showData(c: WebContext, app: App, token: string): Promise<Response> {
  const data = await showOwnData(app, token)
  if (data.kind !== 'open') return showClosed(c, app, data.kind)
  const { subscriber, record, zone, days, events } = data
  const names = await topicNamesBySlug(app)
  return page(c, app, 'data', {
    title: 'Your data',
    section: 'preferences',
    token,
    email: maskAddress(subscriber.email),
    state: subscriber.state,
    subscriptions: record.subscriptions.map((one) => subscriptionView(one, names)),
    suppression: record.suppression?.reason ?? null,
    muted: record.muted.map(({ headline }) => headline),
    days,
    events: events.map(({ at, facts }) => ({ at: formatIn(zone, at), words: timelineWords(facts, zone) })),
  })
}

async function download(c: WebContext, app: App, token: string): Promise<Response> {
  const file = await ownDataFile(app, token)
  if (file.kind !== 'open') return showClosed(c, app, file.kind)
  c.header('Content-Type', 'application/json; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="my-data.json"')
  return c.body(ReadableStream.from(file.pieces).pipeThrough(new TextEncoderStream()))
}

async function askToErase(c: WebContext, app: App, token: string, problem: string | null = null): Promise<Response> {
  const link = await peekOwnData(app, token)
  if (link.kind !== 'open') return showClosed(c, app, link.kind)
  const view = {
    title: 'Erase your data',
    section: 'preferences',
    token,
    email: maskAddress(link.subscriber.email),
    problem,
  }
  return page(c, app, 'erase', view, problem ? 422 : 200)
}

async function erase(c: WebContext, app: App, token: string): Promise<Response> {
  const outcome = await eraseMyself(app, token, (await readForm(c)).text('email').slice(0, 1_000))
  if (outcome.kind === 'other') return askToErase(c, app, token, otherAddress)
  return outcome.kind === 'erased' ? message(c, app, erased) : showClosed(c, app, outcome.kind)
}

const otherAddress = 'This is not the address to which the mail with this link came. Nothing was erased.'
const erased = {
  title: 'Your data is erased',
  text: 'Your address, your choices and your history are gone, and you get no mail any more. No mail confirms this, because we would have to keep its record.',
  way: { href: '/', label: 'Go to the home page' },
}
