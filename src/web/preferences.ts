import { setTimeout } from 'node:timers/promises'
import type { App } from '../app.ts'
import { addressSchema } from '../platform/address.ts'
import { formatIn, formatUtc, longDate } from '../platform/text/format-instant.ts'
import { UserError } from '../platform/user-error.ts'
import type { WaitingChange } from '../readers/change-address.ts'
import { pauseMail } from '../readers/pause.ts'
import {
  mailWholeLink,
  type PeekedPreferences,
  peekPreferences,
  renewFeed,
  requestLink,
  unmuteStory,
} from '../readers/preferences.ts'
import type { Subscription } from '../readers/store/subscriptions.ts'
import { busyUntil, sayRetryAfter, showCheckMail } from './check-mail.ts'
import { cadenceNames, defaultZone, subscriptionView, topicNamesBySlug } from './choices.ts'
import { clientAddress } from './client-address.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { dateSchema } from './day-of.ts'
import type { Forecast } from './expected-mail.ts'
import { metaOf } from './metadata.ts'
import { storySchema } from './mute.ts'
import { catchUserError, message, page } from './page.ts'
import { showClosed } from './preferences-closed.ts'
import { parseSent, readForm } from './request.ts'
import { choicesToExpect, enteredOf } from './subscription-form.ts'

/**
 * /p/:token: GET shows what a reader has: subscriptions, a pause, muted stories, a feed. POST /p/:token/pause, /mutes and /feed
 * change it, and /whole mails a link to all of it where the link is for one subscription. /preferences: GET asks for an address, POST mails it a new link; the answer is the same for every address.
 */
export function preferencesRoutes(app: App, forecast: Forecast): Routes {
  const web = routes()
  web.get('/preferences', (c) => showLinkForm(c, app))
  web.post('/preferences', (c) => mailLink(c, app))
  web.get('/p/:token', (c) => showPreferences(c, { app, forecast }))
  web.post('/p/:token/pause', (c) => pause(c, { app, forecast }))
  web.post('/p/:token/mutes', (c) => unmute(c, app, c.req.param('token')))
  web.post('/p/:token/feed', (c) => renew(c, app, c.req.param('token')))
  web.post('/p/:token/whole', (c) => mailWhole(c, app, c.req.param('token')))
  return web
}

/** What the page is made with: the forecast says how much mail each subscription brings. */
type PageParts = { app: App; forecast: Forecast }
type OpenPreferences = Extract<PeekedPreferences, { kind: 'open' }>

async function showPreferences(c: WebContext, { app, forecast }: PageParts, problem?: string): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const peeked = await peekPreferences(app, token)
  if (peeked.kind !== 'open') return showClosed(c, app, peeked.kind)
  const { email, whole } = peeked
  const view = {
    title: 'Your preferences',
    section: 'preferences',
    ...{ token, email, whole },
    subscriptions: await subscriptionViews({ app, forecast }, peeked.subscriptions),
    more: Object.entries(cadenceNames).map(([cadence, { article }]) => ({ cadence, article })),
    pausedUntil: pausedUntil(peeked, app.now()),
    tomorrow: dateOf(peeked, app.now()).add({ days: 1 }).toString(),
    change: whole?.change ? changeView(whole.change, zoneOf(peeked)) : null,
    muted: whole?.muted.map(({ takeaway, headline, at }) => ({ takeaway, headline, at: formatUtc(at) })) ?? [],
    notice: noticeOf(c.req.query('done'), pausedUntil(peeked, app.now()) !== null),
    problem: problem ?? null,
  }
  return page(c, app, 'preferences', view, problem ? 422 : 200)
}

/** A change of address that waits, in sentences. */
function changeView({ to, requestedAt, until, taken, agreed }: WaitingChange, zone: string) {
  const end = formatIn(zone, until)
  const then = agreed ? 'and then the change is made' : 'and this address can agree or cancel'
  return {
    to,
    requested: formatIn(zone, requestedAt),
    state: taken
      ? `The new address has confirmed. The change is made ${end}, or before if this address agrees by the link that we mailed.`
      : `It waits for the new address to confirm until ${end}, ${then}.`,
  }
}

