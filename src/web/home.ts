import type { App } from '../app.ts'
import { listEditionRows } from '../editions/store/edition-views.ts'
import { UserError } from '../platform/user-error.ts'
import { consentSentence } from '../readers/rules/consent.ts'
import { type SubscribeRequest, subscribeSchema } from '../readers/rules/subscription.ts'
import { subscribe } from '../readers/subscribe.ts'
import { topicNames } from '../reading/store/topic-names.ts'
import { cadenceNames, defaultTime, defaultZone, shownZone, topicChoices, zones } from './choices.ts'
import { clientAddress } from './client-address.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { type Form, problemsByField, readForm } from './form.ts'
import { hasMailbox } from './mailbox.ts'
import { page } from './page.ts'

/** GET / shows the form, POST /subscribe takes it; the answer is the same for every address. */
export function homeRoutes(app: App): Routes {
  const web = routes()
  web.get('/', (c) => showForm(c, app, { entered: untouched }))
  web.post('/subscribe', async (c) => {
    const form = await readForm(c)
    const entered = enteredIn(form)
    const parsed = subscribeSchema.safeParse(entered)
    if (!parsed.success) {
      return showForm(c, app, { entered, problem: marked, problems: problemsByField(parsed.error.issues) }, 422)
    }
    return take(c, app, entered, parsed.data, form.text('website'))
  })
  return web
}

type Entered = { email: string; topics: string[]; cadence: string; at: string; zone: string }
type Shown = { entered: Entered; problems?: Record<string, string>; problem?: string }

const marked = 'The form was not sent. Please correct the marked fields below.'
const busy = 'Too many people are signing up right now. Please try again later.'
const unproblematic = { email: null, topics: null, cadence: null, at: null, zone: null }
const untouched: Entered = { email: '', topics: [], cadence: 'daily', at: defaultTime, zone: defaultZone }

function enteredIn(form: Form): Entered {
  const { text } = form
  return {
    email: text('email'),
    topics: form.all('topics'),
    cadence: text('cadence'),
    at: text('at'),
    zone: text('zone'),
  }
}

async function take(c: WebContext, app: App, entered: Entered, request: SubscribeRequest, honeypot: string) {
  try {
    const source = clientAddress(c, app.config.trustProxy)
    const outcome = await subscribe(app, request, { source, honeypot })
    return outcome.kind === 'busy' ? showForm(c, app, { entered, problem: busy }, 429) : sayCheckMail(c, app)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return showForm(c, app, { entered, problem: error.message }, 422)
  }
}

async function showForm(c: WebContext, app: App, shown: Shown, status: 200 | 422 | 429 = 200): Promise<Response> {
  const [topics, [latest]] = await Promise.all([
    topicNames(app.db),
    listEditionRows(app.db, { limit: 1, kinds: ['daily', 'weekly', 'welcome'] }),
  ])
  const { entered, problem, problems } = shown
  const view = { title: 'Subscribe', section: 'home', latest, ...fields(entered), consent: consentSentence, problem }
  const told = { topics: topicChoices(topics, entered.topics), problems: { ...unproblematic, ...problems } }
  return page(c, app, 'home', { ...view, ...told }, status)
}

/** The fields of the form with what was entered in them. */
function fields(entered: Entered) {
  const { email, at, zone, cadence } = entered
  const cadences = (['daily', 'weekly', 'alert'] as const).map((value) => ({
    ...cadenceNames[value],
    value,
    checked: value === cadence,
  }))
  // Only a form that nobody touched gets the zone of the browser: who chose UTC meant it.
  const guessZone = entered === untouched ? defaultZone : null
  return { email, at, zone: shownZone(zone), zones, guessZone, cadences }
}

function sayCheckMail(c: WebContext, app: App): Promise<Response> {
  const text = 'We sent you a mail with a link. Open the link to confirm your subscription.'
  return page(c, app, 'check-mail', { title: 'Check your mail', text, mailbox: hasMailbox(app.config) })
}
