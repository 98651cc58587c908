import type { App } from '../app.ts'
import { addressSchema } from '../platform/address.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import {
  type NoPreferences,
  type PeekedPreferences,
  peekPreferences,
  renewFeed,
  requestLink,
  savePreferences,
  unmuteStory,
} from '../readers/preferences.ts'
import { topicNames } from '../reading/store/topics.ts'
import { zones } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import type { Forecast } from './expected-mail.ts'
import { hasMailbox } from './mailbox.ts'
import { metaOf } from './metadata.ts'
import { storySchema } from './mute.ts'
import { catchUserError, message, page } from './page.ts'
import {
  choicesOfPart,
  isPreferencesForm,
  type PreferencePart,
  partsOf,
  partViews,
  readParts,
  requestOf,
} from './preference-parts.ts'
import { clientAddress, parseSent, readForm } from './request.ts'

/**
 * /p/:token: GET shows the reader's subscriptions, POST makes them what the form says. /preferences: GET asks for an
 * address, POST mails it a new link; the answer is the same for every address.
 */
export function preferencesRoutes(app: App, forecast: Forecast): Routes {
  const web = routes()
  const form: PreferencesForm = { app, forecast }
  web.get('/preferences', (c) => showLinkForm(c, app))
  web.post('/preferences', (c) => mailLink(c, app))
  web.get('/p/:token', async (c) => {
    const peeked = await peekPreferences(app, c.req.param('token'))
    if (peeked.kind !== 'open') return showClosed(c, app, peeked.kind)
    const notice = notices[c.req.query('done') ?? ''] ?? null
    return showForm(c, form, { parts: partsOf(peeked.subscriptions), ...ownOf(peeked), notice, problem: null })
  })
  web.post('/p/:token', (c) => save(c, form, c.req.param('token')))
  web.post('/p/:token/mutes', (c) => unmute(c, app, c.req.param('token')))
  web.post('/p/:token/feed', (c) => renew(c, app, c.req.param('token')))
  return web
}

/** What the page shows of a reader beside the subscriptions. */
type Own = Pick<Extract<PeekedPreferences, { kind: 'open' }>, 'email' | 'feed' | 'label' | 'muted'>
const ownOf = ({ email, feed, label, muted }: Own): Own => ({ email, feed, label, muted })

/** What the form is made with: the forecast says how much mail each choice brings. */
type PreferencesForm = { app: App; forecast: Forecast }

async function save(c: WebContext, made: PreferencesForm, token: string): Promise<Response> {
  const { app } = made
  const peeked = await peekPreferences(app, token)
  if (peeked.kind !== 'open') return showClosed(c, app, peeked.kind)
  const form = await readForm(c)
  const current = partsOf(peeked.subscriptions)
  const showProblem = (shown: PreferencePart[], problem: string) =>
    showForm(c, made, { parts: shown, ...ownOf(peeked), notice: null, problem })
  if (!isPreferencesForm(form)) return showProblem(current, incomplete)
  const parts = readParts(form, current)
  const request = requestOf(parts)
  if (request.kind === 'refused') return showProblem(request.parts, marked)
  const act = async () => {
    const saved = await savePreferences(app, token, request.preferences)
    if (saved.kind !== 'saved') return showClosed(c, app, saved.kind)
    return saved.subscriptions.length ? c.redirect(`/p/${token}?done=saved`, 303) : message(c, app, ended)
  }
  return catchUserError(act, (problem) => showProblem(parts, problem))
}

async function unmute(c: WebContext, app: App, token: string): Promise<Response> {
  const story = parseSent(storySchema, (await readForm(c)).text('story'))
  const outcome = await unmuteStory(app, token, story)
  return outcome.kind === 'unmuted' ? c.redirect(`/p/${token}?done=unmuted`, 303) : showClosed(c, app, outcome.kind)
}

async function renew(c: WebContext, app: App, token: string): Promise<Response> {
  const outcome = await renewFeed(app, token)
  return outcome.kind === 'renewed' ? c.redirect(`/p/${token}?done=feed`, 303) : showClosed(c, app, outcome.kind)
}

/** What the act before this page did, by the word in `?done=`. */
const notices: Record<string, string> = {
  saved: 'Your preferences are saved.',
  feed: 'Your feed has a new address. The old one does not work any more.',
  unmuted: 'The story is no longer muted. Later alerts tell it again.',
}

type FormView = Own & {
  parts: PreferencePart[]
  notice: string | null
  problem: string | null
}

async function showForm(
  c: WebContext,
  { app, forecast }: PreferencesForm,
  { parts, muted, ...rest }: FormView,
): Promise<Response> {
  const topics = await topicNames(app.db)
  const expected = await Promise.all(parts.map((part) => forecast(choicesOfPart(part, topics))))
  const view = {
    title: 'Your preferences',
    section: 'preferences',
    zones,
    parts: partViews(parts, topics, expected),
    token: c.req.param('token'),
    muted: muted.map(({ takeaway, headline, at }) => ({ takeaway, headline, at: formatUtc(at) })),
    ...rest,
  }
  return page(c, app, 'preferences', view, rest.problem ? 422 : 200)
}

function showClosed(c: WebContext, app: App, kind: NoPreferences['kind']): Promise<Response> {
  if (kind === 'invalid') return message(c, app, invalid, 404)
  return message(c, app, kind === 'expired' ? expired : noSubscription, 410)
}

async function mailLink(c: WebContext, app: App): Promise<Response> {
  const form = await readForm(c)
  const email = form.text('email')
  const act = async () => {
    const source = clientAddress(c, app.config.trustProxy)
    const address = parseSent(addressSchema, email)
    const { kind } = await requestLink(app, address, { source, honeypot: form.text('website') })
    if (kind === 'busy') return showLinkForm(c, app, { email, problem: busy }, 429)
    return page(c, app, 'check-mail', { title: 'Check your mail', text: mailed, mailbox: hasMailbox(app.config) })
  }
  return catchUserError(act, (problem) => showLinkForm(c, app, { email, problem }, 422))
}

function showLinkForm(
  c: WebContext,
  app: App,
  entered: { email: string; problem: string | null } = { email: '', problem: null },
  status: 200 | 422 | 429 = 200,
): Promise<Response> {
  const meta = metaOf(app.config, '/preferences', about)
  const view = { title: 'Get a link to your preferences', section: 'preferences', meta, ...entered }
  return page(c, app, 'preferences-link', view, status)
}

const about =
  'Readers of Sitrep get a link by mail with which they change their topics, or unsubscribe. No password is needed.'
const marked = 'Your preferences were not saved. Please correct the marked fields below.'
const incomplete = 'Your preferences were not saved, because the form arrived incomplete. Please send it again.'
const mailed = 'If this address is subscribed, we have sent it a link to its preferences.'
const busy = 'Too many people are asking for links right now. Please try again later.'

const newLink = { href: '/preferences', label: 'Get a new link' }
const invalid = {
  title: 'This link does not work',
  text: 'Your mail program may have cut it off. We can mail you a new one.',
  way: newLink,
}
const expired = {
  title: 'This link has expired',
  text: 'A link to your preferences works for 30 days. We can mail you a new one.',
  way: newLink,
}
const noSubscription = {
  title: 'No subscription',
  text: 'This address has no subscription any more. You can subscribe again at any time.',
  way: { href: '/', label: 'Subscribe' },
}
const ended = {
  title: 'You are unsubscribed',
  text: 'You chose no mail, so all your subscriptions have ended.',
  way: { href: '/', label: 'Subscribe again' },
}