async function subscriptionViews({ app, forecast }: PageParts, subscriptions: Subscription[]) {
  const names = await topicNamesBySlug(app)
  const expected = await forecast(subscriptions.flatMap((one) => choicesToExpect(enteredOf(one), [])))
  return subscriptions.map((one, i) => ({ ...subscriptionView(one, names), expected: expected[i]?.words ?? null }))
}

/** The zone by which a reader's days begin: that of the first subscription. */
const zoneOf = ({ subscriptions: [first] }: OpenPreferences): string => first?.zone ?? defaultZone
const dateOf = (open: OpenPreferences, at: Temporal.Instant) => at.toZonedDateTimeISO(zoneOf(open)).toPlainDate()

function pausedUntil(open: OpenPreferences, now: Temporal.Instant): string | null {
  const until = open.paused_until
  return until && Temporal.Instant.compare(until, now) > 0 ? longDate(dateOf(open, until).toString()) : null
}

/** Pauses all mail until the date in `until`; without one the pause ends. */
async function pause(c: WebContext, parts: PageParts): Promise<Response> {
  const { app } = parts
  const token = c.req.param('token') ?? ''
  const form = await readForm(c)
  const peeked = await peekPreferences(app, token)
  if (peeked.kind !== 'open') return showClosed(c, app, peeked.kind)
  const act = async () => {
    const until = form.text('until') === '' ? null : parseDate(form.text('until'))
    const outcome = await pauseMail(app, token, until && { until, zone: zoneOf(peeked) })
    if (outcome.kind !== 'paused') return showClosed(c, app, outcome.kind)
    return c.redirect(`/p/${token}?done=${until ? 'paused' : 'resumed'}`, 303)
  }
  return catchUserError(act, (problem) => showPreferences(c, parts, problem))
}

function parseDate(sent: string): Temporal.PlainDate {
  const parsed = dateSchema.safeParse(sent)
  if (!parsed.success) throw new UserError('Give the date as YYYY-MM-DD, such as 2026-12-24.')
  return Temporal.PlainDate.from(parsed.data)
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

async function mailWhole(c: WebContext, app: App, token: string): Promise<Response> {
  const outcome = await mailWholeLink(app, token)
  if (outcome.kind === 'limited') return message(c, app, enoughLinks(outcome.from), 429)
  if (outcome.kind !== 'mailed') return showClosed(c, app, outcome.kind)
  const text = 'We send a link to all your preferences to the address that gets this mail.'
  return showCheckMail(c, app, { kind: 'received' }, text, false)
}

/** What the act before this page did, by the word in `?done=`. */
const notices: Record<string, string> = {
  saved: 'Your subscription is saved.',
  ended: 'The subscription has ended. Your others go on.',
  paused: 'All your mail is paused.',
  resumed: 'Your mail is no longer paused.',
  feed: 'Your feed has a new address. The old one does not work any more.',
  kept: 'The change of your address is cancelled.',
  unmuted: 'The story is no longer muted. Later alerts tell it again.',
}

/** The notice of an act, unless the page shows that it was undone since: a link of a page before is opened again. */
function noticeOf(done: string | undefined, isPaused: boolean): string | null {
  if ((done === 'paused' && !isPaused) || (done === 'resumed' && isPaused)) return null
  return notices[done ?? ''] ?? null
}

/** An answer takes at least so long, so that its time does not tell whether an address is that of a reader. */
const sameTimeMs = 250

async function mailLink(c: WebContext, app: App): Promise<Response> {
  const form = await readForm(c)
  const email = form.text('email')
  const act = async () => {
    const source = clientAddress(c, app.config.trustProxy)
    const address = parseSent(addressSchema, email)
    const request = requestLink(app, address, { source, honeypot: form.text('website') })
    const [outcome] = await Promise.all([request, setTimeout(sameTimeMs)])
    if (outcome.kind === 'received') return showCheckMail(c, app, outcome, mailed)
    sayRetryAfter(c, app, outcome.until)
    return showLinkForm(c, app, { email, problem: busyUntil(outcome.until) }, 429)
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

const enoughLinks = (from: Temporal.Instant) => ({
  title: 'A link was mailed already',
  text: `Open the newest one in your mail. You can ask for another one from ${formatUtc(from)} on.`,
})
const about =
  'Readers of Sitrep get a link by mail with which they change their topics, or unsubscribe. No password is needed.'
const mailed = 'If this address is subscribed and we may mail it now, it gets a mail with a link to its preferences.'
