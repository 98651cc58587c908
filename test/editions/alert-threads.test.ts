import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { resend } from '../../src/delivery/resend.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { john, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { fewer, higher } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const jane = { ...john, email: 'jane@example.com' }
/** The headline of all three. */
const told = 'Drones struck a substation'
const higherStill = strike.replace('thirty thousand', 'ninety thousand')

/** Reports claims two hours after the last ones, and sends the alerts. */
async function alert(guid: string, ...claims: string[]): Promise<void> {
  app.clock.later({ hours: 2 })
  await report(app, guid, claims)
  await raiseAlerts(app)
  await deliverMail(app)
}

/** What the mail server got for a reader: the subject of each mail, and the numbers of the mails that it names. */
function mailsTo({ email }: { email: string }) {
  const mails = app.sink.messages.filter(({ to }) => to[0] === email).map(({ parsed }) => parsed)
  const numberOf = (id: string) => mails.findIndex(({ messageId }) => messageId === id)
  return mails.map(({ subject, inReplyTo, references }) => ({
    subject,
    inReplyTo: inReplyTo === undefined ? null : numberOf(inReplyTo),
    references: [references ?? []].flat().map(numberOf),
  }))
}

/** Sends the last edition to John once more. */
async function sendAgain(): Promise<void> {
  const editions = app.db.selectFrom('editions').select('key').orderBy('id', 'desc')
  const { key: edition } = await editions.limit(1).executeTakeFirstOrThrow()
  await resend(app, {
    edition,
    who: { kind: 'to', email: john.email },
    reason: 'asked',
    actor: 'admin:1',
    requestKey: 'again',
  })
  await deliverMail(app)
}

test('an update replies to the earlier alerts of its story, each reader to the own copies', async () => {
  await join(app, john)
  await alert('one', strike)
  await join(app, jane)
  await alert('two', higher)
  await alert('three', higherStill)
  expect(mailsTo(john)).toEqual([
    { subject: told, inReplyTo: null, references: [] },
    { subject: `Update: ${told}`, inReplyTo: 0, references: [0] },
    { subject: `Update: ${told}`, inReplyTo: 1, references: [0, 1] },
  ])
  expect(mailsTo(jane)).toEqual([
    { subject: told, inReplyTo: null, references: [] },
    { subject: `Update: ${told}`, inReplyTo: 0, references: [0] },
  ])
})

test('another story begins a thread of its own', async () => {
  await join(app, john)
  await alert('one', strike)
  await alert('two', guarantee)
  expect(mailsTo(john).map(({ inReplyTo }) => inReplyTo)).toEqual([null, null])
})

test('a correction replies to the alert that it corrects', async () => {
  const reader = { ...olena, cadence: 'alert' as const }
  await join(app, reader)
  await alert('one', strike)
  await alert('two', flight)
  await alert('two', fewer)
  expect(mailsTo(reader).at(-1)).toEqual({ subject: `Corrected: ${fewer}`, inReplyTo: 1, references: [1] })
})

test('a copy that the server refused is replied to by none', async () => {
  await join(app, john)
  await alert('one', strike)
  app.sink.onRecipient = () => ({ code: 554, text: '5.7.1 not today' })
  await sendAgain()
  app.sink.onRecipient = () => undefined
  await alert('two', higher)
  expect(mailsTo(john).at(-1)).toMatchObject({ inReplyTo: 0, references: [0] })
})

test('a retry and a resend have the same headers as the mail before', async () => {
  await join(app, john)
  await alert('one', strike)
  app.sink.onMessage = () => ({ code: 451, text: '4.3.0 try again later' })
  await alert('two', higher)
  app.sink.onMessage = () => undefined
  app.clock.later({ hours: 1 })
  await deliverMail(app)
  await sendAgain()
  const [, retried, resent] = mailsTo(john)
  expect(retried).toMatchObject({ inReplyTo: 0, references: [0] })
  expect(resent).toEqual(retried)
})

test('a long thread names its first mail and the last ones', async () => {
  await join(app, john)
  await alert('one', strike)
  const ids = Array.from({ length: 25 }, (_, n) => `<${n}@example.org>`)
  await app.db
    .updateTable('deliveries')
    .set({ in_reply_to: ids.slice(0, 24), message_id: ids[24]! })
    .execute()
  await alert('two', higher)
  const { in_reply_to: named } = await app.db
    .selectFrom('deliveries')
    .select('in_reply_to')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(named).toEqual([ids[0], ...ids.slice(6)])
})
