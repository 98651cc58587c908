import type { App } from '../../src/app.ts'
import { addSubscriber } from '../../src/readers/add-subscriber.ts'
import { type SubscribeRequest, subscribeSchema } from '../../src/readers/rules/subscription.ts'

const topics = ['security-guarantees', 'infrastructure-strikes', 'displacement']
const request = (form: object): SubscribeRequest => subscribeSchema.parse(form)

/** Daily on all topics in Kyiv, alerts on two topics in New York, daily on displacement only. */
export const olena = request({ email: 'olena@example.org', topics, cadence: 'daily', at: '07:00', zone: 'Europe/Kyiv' })
export const john = request({
  email: 'john@example.com',
  topics: ['infrastructure-strikes', 'security-guarantees'],
  cadence: 'alert',
  zone: 'America/New_York',
})
export const mira = request({
  email: 'mira@example.net',
  topics: ['displacement'],
  cadence: 'daily',
  zone: 'Europe/Warsaw',
})

/** Enters readers who have agreed already: active at once. */
export async function join(app: App, ...readers: SubscribeRequest[]): Promise<void> {
  for (const reader of readers) await addSubscriber(app, reader, { actor: 'test', consent: 'in person' })
}
