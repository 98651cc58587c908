import type { App } from '../../app.ts'
import { pollDueFeeds } from '../../feeds/poll.ts'
import { listFeeds } from '../../feeds/store/feed-views.ts'
import { insertFeed } from '../../feeds/store/feeds.ts'
import { readSetting, writeSetting } from '../../platform/db/settings.ts'
import { addSubscriber } from '../../readers/add-subscriber.ts'
import { mailLinks } from '../../readers/rules/mail-links.ts'
import { type SubscribeRequest, subscribeSchema } from '../../readers/rules/subscription.ts'
import { findSubscriberByEmail } from '../../readers/store/subscribers.ts'
import { unsubscribe } from '../../readers/unsubscribe.ts'
import { readRevisions } from '../../reading/read-revisions.ts'
import { sampleFeeds } from './sample-feeds.ts'

const every = ['security-guarantees', 'infrastructure-strikes', 'displacement']
const reader = (email: string, wish: object): SubscribeRequest => subscribeSchema.parse({ email, ...wish })

/** Daily on all topics in Kyiv, alerts on two in New York, one who has left, daily on displacement only. */
const kyiv = reader('olena@readers.example', { topics: every, cadence: 'daily', at: '07:00', zone: 'Europe/Kyiv' })
const newYork = reader('john@readers.example', {
  topics: ['infrastructure-strikes', 'security-guarantees'],
  cadence: 'alert',
  zone: 'America/New_York',
})
const left = reader('sam@readers.example', { topics: every, cadence: 'daily', at: '08:00', zone: 'Europe/London' })
const displacement = reader('mira@readers.example', {
  topics: ['displacement'],
  cadence: 'daily',
  at: '07:30',
  zone: 'Europe/Warsaw',
})
const loaded = 'samples_loaded'

/** Loaded just now; here since an earlier start; or none, since the database has feeds of its own. */
export type Samples = 'loaded' | 'here' | 'none'

/**
 * Fills an empty database with the sample feeds, read once, and the four sample readers. Each step may be repeated, so a
 * start that was cut off goes on where it was. Says whether this call loaded them.
 */
export async function loadSamples(app: App): Promise<Samples> {
  if (await readSetting(app.db, loaded)) return 'here'
  const strangers = (await listFeeds(app.db)).filter((feed) => !sampleFeeds.some(({ url }) => url === feed.url))
  if (strangers.length) return 'none'
  for (const feed of sampleFeeds) await insertFeed(app.db, { ...feed, now: app.now() })
  await pollDueFeeds(app)
  await readRevisions(app)
  for (const wish of [kyiv, newYork, left, displacement]) {
    await addSubscriber(app, wish, { actor: 'sitrep', consent: 'A sample reader, made up for this installation.' })
  }
  await leave(app, left.email)
  await writeSetting(app.db, loaded, true)
  return 'loaded'
}

async function leave(app: App, email: string): Promise<void> {
  const subscriber = (await findSubscriberByEmail(app.db, email))!
  const { secretKeys: keys, publicUrl } = app.config
  const links = mailLinks({ keys, publicUrl, datedAt: app.now(), subscriber })
  await unsubscribe(app, links.unsubscribe.split('/').at(-1)!, 'all')
}
