import { z } from 'zod'
import type { App } from '../../../app.ts'
import { changeFeedSettings, pollFeedsNow, removeFeed, resumeFeed, settleHeld } from '../../../feeds/manage-feeds.ts'
import { moveFeedTo } from '../../../feeds/move-feed.ts'
import { everySchema } from '../../../feeds/rules/own-interval.ts'
import type { Feed } from '../../../feeds/store/feeds.ts'
import { type Routes, routes } from '../../context.ts'
import { catchUserError } from '../../page.ts'
import { type Form, parseSent, readForm } from '../../request.ts'
import { actorOf } from '../system/session.ts'
import { feedIn, showProblem } from './feed.ts'

/** What an admin does to a feed; returns the word of the notice that says so. */
type Act = (app: App, feed: Feed, form: Form, actor: string) => Promise<string>

/** POST /admin/feeds/:id/ACT for each act; a refused one is answered with the page and one sentence. */
export function feedActRoutes(app: App): Routes {
  const web = routes()
  for (const [name, act] of Object.entries(acts)) {
    web.post(`/admin/feeds/:id/${name}`, async (c) => {
      const feed = await feedIn(c, app)
      if (!feed) return c.notFound()
      const form = await readForm(c)
      return catchUserError(
        async () => c.redirect(`/admin/feeds/${feed.id}?done=${await act(app, feed, form, actorOf(c))}`, 303),
        (problem) => showProblem(c, app, feed, problem),
      )
    })
  }
  return web
}

const acts: Record<string, Act> = {
  async poll(app, { url }, _, actor) {
    await pollFeedsNow(app, url, actor)
    return 'due'
  },
  async resume(app, { url }, _, actor) {
    return (await resumeFeed(app, url, actor)) ? 'resumed' : 'known'
  },
  async move(app, { url }, { text }, actor) {
    await moveFeedTo(app, url, parseSent(movedSchema, text('url')), actor)
    return 'moved'
  },
  async remove(app, { url, state }, _, actor) {
    if (state !== 'gone') await removeFeed(app, url, actor)
    return 'removed'
  },
  async held(app, { url }, { text }, actor) {
    const { decision, newest } = parseSent(heldSchema, { decision: text('decision'), newest: text('newest') })
    await settleHeld(app, url, decision, actor, newest)
    return decision
  },
  async settings(app, { url }, { text }, actor) {
    const sent = {
      fullText: text('fullText'),
      republish: text('republish'),
      digestOnly: text('digestOnly'),
      folder: text('folder'),
      publisher: text('publisher'),
      everyS: text('every'),
    }
    await changeFeedSettings(app, url, parseSent(settingsSchema, sent), actor)
    return 'saved'
  },
}

const movedSchema = z.string().trim().min(1, 'Look at the new URL first.')

const heldSchema = z.object({
  decision: z.enum(['accept', 'skip'], 'Choose whether to accept or skip the new entries.'),
  newest: z.coerce.number('Open the page of the feed first.').int().nonnegative(),
})

/** An unticked checkbox is not sent. */
const checkbox = z.enum(['', 'on'], 'A setting must be on or off.').transform((value) => value === 'on')
const settingsSchema = z.object({
  ...{ fullText: checkbox, republish: checkbox, digestOnly: checkbox },
  ...{ folder: z.string(), publisher: z.string(), everyS: everySchema },
})
