import { z } from 'zod'
import type { App } from '../app.ts'
import { muteStory, type NoMute, peekMute } from '../readers/mute.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { catchUserError, message, page } from './page.ts'
import { parseSent, readForm } from './request.ts'

/** /m/:token: GET shows the stories of an alert, POST mutes one of them. */
export function muteRoutes(app: App): Routes {
  const web = routes()
  web.get('/m/:token', (c) => showStories(c, app, c.req.param('token'), null))
  web.post('/m/:token', async (c) => {
    const token = c.req.param('token')
    const form = await readForm(c)
    const act = async () => {
      const outcome = await muteStory(app, token, parseSent(storySchema, form.text('story')))
      return outcome.kind === 'muted' ? message(c, app, muted(outcome.headline)) : showClosed(c, app, outcome.kind)
    }
    return catchUserError(act, (problem) => showStories(c, app, token, problem))
  })
  return web
}

/** A story as forms send it: the id of one of its takeaways. */
export const storySchema = z.coerce
  .number('Choose a story of the list.')
  .int('Choose a story of the list.')
  .min(1, 'Choose a story of the list.')
  .max(Number.MAX_SAFE_INTEGER, 'Choose a story of the list.')

async function showStories(c: WebContext, app: App, token: string, problem: string | null): Promise<Response> {
  const peeked = await peekMute(app, token)
  if (peeked.kind !== 'open') return showClosed(c, app, peeked.kind)
  const { address, stories } = peeked
  return page(c, app, 'mute', { title: 'Mute a story', token, address, stories, problem }, problem ? 422 : 200)
}

function showClosed(c: WebContext, app: App, kind: NoMute['kind']): Promise<Response> {
  return kind === 'gone' ? message(c, app, gone, 410) : message(c, app, invalid, 404)
}

const muted = (headline: string) => ({
  title: 'The story is muted',
  text: `You get no more alerts of “${headline}”. Your digests still tell it. Your preferences list the stories that you have muted, and there you can unmute them.`,
  way: { href: '/preferences', label: 'Get a link to your preferences' },
})
const gone = {
  title: 'No subscription',
  text: 'This address has no subscription any more, so it gets no alerts.',
  way: { href: '/', label: 'Subscribe' },
}
const invalid = {
  title: 'This link does not work',
  text: 'Your mail program may have cut it off. You can also change your alerts on your preferences page.',
  way: { href: '/preferences', label: 'Get a link' },
}
