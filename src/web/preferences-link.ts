import type { App } from '../app.ts'
import { addressSchema } from '../platform/address.ts'
import { requestLink } from '../readers/preferences.ts'
import { clientAddress } from './client-address.ts'
import { type Routes, routes } from './context.ts'
import { readForm } from './form.ts'
import { hasMailbox } from './mailbox.ts'
import { page } from './page.ts'

/** /preferences: GET asks for an address, POST mails it a fresh link; the answer is the same for every address. */
export function preferencesLinkRoutes(app: App): Routes {
  const web = routes()
  const form = { title: 'Get a link to your preferences', section: 'preferences', email: '', problem: null }
  web.get('/preferences', (c) => page(c, app, 'preferences-link', form))
  web.post('/preferences', async (c) => {
    const sent = await readForm(c)
    const email = sent.text('email')
    const parsed = addressSchema.safeParse(email)
    if (!parsed.success) {
      return page(c, app, 'preferences-link', { ...form, email, problem: parsed.error.issues[0]!.message }, 422)
    }
    const origin = { source: clientAddress(c, app.config.trustProxy), honeypot: sent.text('website') }
    const { kind } = await requestLink(app, parsed.data, origin)
    if (kind === 'busy') return page(c, app, 'preferences-link', { ...form, email, problem: busy }, 429)
    return page(c, app, 'check-mail', { title: 'Check your mail', text, mailbox: hasMailbox(app.config) })
  })
  return web
}

const text = 'If this address is subscribed, we have sent it a link to its preferences.'
const busy = 'Too many people are asking for links right now. Please try again later.'
