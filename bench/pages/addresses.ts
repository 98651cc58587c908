import { sql } from 'kysely'
import type { App } from '../../src/app.ts'
import type { Purpose } from '../../src/readers/rules/token.ts'
import { signToken } from '../../src/readers/rules/token.ts'
import { createWeb } from '../../src/web/server.ts'

/**
 * An address for each GET route that the web server has, with its pattern as the label. Parameters name what is largest: the newest
 * story, the edition with the most deliveries.
 * @throws Error for a parameter that has no value here
 */
export async function addressesOf(app: App): Promise<{ label: string; address: string }[]> {
  const patterns = new Set(createWeb(app).routes.flatMap(({ method, path }) => (method === 'GET' ? [path] : [])))
  const known = await knownValues(app)
  const pages = [...patterns]
    .filter((path) => !path.includes('*'))
    .map((path) => ({ label: path, address: filled(path, known) }))
  return [...pages, ...furtherPages]
}

/** Pages with a query that changes what they cost. */
const furtherPages = [
  '/admin/readers?q=reader99',
  '/admin/feeds?q=wire 19',
  '/admin/editions?before=5000',
  '/editions/old-digest',
].map((address) => ({ label: address, address }))

type Known = Record<string, string>

function filled(pattern: string, known: Known): string {
  return pattern.replaceAll(/:\w+/g, (parameter) => {
    const value = known[pattern] ?? known[`${pattern.slice(0, pattern.indexOf(parameter))}${parameter}`]
    if (value === undefined) throw new Error(`The benchmark has no value for ${parameter} of ${pattern}.`)
    return value
  })
}

async function knownValues({ db, config, now }: App): Promise<Known> {
  const { rows } = await sql<{ story: string; item: string; topic: string; date: string }>`
    select (select max(id)::text from stories) as story, (select max(item_id)::text from matches) as item,
      (select topic from matches limit 1) as topic, (select max(at)::date::text from story_claims) as date`.execute(db)
  const { story, item, topic, date } = rows[0]!
  await sql`update editions set slug = 'old-digest' where id = (select min(id) from editions where kind = 'daily')`.execute(
    db,
  )
  const reader = await sql<{
    subscription: number
    delivery: number
    nonce: string
    preferences_nonce: string
    link_nonce: string
    feed_nonce: string
  }>`select s.id as subscription, (select max(id) from deliveries d where d.subscriber_id = p.id) as delivery,
      p.nonce, p.preferences_nonce, p.link_nonce, p.feed_nonce
    from subscribers p join subscriptions s on s.subscriber_id = p.id where p.id = 7`.execute(db)
  const { subscription, delivery, nonce, preferences_nonce, link_nonce, feed_nonce } = reader.rows[0]!
  const token = (purpose: Purpose, subject: string, of: string) =>
    signToken(config.secretKeys, { purpose, subject, nonce: of, expiresAt: now().add({ hours: 24 }) })
  const preferences = token('preferences', '7', preferences_nonce)
  return {
    '/p/:token': preferences,
    '/p/:token/subscriptions/:id': String(subscription),
    '/c/:token': token('confirm', '7', nonce),
    '/a/:token': token('take-address', `d${delivery}`, nonce),
    '/k/:token': token('keep-address', `d${delivery}`, preferences_nonce),
    '/u/:token': token('unsubscribe', `s${subscription}`, link_nonce),
    '/r/:token': token('undo', '7', nonce),
    '/m/:token': token('mute', `d${delivery}`, link_nonce),
    '/w/:token': token('label', 'r7', link_nonce),
    '/f/:token': token('feed', 'r7', feed_nonce),
    '/push/:token': 'x',
    '/admin/sign-in/:token': 'x',
    '/editions/:slug': 'bench-alert',
    '/items/:id': item,
    '/days/:date': date,
    '/stories/:id': story,
    '/topics/:slug': topic,
    '/assets/:file': 'sitrep.css',
    '/mailbox/:id': '1',
    '/admin/feeds/:id': '7',
    '/admin/items/:id': item,
    '/admin/readers/:id': '7',
    '/admin/editions/:slug': 'bench-alert',
  }
}
