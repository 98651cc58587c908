import type { App } from '../app.ts'
import { plural } from '../platform/text/plural.ts'
import { lifetimes } from '../readers/rules/lifetimes.ts'
import { type Routes, routes } from './context.ts'
import { metaOf } from './metadata.ts'
import { page } from './page.ts'

/** GET /privacy: what is kept of readers, what for and for how long. With PRIVACY_URL it leads to the operator's own page. */
export function privacyRoutes(app: App): Routes {
  const web = routes()
  const { operatorName, privacyUrl, contact, postalAddress } = app.config
  web.get('/privacy', async (c) => {
    if (privacyUrl) return c.redirect(privacyUrl, 302)
    return page(c, app, 'privacy', {
      title: 'Privacy',
      meta: metaOf(app.config, '/privacy', about),
      operator: operatorName ?? null,
      ...{ contact, postalAddress: postalAddress ?? null },
      kept: keptOfReaders(app.config.keepDeliveries),
    })
  })
  return web
}

const about = 'What Sitrep keeps of its readers, what for and for how long, how to see and erase it, and whom to ask.'

/** `30 days`, or `1 hour` for less than two days. */
function inWords(lifetime: Temporal.Duration): string {
  const hours = lifetime.total('hours')
  return hours < 48 ? plural(hours, 'hour') : plural(Math.round(hours / 24), 'day')
}

/** What is kept, what for, and for how long. */
const keptOfReaders = (keepDeliveries: number): { what: string; why: string; long: string }[] => [
  {
    what: 'Your mail address, your topics, times, muted stories and pauses',
    why: 'to send you the mail that you asked for',
    long: `until you or we erase them; muted stories for ${inWords(lifetimes.mute)}`,
  },
  {
    what: 'What you agreed to and changed, when, and from which network (not your full IP address)',
    why: 'to prove that you asked for the mail',
    long: 'as long as your address',
  },
  {
    what: 'An address that was entered in the form and never confirmed',
    why: 'to wait for the confirmation',
    long: `${inWords(lifetimes.unconfirmed)} after the last mail to it`,
  },
  {
    what: 'Which mails were sent to you, when, and what your mail server answered',
    why: 'to tell you nothing twice, to correct what we told you, and to stop mail that cannot be delivered',
    long: `${plural(keepDeliveries, 'day')}; the newest one, and what could not be delivered, as long as your address; after an erasure without your address`,
  },
  {
    what: 'What you told us is wrong with a story',
    why: 'to correct our rules',
    long: 'until it is no longer needed; after an erasure without you',
  },
  {
    what: 'A keyed hash of an address that complained or that no server takes mail for',
    why: 'to send it no more mail, without storing the address',
    long: 'until you ask us to lift it',
  },
  {
    what: 'How often your network, and your IP address, asked for mail',
    why: 'to protect others from unwanted mail',
    long: inWords(lifetimes.networkCount),
  },
  {
    what: 'A keyed hash of the address that was entered, with the network and the mail domain',
    why: 'to tell you when you can ask again',
    long: `${inWords(lifetimes.addressCount)}, or until an erasure`,
  },
]
