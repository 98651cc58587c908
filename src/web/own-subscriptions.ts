import type { App } from '../app.ts'
import { feedChoices, offeredLanguages } from '../feeds/store/feed-choices.ts'
import { addOwnSubscription, changeOwnSubscription, endOwnSubscriptions } from '../readers/own-subscriptions.ts'
import { peekPreferences } from '../readers/preferences.ts'
import type { LinkKind } from '../readers/preferences-link.ts'
import { cadences } from '../readers/rules/subscription.ts'
import type { Subscription } from '../readers/store/subscriptions.ts'
import { coveredLanguages } from '../reading/rules/topics/covered-languages.ts'
import { currentRules, topicNames } from '../reading/store/topics.ts'
import { zones } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import type { Forecast } from './expected-mail.ts'
import { catchUserError, message, page } from './page.ts'
import { showClosed } from './preferences-closed.ts'
import { pathId, readForm } from './request.ts'
import {
  choiceIn,
  choicesToExpect,
  type EnteredChoice,
  enteredLike,
  enteredOf,
  formView,
  type Problems,
  readEntered,
} from './subscription-form.ts'

/**
 * /p/:token/subscriptions/new?cadence=: a new subscription of a reader. /p/:token/subscriptions/:id: one that the reader has. GET
 * shows its form and POST saves it. POST .../end ends it, and POST /p/:token/end ends all of them.
 */
export function ownSubscriptionRoutes(app: App, forecast: Forecast): Routes {
  const web = routes()
  const made: FormParts = { app, forecast }
  web.get('/p/:token/subscriptions/new', (c) => showNew(c, made))
  web.post('/p/:token/subscriptions/new', (c) => add(c, made))
  web.get('/p/:token/subscriptions/:id', (c) => showOwn(c, made))
  web.post('/p/:token/subscriptions/:id', (c) => change(c, made))
  web.post('/p/:token/subscriptions/:id/end', (c) => end(c, app, pathId(c, 'id')))
  web.post('/p/:token/end', (c) => end(c, app, 'all'))
  return web
}

/** What the form is made with: the forecast says how much mail a choice brings. */
type FormParts = { app: App; forecast: Forecast }

/** The reader's active subscriptions, or the page that says why a link opens nothing. */
async function openFor(
  c: WebContext,
  app: App,
  opens: LinkKind = 'any',
): Promise<{ subscriptions: Subscription[] } | { closed: Response }> {
  const peeked = await peekPreferences(app, tokenOf(c))
  if (peeked.kind === 'open' && !peeked.whole && opens === 'whole')
    return { closed: await showClosed(c, app, 'narrow') }
  return peeked.kind === 'open' ? peeked : { closed: await showClosed(c, app, peeked.kind) }
}

const tokenOf = (c: WebContext): string => c.req.param('token') ?? ''

/** The fields of a new subscription; undefined for an unknown cadence. */
function newOne(c: WebContext, subscriptions: Subscription[]): EnteredChoice | undefined {
  const cadence = cadences.find((one) => one === (c.req.query('cadence') ?? 'daily'))
  return cadence && enteredLike(cadence, subscriptions[0])
}

async function showNew(c: WebContext, made: FormParts): Promise<Response> {
  const open = await openFor(c, made.app, 'whole')
  if ('closed' in open) return open.closed
  const entered = newOne(c, open.subscriptions)
  return entered ? showForm(c, made, { entered, isNew: true }) : c.notFound()
}

async function showOwn(c: WebContext, made: FormParts): Promise<Response> {
  const open = await openFor(c, made.app)
  if ('closed' in open) return open.closed
  const own = open.subscriptions.find(({ id }) => id === pathId(c, 'id'))
  if (own) return showForm(c, made, { entered: enteredOf(own), isNew: false })
  return message(c, made.app, hasEnded(tokenOf(c)), 410)
}

async function add(c: WebContext, made: FormParts): Promise<Response> {
  const open = await openFor(c, made.app)
  if ('closed' in open) return open.closed
  const before = newOne(c, open.subscriptions)
  if (!before) return c.notFound()
  return save(c, made, { before: { ...before, topics: [] }, isNew: true })
}

async function change(c: WebContext, made: FormParts): Promise<Response> {
  const open = await openFor(c, made.app)
  if ('closed' in open) return open.closed
  const own = open.subscriptions.find(({ id }) => id === pathId(c, 'id'))
  if (own) return save(c, made, { before: enteredOf(own), isNew: false, id: own.id })
  return message(c, made.app, hasEnded(tokenOf(c)), 410)
}

type Saved = { before: EnteredChoice; isNew: boolean; id?: number }

async function save(c: WebContext, made: FormParts, { before, isNew, id }: Saved): Promise<Response> {
  const entered = readEntered(await readForm(c), before)
  const checked = choiceIn(entered)
  if (checked.kind === 'refused')
    return showForm(c, made, { entered, isNew, problem: marked, problems: checked.problems })
  const act = async () => {
    const token = tokenOf(c)
    const saved =
      id === undefined
        ? await addOwnSubscription(made.app, token, checked.choice)
        : await changeOwnSubscription(made.app, token, id, checked.choice)
    if (saved.kind === 'missing') return message(c, made.app, hasEnded(token), 410)
    return saved.kind === 'saved' ? c.redirect(`/p/${token}?done=saved`, 303) : showClosed(c, made.app, saved.kind)
  }
  return catchUserError(act, (problem) => showForm(c, made, { entered, isNew, problem }))
}

async function end(c: WebContext, app: App, id: number | 'all' | undefined): Promise<Response> {
  if (id === undefined) return c.notFound()
  const token = tokenOf(c)
  const outcome = await endOwnSubscriptions(app, token, id)
  if (outcome.kind === 'missing') return c.redirect(`/p/${token}`, 303)
  if (outcome.kind !== 'ended') return showClosed(c, app, outcome.kind)
  return outcome.left > 0 ? c.redirect(`/p/${token}?done=ended`, 303) : message(c, app, allEnded)
}

type FormView = { entered: EnteredChoice; isNew: boolean; problem?: string; problems?: Problems }

async function showForm(
  c: WebContext,
  { app, forecast }: FormParts,
  { entered, isNew, problem, problems }: FormView,
): Promise<Response> {
  const [topics, feeds, languages, rules] = await Promise.all([
    topicNames(app.db),
    feedChoices(app.db, entered.feeds.map(Number).filter(Number.isSafeInteger)),
    offeredLanguages(app.db),
    currentRules(app.db),
  ])
  const expected = await forecast(choicesToExpect(entered, topics))
  const form = formView(entered, { topics, feeds, languages, covered: coveredLanguages(rules) }, expected, problems)
  const view = {
    title: isNew ? `Add ${form.article}` : form.label,
    section: 'preferences',
    token: tokenOf(c),
    endPath: `${c.req.path}/end`,
    ...{ zones, form, isNew, problem },
  }
  return page(c, app, 'subscription', view, problem ? 422 : 200)
}

const marked = 'This subscription was not saved. Please correct the marked fields below.'
const hasEnded = (token: string) => ({
  title: 'You have no such subscription',
  text: 'It may have ended in the meantime, so nothing was saved. Your preferences show what you have.',
  way: { href: `/p/${token}`, label: 'Your preferences' },
})
const allEnded = {
  title: 'You are unsubscribed',
  text: 'All your subscriptions have ended. You get no mail any more.',
  way: { href: '/', label: 'Subscribe again' },
}
