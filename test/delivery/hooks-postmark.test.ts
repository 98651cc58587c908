import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPostmark } from '../../src/delivery/bounces/hooks/postmark.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import type { TestApp } from '../support/test-app.ts'
import { bounceStateOf, callHook, hooks, mailTo, notedBounces, openAppWithHooks } from '../support/webhooks.ts'

const bounce = (Type: string, Details: string, more: object = {}) => ({
  RecordType: 'Bounce',
  ID: 901542550,
  Type,
  TypeCode: 1,
  Name: 'A bounce',
  MessageStream: 'broadcast',
  MessageID: '2706ee8a-737c-4285-b032-ccd317af53ed',
  Description: 'What it means.',
  Details,
  ServerID: 23,
  Email: olena.email,
  From: 'desk@example.org',
  BouncedAt: '2026-11-23T11:59:00.3963933Z',
  Inactive: true,
  ...more,
})
const gone = 'smtp;550 5.1.1 The email account that you tried to reach does not exist.'

describe('a record of Postmark', () => {
  const meaning = (type: string, details: string) => {
    const report = readPostmark(JSON.stringify(bounce(type, details)))![0]?.report
    return report && ('status' in report ? `${report.kind} ${report.status}` : report.kind)
  }

  test.each([
    ['HardBounce', gone, 'bounce 5.1.1'],
    ['HardBounce', '', 'bounce 5.1.1'],
    ['HardBounce', 'smtp;554 5.7.1 rejected by policy', 'bounce 5.7.1'],
    ['SoftBounce', 'smtp;552 5.2.2 mailbox full', 'bounce 4.2.2'],
    ['SoftBounce', gone, 'bounce 4.1.1'],
    ['SoftBounce', '', 'bounce 4.0.0'],
    ['DnsError', '', 'bounce 4.0.0'],
    ['Transient', gone, 'delay 4.0.0'],
    ['SpamNotification', gone, 'bounce 5.7.1'],
    ['Blocked', gone, 'bounce 5.7.1'],
    ['DMARCPolicy', '', 'bounce 5.7.1'],
    ['VirusNotification', '', 'bounce 5.7.1'],
    ['ManuallyDeactivated', '', 'bounce 5.7.1'],
    ['BadEmailAddress', '', 'bounce 5.1.3'],
    ['Unknown', gone, 'bounce 5.1.1'],
    ['Unknown', '', 'bounce 5.0.0'],
    ['constructor', '', 'bounce 5.0.0'],
    ['SpamComplaint', '', 'complaint'],
    ['AutoResponder', gone, undefined],
    ['ChallengeVerification', gone, undefined],
    ['Unsubscribe', '', undefined],
  ])('%s, %j means %s', (type, details, expected) => {
    expect(meaning(type, details)).toBe(expected)
  })

  test('of another event gives no notice, and a record without its type is malformed', () => {
    for (const RecordType of ['Delivery', 'Open', 'Click', 'SubscriptionChange', 'Inbound']) {
      expect(readPostmark(JSON.stringify({ RecordType }))).toEqual([])
    }
    for (const body of ['', '{}', '[]', '{"RecordType":"Bounce"}']) expect(readPostmark(body)).toBeUndefined()
  })
})

describe('a webhook of Postmark', () => {
  let app: TestApp
  let pages: Pages
  beforeEach(async () => {
    app = await openAppWithHooks()
    pages = pagesOf(app)
  })
  afterEach(() => app.close())
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  const post = (body: unknown, headers = basic(hooks.postmark)) => callHook(pages, '/hooks/postmark', body, headers)
  const mark = () => /^X-PM-Metadata-delivery: (\S+)\r$/m.exec(mailTo(app, olena.email).raw)![1]!

  test('finds the delivery by the header that we sent along', async () => {
    const record = bounce('HardBounce', gone, { Metadata: { delivery: mark(), other: 1 }, From: 'x@example.org' })
    expect(await post(record)).toEqual({ status: 200, text: 'Taken: dead.\n' })
    expect(await bounceStateOf(app, olena.email)).toMatchObject({ suppressed: true, bounce: gone })
    expect((await post(record)).text).toBe('Taken: repeated.\n')
    expect(await notedBounces(app)).toMatchObject([
      { source: 'postmark', kind: 'dead', delivery_id: expect.any(Number) },
    ])
  })

  test('of a complaint ends all subscriptions', async () => {
    const record = { ...bounce('SpamComplaint', ''), RecordType: 'SpamComplaint', Metadata: { delivery: mark() } }
    expect((await post(record)).text).toBe('Taken: complaint.\n')
    expect(await bounceStateOf(app, olena.email)).toMatchObject({ suppressed: true, complained: true, state: 'gone' })
  })

  test('about a mail of somebody else is only counted, and without a mark it counts for the reader', async () => {
    expect((await post(bounce('HardBounce', gone, { From: 'shop@example.org', ID: 1 }))).text).toBe('Taken: forged.\n')
    const forged = { delivery: mark().replace(/-[0-9a-f]{4}/, '-0000') }
    const other = bounce('HardBounce', gone, { From: 'shop@example.org', ID: 2, Metadata: forged })
    expect((await post(other)).text).toBe('Taken: forged.\n')
    expect((await bounceStateOf(app, olena.email)).suppressed).toBe(false)
    for (const [day, suppressed] of [
      [23, false],
      [24, true],
    ] as const) {
      app.clock.at(`2026-11-${day}T12:00:00Z`)
      expect((await post(bounce('HardBounce', gone, { ID: day }))).text).toBe('Taken: dead.\n')
      expect((await bounceStateOf(app, olena.email)).suppressed).toBe(suppressed)
    }
  })

  test('without the right user name and password is refused', async () => {
    const wrong = ['', 'postmark:', 'postmark:correct-horse-batterx', `${hooks.postmark}x`, `x${hooks.postmark}`]
    for (const text of wrong) expect((await post(bounce('HardBounce', gone), basic(text))).status).toBe(401)
    const none = await callHook(pages, '/hooks/postmark', bounce('HardBounce', gone), { authorization: hooks.postmark })
    expect(none).toEqual({ status: 401, text: 'The user name or the password is wrong.\n' })
    expect(await notedBounces(app)).toEqual([])
  })

  test('that is malformed or too large is refused', async () => {
    expect((await post('no JSON')).status).toBe(400)
    expect((await post(bounce('HardBounce', gone, { Email: 7 }))).status).toBe(400)
    expect((await post(bounce('HardBounce', 'x'.repeat(1_000_000)))).status).toBe(413)
  })
})
