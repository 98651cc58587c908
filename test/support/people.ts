import { type SubscribeRequest, subscribeSchema } from '../../src/readers/rules/subscription.ts'

/** The topics that come with the program, in their order. */
export const topics = ['security-guarantees', 'infrastructure-strikes', 'displacement']

const request = (form: object): SubscribeRequest => subscribeSchema.parse(form)

/** Daily on all topics, in Kyiv. */
export const olena = request({ email: 'olena@example.org', topics, cadence: 'daily', at: '07:00', zone: 'Europe/Kyiv' })

/** Alerts on two topics, in New York. */
export const john = request({
  email: 'john@example.com',
  topics: ['infrastructure-strikes', 'security-guarantees'],
  cadence: 'alert',
  zone: 'America/New_York',
})

/** Daily on displacement only, in Warsaw. */
export const mira = request({
  email: 'mira@example.net',
  topics: ['displacement'],
  cadence: 'daily',
  zone: 'Europe/Warsaw',
})

/** Weekly on all topics, in Kyiv, and has unsubscribed: `joinAndLeave` enters this reader. */
export const taras = request({ email: 'taras@example.org', topics, cadence: 'weekly', zone: 'Europe/Kyiv' })

/** The network from which the sample readers use the forms. */
export const network = { source: '203.0.113.7' }

let others = 0

/** The same reader under another address, for tests that share a database. */
export function another<T extends { email: string }>(reader: T): T {
  others += 1
  return { ...reader, email: reader.email.replace('@', `+${others}@`) }
}
