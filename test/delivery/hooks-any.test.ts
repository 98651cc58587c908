import { createHmac, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWeb } from '../../src/web/server.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import type { TestApp } from '../support/test-app.ts'
import { callHook, createRemote, hooks, openAppWithHooks } from '../support/webhooks.ts'
import { certificate, notification } from './sns.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openAppWithHooks('', createRemote(certificate))
  pages = pagesOf(app)
})
afterAll(() => app.close())

const noon = String(Date.parse('2026-11-23T12:00:00Z') / 1000)
const authorization = `Basic ${Buffer.from(hooks.postmark).toString('base64')}`
const signature = (token: string) => ({
  timestamp: noon,
  token,
  signature: createHmac('sha256', hooks.mailgun)
    .update(noon + token)
    .digest('hex'),
})

/** Any JSON, and JSON that is nearly right: every field has a right value, or any other. */
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '__proto__', '5.1.1', olena.email))
const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), text, fc.array(text))
const object = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([name, right]) => [name, fc.oneof({ weight: 9, arbitrary: right }, anything)]),
    ),
    { requiredKeys: [] },
  )
const list = (one: fc.Arbitrary<unknown>) => fc.array(one, { maxLength: 4 })

const address = object({ emailAddress: text, status: text, diagnosticCode: text })
const ses = object({
  notificationType: fc.constantFrom('Bounce', 'Complaint', 'Delivery'),
  bounce: object({ bounceType: text, bounceSubType: text, feedbackId: text, bouncedRecipients: list(address) }),
  complaint: object({ feedbackId: text, complaintFeedbackType: text, complainedRecipients: list(address) }),
  mail: object({
    source: text,
    destination: list(text),
    headers: list(object({ name: text, value: text })),
    commonHeaders: object({ messageId: text, from: list(text) }),
  }),
})
const postmark = object({
  RecordType: fc.constantFrom('Bounce', 'SpamComplaint', 'Open'),
  ID: fc.double(),
  Email: text,
  Details: text,
  Type: fc.constantFrom('HardBounce', 'SpamComplaint', '__proto__'),
  Metadata: object({ delivery: text }),
})
const mailgun = object({
  event: fc.constantFrom('failed', 'complained'),
  id: text,
  timestamp: fc.double(),
  recipient: text,
  severity: fc.constant('permanent'),
  reason: text,
  envelope: object({ sender: text }),
  message: object({ headers: object({ 'message-id': text, from: text }) }),
  'delivery-status': object({ 'enhanced-code': text, message: text, description: text }),
})

const calls = fc.oneof(
  fc.tuple(fc.constantFrom('ses', 'postmark', 'mailgun'), anything),
  ses.map((message) => ['ses', notification(message)] as const),
  fc.tuple(fc.constant('ses'), object({ Type: fc.constant('Notification'), Timestamp: text, Message: text })),
  fc.tuple(fc.constant('postmark'), postmark),
  mailgun.map((event) => ['mailgun', { signature: signature(randomUUID()), 'event-data': event }] as const),
)

test('every call of a webhook, authentic or not, is taken or refused, and none fails', async () => {
  const statuses = new Set<number>()
  await fc.assert(
    fc.asyncProperty(calls, async ([provider, body]) => {
      const { status } = await callHook(pages, `/hooks/${provider}`, body, { authorization })
      statuses.add(status)
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status).toBeLessThan(500)
    }),
    { numRuns: 600 },
  )
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 400]))
})

test('strangers with unfinished bodies at one webhook leave room at the others, and for calls with a password', async () => {
  const end = Promise.withResolvers<void>()
  const web = createWeb(app)
  const call = (provider: string, body: string | ReadableStream, from: string, headers = {}) =>
    web.request(
      `/hooks/${provider}`,
      { method: 'POST', body, duplex: 'half', headers } as RequestInit,
      {
        incoming: { socket: { remoteAddress: from } },
      } as never,
    )
  const unfinished = () =>
    new ReadableStream({
      async start(controller) {
        controller.enqueue(new Uint8Array(999_999))
        await end.promise
        controller.close()
      },
    })
  const ofStrangers = Array.from({ length: 20 }, (_, n) => call('ses', unfinished(), `198.51.100.${n >> 1}`))
  const ofOne = await call('mailgun', '{', '198.51.100.9')
  expect(ofOne.status).toBe(400)
  const delivered = '{"RecordType":"Delivery"}'
  expect((await call('postmark', delivered, '198.51.100.9', { authorization })).status).toBe(200)
  const five = Array.from({ length: 5 }, () => call('mailgun', unfinished(), '198.51.100.9'))
  expect((await Promise.race(five)).status).toBe(503)
  expect((await call('mailgun', '{', '198.51.100.10')).status).toBe(400)
  end.resolve()
  const statuses = (await Promise.all([...ofStrangers, ...five])).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([400, 503]))
})

test('a webhook exists only where its setting is given, and only for POST', async () => {
  for (const provider of ['ses', 'postmark', 'mailgun'])
    expect((await createWeb(app).request(`/hooks/${provider}`)).status).toBe(404)
  app.config.hooks = {}
  const web = createWeb(app)
  app.config.hooks = hooks
  for (const provider of ['ses', 'postmark', 'mailgun', 'other', ''])
    expect((await web.request(`/hooks/${provider}`, { method: 'POST', body: '{}' })).status, provider).toBe(404)
})
