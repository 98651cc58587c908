import { z } from 'zod'
import type { App } from '../app.ts'
import { longDate } from '../platform/text/format-instant.ts'
import { consentSentence } from '../readers/rules/consent.ts'
import { type SubscribeRequest, subscribeSchema } from '../readers/rules/subscription.ts'
import { subscribe } from '../readers/subscribe.ts'
import { topicNames } from '../reading/store/topics.ts'
import { storyDates } from '../stories/store/story-days.ts'
import { busyUntil, sayRetryAfter, showCheckMail } from './check-mail.ts'
import { cadenceNames, defaultTime, defaultZone, shownZone, topicChoices, zones } from './choices.ts'
import { clientAddress } from './client-address.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { choicesOfTopic, type Forecast } from './expected-mail.ts'
import { metaOf } from './metadata.ts'
import { catchUserError, page, unchangedPage } from './page.ts'
import { type Form, problemsByField, readForm } from './request.ts'

/** GET / shows the sign-up form, with the topics of `?topics=a,b` chosen, POST /subscribe takes it; the answer is the same for every address. */
export function homeRoutes(app: App, forecast: Forecast): Routes {
  const web = routes()
  const form: SignUpForm = { app, forecast, showUntouched: unchangedPage(app, 'home') }
  web.get('/', (c) => showForm(c, form, { entered: { ...untouched, topics: askedTopics(c) } }))
  web.post('/subscribe', async (c) => {
    const sent = await readForm(c)
    const entered = enteredIn(sent)
    const parsed = subscribeSchema.safeParse(entered)
    if (!parsed.success) {
      return showForm(c, form, { entered, problem: marked, problems: problemsByField(parsed.error.issues) }, 422)
    }
    return signUp(c, form, entered, parsed.data, sent.text('website'))
  })
  return web
}

/** What the form is made with: the forecast says beside each topic how much mail it brings. */
type SignUpForm = { app: App; forecast: Forecast; showUntouched: ReturnType<typeof unchangedPage> }

/** What the form has in its fields. */
type Entered = { email: string; topics: string[]; cadence: string; at: string; zone: string }
type FormView = { entered: Entered; problems?: Record<string, string>; problem?: string }

/** True for every address: a new one, a subscribed one, and one that gets no mail. */
const received =
  'If we may mail this address, it gets a mail with a link. Open the link to confirm your subscription. ' +
  'If the address has such a subscription already, the link opens its preferences instead.'
const about =
  'Sitrep reads feeds of analysis and humanitarian news and mails you what is new on your topics, each with its source.'
const marked = 'You are not subscribed yet. Please correct the marked fields below.'
const noProblems = { email: null, topics: null, cadence: null, at: null, zone: null }
const untouched: Entered = { email: '', topics: [], cadence: 'daily', at: defaultTime, zone: defaultZone }

const topicsSchema = z.string().max(2_000).default('').catch('')

/** The topics that the link of a forwarded mail names. Unknown ones choose nothing. */
const askedTopics = (c: WebContext): string[] => topicsSchema.parse(c.req.query('topics')).split(',')

function enteredIn({ text, all }: Form): Entered {
  return { email: text('email'), topics: all('topics'), cadence: text('cadence'), at: text('at'), zone: text('zone') }
}

function signUp(c: WebContext, form: SignUpForm, entered: Entered, request: SubscribeRequest, honeypot: string) {
  const { app } = form
  const act = async () => {
    const source = clientAddress(c, app.config.trustProxy)
    const outcome = await subscribe(app, request, { source, honeypot })
    if (outcome.kind === 'received') return showCheckMail(c, app, outcome, received)
    sayRetryAfter(c, app, outcome.until)
    return showForm(c, form, { entered, problem: busyUntil(outcome.until) }, 429)
  }
  return catchUserError(act, (problem) => showForm(c, form, { entered, problem }, 422))
}

async function showForm(
  c: WebContext,
  { app, forecast, showUntouched }: SignUpForm,
  { entered, problem, problems }: FormView,
  status: 200 | 422 | 429 = 200,
): Promise<Response> {
  const [topics, [date]] = await Promise.all([topicNames(app.db), storyDates(app.db, 1)])
  const expected = await Promise.all(topics.map(({ slug }) => forecast(choicesOfTopic(slug))))
  const view = {
    title: 'Subscribe',
    section: 'home',
    meta: metaOf(app.config, '/', about),
    day: date ? { date, name: longDate(date) } : null,
    consent: consentSentence,
    ...fieldsView(entered, problem === undefined),
    topics: topicChoices(topics, entered.topics, expected),
    problem,
    problems: { ...noProblems, ...problems },
  }
  const isUntouched = status === 200 && !topics.some(({ slug }) => entered.topics.includes(slug))
  return isUntouched ? showUntouched(c, view) : page(c, app, 'home', view, status)
}

function fieldsView(entered: Entered, isNew: boolean) {
  const { email, at, zone, cadence } = entered
  const cadences = (['daily', 'weekly', 'alert'] as const).map((value) => ({
    ...cadenceNames[value],
    value,
    checked: value === cadence,
  }))
  // Only a new form gets the zone of the browser: a reader who chose UTC meant it.
  const guessZone = isNew ? defaultZone : null
  return { email, at, zone: shownZone(zone), zones, guessZone, cadences }
}
