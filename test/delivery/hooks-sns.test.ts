import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isSnsCertificate } from '../../src/delivery/bounces/hooks/sns.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import type { TestApp } from '../support/test-app.ts'
import {
  bounceStateOf,
  callHook,
  createRemote,
  mailTo,
  notedBounces,
  openAppWithHooks,
  type Remote,
} from '../support/webhooks.ts'
import { certificate, certificateUrl, confirmation, notification, topic } from './sns.ts'

let remote: Remote
let app: TestApp
let pages: Pages
beforeEach(async () => {
  remote = createRemote(certificate)
  app = await openAppWithHooks('bounces.example.org', remote)
  pages = pagesOf(app)
})
afterEach(() => app.close())

const dead = () => ({
  notificationType: 'Bounce',
  bounce: {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    feedbackId: '00000138111222aa-33322211-cccc',
    bouncedRecipients: [{ emailAddress: olena.email, status: '5.1.1', action: 'failed', diagnosticCode: 'smtp; 550' }],
  },
  mail: { source: mailTo(app, olena.email).from, destination: [olena.email] },
})
const post = (message: unknown) =>
  callHook(pages, '/hooks/ses', message, { 'content-type': 'text/plain; charset=UTF-8' })
const elsewhere = [
  'http://sns.eu-west-1.amazonaws.com/a.pem',
  'https://sns.eu-west-1.amazonaws.com.evil.example/a.pem',
  'https://evil.example/sns.eu-west-1.amazonaws.com/a.pem',
  'https://sns.eu-west-1.amazonaws.com@evil.example/a.pem',
  'https://sns.eu-west-1.amazonaws.com:8443/a.pem',
  'https://me@sns.eu-west-1.amazonaws.com/a.pem',
  'https://bucket.s3.amazonaws.com/a.pem',
  'https://sns.eu-west-1.evil.amazonaws.com/a.pem',
  'https://xsns.eu-west-1.amazonaws.com/a.pem',
  'https://sns.eu-west-1.amazonaws.com/a.pem.txt',
  'https://sns.eu-west-1.amazonaws.com/?a.pem',
  'https://sns.us-east-1.amazonaws.com/a.pem',
  'https://sns.s3-us-west-2.amazonaws.com/a.pem',
  'nowhere',
]
const suppressed = async () => (await bounceStateOf(app, olena.email)).suppressed

describe('a notification', () => {
  test.each(['1', '2'])(
    'that SNS signed in version %s is taken, with or without a subject',
    async (SignatureVersion) => {
      expect(await post(notification(dead(), { SignatureVersion }))).toEqual({ status: 200, text: 'Taken: dead.\n' })
      expect(await suppressed()).toBe(true)
      const again = notification(dead(), { SignatureVersion, Subject: 'Amazon SES Email Event Notification' })
      expect((await post(again)).status).toBe(200)
    },
  )

  test('changed on its way in any signed field is refused and changes nothing', async () => {
    const changes: Record<string, string>[] = [
      { Message: JSON.stringify({ ...dead(), more: 1 }) },
      { MessageId: 'another' },
      { Subject: 'added' },
      { Timestamp: '2026-11-23T11:59:59.123Z' },
      { Signature: 'AAAA' },
      { Signature: '' },
      { SignatureVersion: '2' },
    ]
    for (const change of changes) {
      const { status, text } = await post(notification(dead(), {}, change))
      expect([status, text], JSON.stringify(change)).toEqual([
        403,
        'The signature was not made with this certificate.\n',
      ])
    }
    expect([await suppressed(), await notedBounces(app)]).toEqual([false, []])
  })

  test('to another topic is refused, and no certificate is fetched for it', async () => {
    const answer = await post(notification(dead(), { TopicArn: `${topic}2` }))
    expect([answer.status, remote.requests]).toEqual([403, []])
  })

  test('is taken within an hour of its timestamp, and refused where the timestamp is malformed', async () => {
    const atNoon = [
      ['2026-11-23T11:00:00.000Z', 200],
      ['2026-11-23T10:59:59.999Z', 403],
      ['2026-11-23T13:00:00.001Z', 403],
      ['2026-11-23T12:00:00.1234567890123Z', 400],
      ['yesterday', 400],
    ] as const
    for (const [Timestamp, status] of atNoon) {
      expect((await post(notification(dead(), { Timestamp }))).status, Timestamp).toBe(status)
    }
  })

  test('that comes again changes nothing', async () => {
    await post(notification(dead()))
    const before = await notedBounces(app)
    expect(await post(notification(dead()))).toEqual({ status: 200, text: 'Taken: repeated.\n' })
    expect((await post(notification(dead(), { MessageId: 'by-another-topic' }))).text).toContain('repeated')
    expect(await notedBounces(app)).toEqual(before)
  })

  test('from SNS itself is acknowledged', async () => {
    for (const message of [
      'Successfully validated SNS topic for Amazon SES event publishing.',
      '{"message":"hello"}',
    ]) {
      expect(await post(notification(message))).toEqual({ status: 200, text: 'Taken: nothing to do.\n' })
    }
  })

  test('of a malformed bounce is refused, and so is a body that is no message of SNS', async () => {
    expect((await post(notification({ notificationType: 'Bounce', bounce: 'gone' }))).status).toBe(400)
    expect((await post(dead())).status).toBe(400)
    expect((await post('{')).status).toBe(400)
    expect((await post('['.repeat(500_000))).status).toBe(400)
    expect((await post(notification(dead(), { Message: 'x'.repeat(1_000_000) }))).status).toBe(413)
  })
})

