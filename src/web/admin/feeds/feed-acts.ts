import { z } from 'zod'
import type { App } from '../../../app.ts'
import { changeFeedReading } from '../../../feeds/feed-settings.ts'
import { pollFeedsNow, removeFeed, resumeFeed, settleHeld } from '../../../feeds/manage-feeds.ts'
import { type Feed, findFeedById } from '../../../feeds/store/feeds.ts'
import { UserError } from '../../../platform/user-error.ts'
import { type Routes, routes } from '../../context.ts'
import { type Form, readForm } from '../../form.ts'
import { feedIn, showFeed } from './feed.ts'

/** What an admin does to a feed; gives the word of the notice that says it is done. */
type Act = (app: App, feed: Feed, form: Form, actor: string) => Promise<string>

/** POST /admin/feeds/:id/ACT for each act; one that cannot be done is answered with the page and one sentence. */
export function feedActRoutes(app: App): Routes {
  const web = routes()
  for (const [name, act] of Object.entries(acts)) {
    web.post(`/admin/feeds/:id/${name}`, async (c) => {
      const feed = await feedIn(c, app)
      if (!feed) return c.notFound()
      try {
        const done = await act(app, feed, await readForm(c), `admin:${c.get('admin').id}`)
        return c.redirect(`/admin/feeds/${feed.id}?done=${done}`, 303)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        return showFeed(c, app, (await findFeedById(app.db, feed.id))!, error.message)
      }
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
  async remove(app, { url, state }, _, actor) {
    if (state !== 'gone') await removeFeed(app, url, actor)
    return 'removed'
  },
  async held(app, { url }, form, actor) {
    const { decision, newest } = parsed(heldSchema, { decision: form.text('decision'), newest: form.text('newest') })
    await settleHeld(app, url, decision, actor, newest)
    return decision
  },
  async settings(app, { url }, form, actor) {
    const wish = { fullText: form.text('fullText'), republish: form.text('republish'), folder: form.text('folder') }
    await changeFeedReading(app, url, parsed(settingsSchema, wish), actor)
    return 'saved'
  },
}

const heldSchema = z.object({
  decision: z.enum(['accept', 'skip'], 'Choose whether to accept or skip the held reports.'),
  newest: z.coerce.number('Open the list of held reports first.').int().nonnegative(),
})

/** A checkbox that is not checked is not sent. */
const checkbox = z.enum(['', 'on'], 'A setting must be on or off.').transform((value) => value === 'on')
const settingsSchema = z.object({ fullText: checkbox, republish: checkbox, folder: z.string() })

function parsed<T>(schema: z.ZodType<T>, sent: unknown): T {
  const result = schema.safeParse(sent)
  if (!result.success) throw new UserError(result.error.issues[0]!.message)
  return result.data
}
