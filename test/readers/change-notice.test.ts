import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { endOwnSubscriptions } from '../../src/readers/own-subscriptions.ts'
import { pauseMail } from '../../src/readers/pause.ts'
import { peekPreferences } from '../../src/readers/preferences.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { unsubscribe } from '../../src/readers/unsubscribe.ts'
import { another, john, olena } from '../support/people.ts'
import { choose, join, kindsTo, leave, suppressAddress, tokenOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let reader: SubscribeRequest
beforeAll(async () => {
  app = await openTestApp({ sink: true })
})
beforeEach(async () => {
  reader = another(olena)
  await join(app, reader)
})
afterAll(() => app.close())

/** The subject and the words of each mail that the reader was sent. */
async function told(): Promise<{ subject: string; words: string }[]> {
  await deliverMail(app)
  return app.sink.messages
    .filter(({ to }) => to.includes(reader.email))
    .map(({ parsed }) => ({ subject: parsed.subject ?? '', words: (parsed.text ?? '').replace(/\s+/g, ' ') }))
}
const preferences = () => tokenOf(app, reader.email, 'preferences')

test('each change on the preferences page is told to the reader by mail', async () => {
  await choose(app, { ...reader, at: '08:30', topics: ['displacement'] })
  await choose(app, { ...john, email: reader.email })
  await pauseMail(app, await preferences(), { until: Temporal.PlainDate.from('2026-12-24'), zone: 'Europe/Kyiv' })
  await pauseMail(app, await preferences(), null)
  const mails = await told()
  expect(mails.map(({ subject }) => subject)).toEqual(Array(4).fill('Your preferences at localhost:3000 have changed'))
  const words = mails.map((mail) => mail.words)
  for (const said of [
    'Changed: a daily digest at 08:30 (Kyiv) on Displacement.',
    'Added: alerts on Infrastructure strikes',
    'paused until the morning of ',
    'The pause has ended.',
  ])
    expect(words.filter((each) => each.includes(said))).toHaveLength(1)
  for (const each of words) expect(each).toContain('If it was not you')
})

test('what ends all subscriptions is told once, with the way back, and nothing else is sent', async () => {
  await choose(app, { ...john, email: reader.email })
  await told()
  await endOwnSubscriptions(app, await preferences(), 'all')
  const mails = await told()
  expect(mails.map(({ subject }) => subject)).toEqual([
    'Your preferences at localhost:3000 have changed',
    'You are unsubscribed from localhost:3000',
  ])
  expect(mails[1]!.words).toMatch(/Ended: alerts on .* Ended: a daily digest|Ended: a daily digest .* Ended: alerts on/)
  expect(mails[1]!.words).toMatch(/Undo: http:\/\/localhost:3000\/r\/\S+ If it was not you/)
  expect(mails[1]!.words).not.toContain('/p/')
})

test('a reader who unsubscribed after a change, and one who complained, are not told of it', async () => {
  await choose(app, { ...reader, at: '09:00' })
  app.clock.later({ seconds: 5 })
  await unsubscribe(app, await tokenOf(app, reader.email, 'unsubscribe'), 'all')
  expect(await told()).toEqual([])
  reader = another(olena)
  await join(app, reader)
  await leave(app, reader.email)
  await suppressAddress(app, reader.email)
  expect(await told()).toEqual([])
})

test('at most 20 mails a day tell of changes', async () => {
  for (let n = 0; n < 23; n++) await choose(app, { ...reader, at: `1${n % 10}:0${n % 6}` })
  expect((await kindsTo(app, reader.email)).filter((kind) => kind === 'change')).toHaveLength(20)
})

test('the preferences page masks the address', async () => {
  expect(await peekPreferences(app, await preferences())).toMatchObject({ kind: 'open', email: 'o…@example.org' })
})