describe('the certificate', () => {
  test('is fetched from SNS alone', async () => {
    for (const SigningCertURL of elsewhere) {
      expect((await post(notification(dead(), { SigningCertURL }))).status, SigningCertURL).toBe(403)
    }
    expect(remote.requests).toEqual([])
    expect(
      (await post(notification(dead(), { SigningCertURL: 'https://SNS.eu-west-1.amazonaws.com/a.pem' }))).status,
    ).toBe(200)
  })

  test.each([
    ['arn:aws-cn:sns:cn-north-1:123456789012:bounces', 'https://sns.cn-north-1.amazonaws.com.cn/a.pem', true],
    ['arn:aws-us-gov:sns:us-gov-west-1:123456789012:b', 'https://sns.us-gov-west-1.amazonaws.com/a.pem', true],
    ['arn:aws:sns:ap-southeast-2:123456789012:b', 'https://sns.ap-southeast-2.amazonaws.com/a.pem', true],
    ['arn:aws:sns:cn-north-1:123456789012:b', 'https://sns.cn-north-1.amazonaws.com.cn/a.pem', false],
    ['arn:aws:sns:s3-us-west-2:123456789012:b', 'https://sns.s3-us-west-2.amazonaws.com/a.pem', false],
  ])('for %s is not anywhere but in its region', (arn, address, isThere) => {
    expect(isSnsCertificate(address, arn)).toBe(isThere)
  })

  test('is fetched once a day', async () => {
    for (const MessageId of ['1', '2']) await post(notification(dead(), { MessageId }))
    expect(remote.requests).toEqual([certificateUrl])
    app.clock.at('2026-11-24T12:00:00Z')
    await post(notification(dead(), { Timestamp: '2026-11-24T12:00:00.000Z' }))
    expect(remote.requests).toHaveLength(2)
  })

  test('that cannot be fetched now makes SNS try again', async () => {
    for (const failure of [{ reason: 'timed out' }, { reason: 'the server answers 503', status: 503 }]) {
      remote.answer = () => ({ kind: 'failed', ...failure })
      expect((await post(notification(dead()))).status).toBe(503)
    }
    remote.answer = certificate
    expect((await post(notification(dead()))).status).toBe(200)
  })

  test('that is malformed, too large, from elsewhere or out of date is refused', async () => {
    const answers = [
      { body: Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----') },
      { body: Buffer.alloc(30_000, 'x') },
      { url: 'https://evil.example/a.pem' },
    ]
    for (const change of answers) {
      remote.answer = (url) => ({ ...certificate(url), ...change }) as ReturnType<typeof certificate>
      expect((await post(notification(dead()))).status).toBe(403)
    }
    remote.answer = () => ({ kind: 'failed', reason: 'the server answers 404', status: 404 })
    expect((await post(notification(dead()))).status).toBe(403)
    remote.answer = certificate
    app.clock.at('2101-01-01T00:00:00Z')
    expect((await post(notification(dead(), { Timestamp: '2101-01-01T00:00:00.000Z' }))).status).toBe(403)
  })

  test('is fetched from few addresses at the same time', async () => {
    const waiting = Promise.withResolvers<void>()
    const { get } = app.fetcher
    app.fetcher.get = (url) => waiting.promise.then(() => get(url))
    const calls = Array.from({ length: 6 }, (_, n) =>
      post(notification(dead(), { SigningCertURL: certificateUrl.replace('.pem', `${n}.pem`) })),
    )
    expect((await Promise.race(calls)).status).toBe(503)
    waiting.resolve()
    const answers = (await Promise.all(calls)).map(({ status }) => status).sort()
    expect(answers).toEqual([200, 200, 200, 200, 503, 503])
  })
})

describe('a subscription', () => {
  test('to our topic is confirmed at SNS', async () => {
    expect(await post(confirmation())).toEqual({ status: 200, text: 'Confirmed.\n' })
    expect(remote.requests).toEqual([certificateUrl, confirmation().SubscribeURL])
  })

  test('to another topic, elsewhere than at SNS or forged is not', async () => {
    expect((await post(confirmation({ TopicArn: 'arn:aws:sns:eu-west-1:123456789012:other' }))).status).toBe(403)
    expect((await post(confirmation({ SubscribeURL: 'https://evil.example/' }))).status).toBe(403)
    expect((await post({ ...confirmation(), SubscribeURL: `${confirmation().SubscribeURL}1` })).status).toBe(403)
    expect((await post({ ...confirmation(), Token: 'x' })).status).toBe(403)
    expect(remote.requests).toEqual([certificateUrl])
  })

  test('that cannot be confirmed now makes SNS try again', async () => {
    remote.answer = (url) => (url.endsWith('.pem') ? certificate(url) : { kind: 'failed', reason: 'timed out' })
    expect((await post(confirmation())).status).toBe(503)
  })

  test('that ended is noted, and not confirmed again', async () => {
    expect((await post(confirmation({ Type: 'UnsubscribeConfirmation' }))).status).toBe(200)
    expect(remote.requests).toEqual([certificateUrl])
  })
})
