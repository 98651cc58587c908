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

const allTopics = ['security-guarantees', 'infrastructure-strikes', 'displacement']
const reader = (email: string, request: object): SubscribeRequest => subscribeSchema.parse({ email, ...request })

/** The sample readers: daily on all topics, alerts on two topics, one who unsubscribes, and daily on displacement only. */
const olena = reader('olena@readers.example', { topics: allTopics, cadence: 'daily', at: '07:00', zone: 'Europe/Kyiv' })
const john = reader('john@readers.example', {
  topics: ['infrastructure-strikes', 'security-guarantees'],
  cadence: 'alert',
  zone: 'America/New_York',
})
const sam = reader('sam@readers.example', { topics: allTopics, cadence: 'daily', at: '08:00', zone: 'Europe/London' })
const mira = reader('mira@readers.example', {
  topics: ['displacement'],
  cadence: 'daily',
  at: '07:30',
  zone: 'Europe/Warsaw',
})
const loadedSetting = 'samples_loaded'

/** `loaded` now, `here` since an earlier start, or `none`, since the database has other feeds. */
export type Samples = 'loaded' | 'here' | 'none'

/**
 * Fills an empty database with the sample feeds, whose items are read, and with four sample readers. Each step may be
 * repeated, so that the next start completes a loading that was interrupted.
 */
export async function loadSamples(app: App): Promise<Samples> {
  if (await readSetting(app.db, loadedSetting)) return 'here'
  const isSample = (feedUrl: string) => sampleFeeds.some(({ url }) => url === feedUrl)
  if ((await listFeeds(app.db)).some(({ url }) => !isSample(url))) return 'none'
  for (const feed of sampleFeeds) await insertFeed(app.db, { ...feed, now: app.now() })
  await pollDueFeeds(app)
  await readRevisions(app)
  for (const request of [olena, john, sam, mira]) {
    await addSubscriber(app, request, { actor: 'sitrep', consent: 'A sample reader, made up for this installation.' })
  }
  await unsubscribeReader(app, sam.email)
  await writeSetting(app.db, loadedSetting, true)
  return 'loaded'
}

/** Unsubscribes a reader by the link that would be in a mail. */
async function unsubscribeReader(app: App, email: string): Promise<void> {
  const subscriber = await findSubscriberByEmail(app.db, email)
  if (!subscriber) return
  const { secretKeys: keys, publicUrl } = app.config
  const links = mailLinks({ keys, publicUrl, datedAt: app.now(), subscriber })
  const token = links.unsubscribe.slice(links.unsubscribe.lastIndexOf('/') + 1)
  await unsubscribe(app, token, 'all')
}
