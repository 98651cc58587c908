import { createHmac, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readMailgun } from '../../src/delivery/bounces/hooks/mailgun.ts'
import { tidyUp } from '../../src/worker/tidy.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import type { TestApp } from '../support/test-app.ts'
import { bounceStateOf, callHook, hooks, mailTo, notedBounces, openAppWithHooks } from '../support/webhooks.ts'

const noon = Date.parse('2026-11-23T12:00:00Z') / 1000

/** The signature of a call as Mailgun makes it; it does not cover the event. */
function proof({ timestamp = String(noon), key = hooks.mailgun, token = randomUUID() } = {}) {
  return { timestamp, token, signature: createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex') }
}

const failed = (more: object = {}) => ({
  event: 'failed',
  severity: 'permanent',
  reason: 'bounce',
  id: 'G9Bn5sl1TC6nu79C8C0bwg',
  timestamp: noon - 9.5,
  recipient: olena.email,
  envelope: { sender: 'desk@example.org', targets: olena.email, transport: 'smtp' },
  message: { headers: { to: olena.email, 'message-id': 'x@example.org', from: 'Sitrep <desk@example.org>' }, size: 9 },
  'delivery-status': { code: 550, 'enhanced-code': '5.1.1', message: '5.1.1 No such user', description: '' },
  'user-variables': {},
  ...more,
})

describe('an event of Mailgun', () => {
  const meaning = (more: object) => {
    const call = readMailgun(JSON.stringify({ signature: proof(), 'event-data': failed(more) }))!
    const report = call.notices[0]?.report
    return report && ('status' in report ? `${report.kind} ${report.status}` : report.kind)
  }
  const status = (message: string, code?: string) => ({
    'delivery-status': { code: 550, 'enhanced-code': code, message },
  })

  test.each([
    ['bounce 5.1.1', {}],
    ['bounce 5.2.2', status('over quota', '5.2.2')],
    ['bounce 5.7.1', status('550 5.7.1 not wanted')],
    ['bounce 5.1.2', status('5.1.2 bad domain', '')],
    ['bounce 5.0.0', status('No such user')],
    ['bounce 5.0.0', { 'delivery-status': null }],
    ['bounce 5.7.1', { reason: 'suppress-bounce', ...status('Not delivering to previously bounced address') }],
    ['bounce 5.7.1', { reason: 'suppress-unsubscribe' }],
    ['bounce 5.7.1', { reason: 'espblock' }],
    ['complaint', { reason: 'suppress-complaint' }],
    ['delay 5.1.1', { severity: 'temporary' }],
    ['delay 5.1.1', { severity: undefined }],
    ['complaint', { event: 'complained' }],
    [undefined, { event: 'delivered' }],
    [undefined, { event: 'opened' }],
    [undefined, { event: 'clicked' }],
    [undefined, { event: 'unsubscribed' }],
  ])('means %s: %j', (expected, more) => expect(meaning(more)).toBe(expected))
})

describe('a webhook of Mailgun', () => {
  let app: TestApp
  let pages: Pages
  const open = async (bounceDomain?: string) => {
    app = await openAppWithHooks(bounceDomain)
    pages = pagesOf(app)
  }
  beforeEach(() => open())
  afterEach(() => app.close())
  const post = (event: object, signature: object = proof()) =>
    callHook(pages, '/hooks/mailgun', { signature, 'event-data': event })
  const ours = (more: object = {}) => {
    const { messageId } = mailTo(app, olena.email)
    const headers = { 'message-id': messageId.slice(1, -1), from: 'x@example.org' }
    return failed({ envelope: {}, message: { headers }, ...more })
  }
  const suppressed = async () => (await bounceStateOf(app, olena.email)).suppressed

  test('finds the delivery by our Message-ID and the recipient', async () => {
    expect((await post(ours({ recipient: 'other@example.org' }))).text).toBe('Taken: forged.\n')
    expect(await post(ours({ id: 'another' }))).toEqual({ status: 200, text: 'Taken: dead.\n' })
    expect(await bounceStateOf(app, olena.email)).toMatchObject({
      suppressed: true,
      bounce: '5.1.1 No such user',
    })
  })

  test('finds the delivery by an envelope sender of ours', async () => {
    await app.close()
    await open('bounces.example.org')
    const { from } = mailTo(app, olena.email)
    expect((await post(failed({ event: 'complained', envelope: { sender: from } }))).text).toBe('Taken: complaint.\n')
    expect(await bounceStateOf(app, olena.email)).toMatchObject({ suppressed: true, complained: true, state: 'gone' })
  })

  test('of a temporary failure or a delivery changes nothing', async () => {
    expect((await post(ours({ severity: 'temporary' }))).text).toBe('Taken: ignored.\n')
    expect((await post(ours({ event: 'delivered' }))).text).toBe('Taken: nothing to do.\n')
    expect([await suppressed(), await notedBounces(app)]).toEqual([false, []])
  })

  test('with the signature of another key, or too old or too new, is refused', async () => {
    const signatures = [
      proof({ key: 'another key' }),
      { ...proof(), signature: '' },
      { ...proof(), token: 'another' },
      { ...proof(), timestamp: String(noon + 1) },
      proof({ timestamp: String(noon - 901) }),
      proof({ timestamp: String(noon + 901) }),
    ]
    for (const signature of signatures) expect((await post(ours(), signature)).status).toBe(403)
    expect([await suppressed(), await notedBounces(app)]).toEqual([false, []])
    const old = proof({ timestamp: String(noon - 900) })
    expect((await post(ours(), { ...old, timestamp: Number(old.timestamp) })).status).toBe(200)
  })

  test('of a subaccount is taken by the signature of its parent', async () => {
    const { signature, ...rest } = proof()
    expect((await post(ours(), { ...rest, signature: 'theirs', 'parent-signature': signature })).status).toBe(200)
  })

  test('is taken once: its event is not counted again, and its token does not serve another event', async () => {
    const signature = proof()
    expect((await post(ours({ event: 'opened', id: 'o' }), signature)).status).toBe(200)
    expect(await post(ours(), signature)).toEqual({ status: 403, text: 'This token was used for another event.\n' })
    expect(await suppressed()).toBe(false)
    const second = proof()
    expect((await post(ours(), second)).text).toBe('Taken: dead.\n')
    for (const again of [second, proof()]) expect((await post(ours(), again)).text).toBe('Taken: repeated.\n')
    expect(await notedBounces(app)).toHaveLength(1)
  })

  test('leaves a token that is dropped a day later', async () => {
    await post(ours())
    const kept = async () => (await app.db.selectFrom('hook_tokens').selectAll().execute()).length
    app.clock.at('2026-11-24T11:00:00Z')
    await tidyUp(app)
    expect(await kept()).toBe(1)
    app.clock.at('2026-11-24T13:00:00Z')
    await tidyUp(app)
    expect(await kept()).toBe(0)
  })

  test('that is malformed or too large is refused', async () => {
    expect((await callHook(pages, '/hooks/mailgun', 'signature=x')).status).toBe(400)
    expect((await callHook(pages, '/hooks/mailgun', { 'event-data': ours() })).status).toBe(400)
    expect((await post({})).status).toBe(400)
    expect((await post(ours({ tags: 'x'.repeat(1_000_000) }))).status).toBe(413)
  })
})
