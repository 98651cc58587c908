import { z } from 'zod'
import type { App } from '../app.ts'
import { foreign } from '../editions/mail/mail-source.ts'
import { shownPublisher } from '../editions/mail/publisher-name.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import { shorten } from '../platform/text/shorten.ts'
import {
  checkLabelLink,
  type LabelledClaim,
  type LabelOutcome,
  labelClaim,
  type NamedStory,
  type NoLabels,
  peekLabels,
} from '../readers/label-claim.ts'
import { topicNamesBySlug } from './choices.ts'
import { type Routes, routes, type WebContext } from './context.ts'
import { catchUserError, message, page } from './page.ts'
import { parseSent, queryId, readForm } from './request.ts'

/**
 * /w/:token: GET shows the claims of a story, named by `?claim=` or `?story=`, and POST stores that one is not about a topic or
 * does not belong to the story. /wrong is where pages and copies without a reader lead: it says how to get there.
 */
export function labelRoutes(app: App): Routes {
  const web = routes()
  web.get('/wrong', (c) => showWay(c, app))
  web.get('/w/:token', async (c) => {
    const token = c.req.param('token')
    const named = namedIn(c)
    return showClaims(c, app, { token, named, notice: c.req.query('done') === 'yes' ? noted : null, problem: null })
  })
  web.post('/w/:token', async (c) => {
    const token = c.req.param('token')
    const link = await checkLabelLink(app, token)
    if (link.kind !== 'open') return showClosed(c, app, link.kind)
    const form = await readForm(c)
    const sent = { claim: form.text('claim'), story: form.text('story'), topic: form.text('topic') || null }
    const act = async () => {
      const request = parseSent(requestSchema, sent)
      const { kind } = await labelClaim(app, token, request)
      if (kind === 'labelled') return c.redirect(`/w/${token}?claim=${request.claim}&done=yes`, 303)
      return showRefused(c, app, { token, named: { claim: request.claim } }, kind)
    }
    return catchUserError(act, (problem) => message(c, app, { title: 'Nothing was stored', text: problem }, 422))
  })
  return web
}

const incomplete = 'The form arrived incomplete. Go back to the page and press the button again.'
const idSchema = z.coerce.number(incomplete).int(incomplete).min(1, incomplete).max(Number.MAX_SAFE_INTEGER, incomplete)
const requestSchema = z.object({
  claim: idSchema,
  story: idSchema,
  topic: z.string().max(60, incomplete).nullable(),
})

/** The story that an address names: by a claim, by its number, or by the address of its page. */
function namedIn(c: WebContext): NamedStory | undefined {
  const claim = queryId(c, 'claim')
  if (claim !== undefined) return { claim }
  const [, digits] = /^\s*(?:\S{0,200}\/stories\/)?(\d{1,15})(?:[?#]\S*)?\s*$/.exec(c.req.query('story') ?? '') ?? []
  return digits === undefined ? undefined : { story: Number(digits) }
}

type Shown = { token: string; named: NamedStory | undefined; notice: string | null; problem: string | null }

async function showClaims(c: WebContext, app: App, { token, named, notice, problem }: Shown): Promise<Response> {
  const peeked = await peekLabels(app, token, named ?? { story: 0 })
  if (peeked.kind !== 'open') return showClosed(c, app, peeked.kind)
  const names = await topicNamesBySlug(app)
  const { address, story, headline, claims } = peeked
  const view = {
    title: 'Wrong topic or story?',
    ...{ token, address, story, headline, notice, problem },
    claims: claims.map((claim) => claimView(claim, names)),
    hasOthers: claims.length > 1,
  }
  return page(c, app, 'labels', view, problem ? 422 : 200)
}

const maxText = 600

function claimView({ claim, topics, isAlien }: LabelledClaim, names: Map<string, string>) {
  return {
    claim: claim.wording,
    text: shorten(claim.text, maxText),
    lang: foreign(claim.item.language),
    publisher: shownPublisher(claim),
    item: claim.item.id,
    at: formatUtc(claim.at),
    topics: topics.map(({ slug, isLabelled }) => ({ slug, name: names.get(slug) ?? slug, isLabelled })),
    isAlien,
  }
}

/** What was not stored, and why. */
function showRefused(
  c: WebContext,
  app: App,
  shown: Pick<Shown, 'token' | 'named'>,
  kind: Exclude<LabelOutcome['kind'], 'labelled'>,
): Promise<Response> {
  if (kind === 'moved') return showClaims(c, app, { ...shown, notice: null, problem: moved })
  return kind === 'busy' ? Promise.resolve(message(c, app, busy, 429)) : showClosed(c, app, kind)
}

function showClosed(c: WebContext, app: App, kind: NoLabels['kind']): Promise<Response> {
  if (kind === 'gone') return message(c, app, gone, 410)
  return message(c, app, kind === 'missing' ? missing : invalid, 404)
}

function showWay(c: WebContext, app: App): Promise<Response> {
  c.header('X-Robots-Tag', 'noindex')
  return message(c, app, wayOf(queryId(c, 'story')))
}

const wayOf = (story: number | undefined) => ({
  title: 'Wrong topic or story?',
  text:
    'Readers can tell us. Open the link “Wrong topic or story?” below the story in your mail. ' +
    `Without such a mail, get a link to your preferences, and enter ${story === undefined ? 'the address of the story' : `the number ${story}`} there.`,
  way: { href: '/preferences', label: 'Get a link' },
})

const noted = 'Thank you, this is noted. What you and others get stays the same.'
const moved =
  'This was not noted, because the claim is not in that story or on that topic any more. This is the story now.'
const busy = {
  title: 'This was not noted',
  text: 'You told us of very many claims today. Please go on tomorrow.',
}
const gone = {
  title: 'No subscription',
  text: 'This address has no subscription any more, so nothing was noted.',
  way: { href: '/', label: 'Subscribe' },
}
const missing = {
  title: 'Story not found',
  text: 'There is no such story. The number of a story stands at the end of its address, as in /stories/12.',
  way: { href: '/editions', label: 'See the days and topics' },
}
const invalid = {
  title: 'This link does not work',
  text: 'Your mail program may have cut it off. Open the link in the mail again, or get a link to your preferences.',
  way: { href: '/preferences', label: 'Get a link' },
}
