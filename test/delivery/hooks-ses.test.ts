import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSes } from '../../src/delivery/bounces/hooks/ses.ts'
import { verpAddress } from '../../src/delivery/bounces/verp.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import type { TestApp } from '../support/test-app.ts'
import {
  bounceStateOf,
  callHook,
  createRemote,
  enterMoreMails,
  mailTo,
  notedBounces,
  openAppWithHooks,
  petro,
} from '../support/webhooks.ts'
import { certificate, notification } from './sns.ts'

const verpOf = ({ config }: TestApp, id: number) =>
  verpAddress(config.secretKeys, { id, link_nonce: 'a1b2c3d4e5f6' }, 'bounces.example.org')

type Part = Record<string, unknown>
const gone = { emailAddress: olena.email, status: '5.1.1', diagnosticCode: `smtp; 550 5.1.1 <${olena.email}>... User` }

/** A bounce as SES publishes it; `recipient` replaces the entry of Olena. */
const bounced = (
  bounceType: string,
  bounceSubType: string,
  mail: Part,
  recipient: Part | Part[] = gone,
  feedbackId = 'f-1',
) => ({
  notificationType: 'Bounce',
  bounce: { bounceType, bounceSubType, feedbackId, bouncedRecipients: [recipient].flat() },
  mail: { timestamp: '2026-11-23T11:00:00.000Z', messageId: '00000138-0', destination: [olena.email], ...mail },
})
const complained = (complaintFeedbackType: string | undefined, mail: Part, emails = [olena.email]) => ({
  eventType: 'Complaint',
  complaint: {
    complaintFeedbackType,
    complaintSubType: null,
    feedbackId: 'f-2',
    userAgent: 'Some Feedback Loop',
    complainedRecipients: emails.map((emailAddress) => ({ emailAddress })),
  },
  mail: { destination: [olena.email], ...mail },
})

describe('a notification of SES', () => {
  const statusOf = (type: string, subtype: string, recipient: Part) => {
    const [notice] = readSes(JSON.stringify(bounced(type, subtype, {}, recipient)), 'x')!
    return notice!.report.kind === 'bounce' && notice!.report.status
  }
  const bare = { emailAddress: olena.email }
  const said = (diagnosticCode: string, status?: string) => ({ ...bare, diagnosticCode, status })

  test.each([
    ['Permanent', 'General', gone, '5.1.1'],
    ['Permanent', 'General', bare, '5.0.0'],
    ['Permanent', 'General', said('smtp; 550 5.7.1 blocked', '5.7.1'), '5.7.1'],
    ['Permanent', 'General', said('smtp; 550-5.1.10 null MX', '5.0.0'), '5.1.10'],
    ['Permanent', 'General', said('smtp; 554 seen from 5.1.1.20'), '5.0.0'],
    ['Permanent', 'NoEmail', bare, '5.1.1'],
    ['Permanent', 'NoEmail', said('smtp; 550 5.7.1 policy'), '5.7.1'],
    ['Permanent', 'Suppressed', bare, '5.1.0'],
    ['Permanent', 'OnAccountSuppressionList', gone, '5.7.1'],
    ['Transient', 'MailboxFull', bare, '4.2.2'],
    ['Transient', 'General', said('smtp; 552 5.2.2 over quota', '5.2.2'), '4.2.2'],
    ['Transient', 'General', gone, '4.1.1'],
    ['Transient', 'MessageTooLarge', bare, '4.0.0'],
    ['Transient', 'ContentRejected', bare, '4.0.0'],
    ['Undetermined', 'Undetermined', bare, '5.0.0'],
    ['Undetermined', 'Undetermined', gone, '5.1.1'],
    ['Something', 'New', bare, '5.0.0'],
  ])('%s/%s %j means %s', (type, subtype, recipient, status) => {
    expect(statusOf(type, subtype, recipient)).toBe(status)
  })

  test('without its recipients is malformed, and of another kind gives no notices', () => {
    expect(readSes('{"notificationType":"Bounce","mail":{}}', 'x')).toBeUndefined()
    expect(
      readSes('{"eventType":"Complaint","complaint":{"complainedRecipients":"me"},"mail":{}}', 'x'),
    ).toBeUndefined()
    const others = ['Delivery', 'Send', 'Reject', 'Open', 'Click', 'RenderingFailure', 'DeliveryDelay', 'Subscription']
    for (const eventType of others) expect(readSes(JSON.stringify({ eventType }), 'x')).toEqual([])
  })
})

describe('a report of SES', () => {
  let app: TestApp
  let pages: Pages
  const open = async (bounceDomain?: string) => {
    app = await openAppWithHooks(bounceDomain, createRemote(certificate))
    pages = pagesOf(app)
  }
  const post = (message: object, over?: Record<string, string>) =>
    callHook(pages, '/hooks/ses', notification(message, over))
  beforeEach(() => open('bounces.example.org'))
  afterEach(() => app.close())
  const verp = () => ({ source: mailTo(app, olena.email).from })

  test('finds the delivery by its envelope sender, also after the mail was forwarded', async () => {
    const forwarded = { ...gone, emailAddress: 'olena@elsewhere.example' }
    expect((await post(bounced('Permanent', 'General', verp(), forwarded))).text).toBe('Taken: dead.\n')
    const detail = 'smtp; 550 5.1.1 <[address]>... User'
    expect(await bounceStateOf(app, olena.email)).toMatchObject({ suppressed: true, bounce: detail, complained: false })
    expect((await bounceStateOf(app, petro.email)).suppressed).toBe(false)
    const { reason } = await app.db.selectFrom('suppressions').select('reason').executeTakeFirstOrThrow()
    expect(reason).toBe('dead address')
  })

  test('of a policy never suppresses the address, and of a full mailbox after three editions over two weeks', async () => {
    const marks = [mailTo(app, olena.email).from, ...(await enterMoreMails(app, olena.email, 2))]
    const policy = { ...gone, status: '5.7.1' }
    for (const [n, source] of marks.entries()) {
      expect((await post(bounced('Permanent', 'General', { source }, policy, `p-${n}`))).text).toBe('Taken: soft.\n')
    }
    for (const [n, source] of [marks[0]!, marks[0]!, ...marks.slice(1)].entries()) {
      await sql`update bounces set at = at - interval '5 days' where kind = 'full'`.execute(app.db)
      expect((await bounceStateOf(app, olena.email)).suppressed).toBe(false) // two reports of one edition are one
      const full = bounced('Transient', 'MailboxFull', { source }, { emailAddress: olena.email }, `f-${n}`)
      expect((await post(full)).text).toBe('Taken: full.\n')
    }
    expect((await bounceStateOf(app, olena.email)).suppressed).toBe(true)
  })

  test('of a complaint ends all mail, with or without its type, and not-spam ends nothing', async () => {
    for (const type of ['not-spam', 'auth-failure']) {
      expect((await post(complained(type, verp()))).text).toBe('Taken: ignored.\n')
    }
    expect((await post(complained(undefined, verp()))).text).toBe('Taken: complaint.\n')
    const state = { suppressed: true, complained: true, bounce: null, state: 'gone' }
    expect(await bounceStateOf(app, olena.email)).toEqual(state)
    expect((await post(complained('abuse', { source: mailTo(app, petro.email).from }))).text).toContain('repeated')
  })

  test('counts for all recipients that it names, each once', async () => {
    await app.close()
    await open()
    const both = [gone, { emailAddress: petro.email, status: '5.2.1' }, gone, { emailAddress: 'no@reader.example' }]
    const mail = { source: 'desk@example.org', destination: both.map(({ emailAddress }) => emailAddress) }
    expect((await post(bounced('Permanent', 'General', mail, both))).text).toBe(
      'Taken: dead, dead, repeated, forged.\n',
    )
    const suppressed = async () => [
      (await bounceStateOf(app, olena.email)).suppressed,
      (await bounceStateOf(app, petro.email)).suppressed,
    ]
    expect(await suppressed()).toEqual([false, false]) // no delivery is known, so one day says too little
    app.clock.at('2026-11-24T12:00:00Z')
    const at = { Timestamp: '2026-11-24T12:00:00.000Z' }
    expect((await post(bounced('Permanent', 'General', mail, both, 'f-9'), at)).text).toContain('dead, dead')
    expect(await suppressed()).toEqual([true, true])
  })

  test.each([
    ['that names no delivery', () => ({ source: 'desk@example.org' })],
    ['with a mark of ours', () => verp()],
    ['with the mark of a deleted delivery', () => ({ source: verpOf(app, 999) })],
    [
      'with a Message-ID of ours',
      () => ({ source: 'desk@example.org', commonHeaders: { messageId: '<x@example.org>' } }),
    ],
  ])('%s never counts for another reader whom the report names', async (_, mail) => {
    const victim = { emailAddress: petro.email, status: '5.1.1' }
    for (const [destination, day] of [
      [[olena.email], 23],
      [['nobody@evil.example'], 24],
      [['nobody@evil.example', 'other@evil.example'], 25],
      [[], 26],
    ] as const) {
      app.clock.at(`2026-11-${day}T12:00:00Z`)
      const at = { Timestamp: `2026-11-${day}T12:00:00.000Z` }
      await post(bounced('Permanent', 'General', { ...mail(), destination }, victim, `b-${day}`), at)
      const complaint = { ...complained('abuse', { ...mail(), destination }, [petro.email]) }
      await post({ ...complaint, complaint: { ...complaint.complaint, feedbackId: `c-${day}` } }, at)
    }
    expect(await bounceStateOf(app, petro.email)).toMatchObject({ suppressed: false, complained: false, bounce: null })
    const about = await app.db
      .selectFrom('bounces as b')
      .innerJoin('subscribers as p', 'p.id', 'b.subscriber_id')
      .select('p.email')
      .execute()
    expect(about.filter(({ email }) => email === petro.email)).toEqual([])
  })

  test('falls back to no reader once a mark or a Message-ID of ours is there', async () => {
    const sources = [
      { source: verpOf(app, 999), commonHeaders: { from: ['desk@example.org'] } },
      { source: 'desk@example.org', commonHeaders: { messageId: '<gone@example.org>' } },
      { source: 'desk@example.org', commonHeaders: { messageId: `<${'0'.repeat(32)}@before.example>` } },
    ]
    for (const [n, mail] of sources.entries())
      expect((await post(bounced('Permanent', 'General', mail, gone, `g-${n}`))).text).toBe('Taken: forged.\n')
  })

  test('finds the delivery by our Message-ID where the envelope sender does not name it', async () => {
    await app.close()
    await open()
    const { messageId } = mailTo(app, olena.email)
    const source = 'other@example.org'
    const headers = [{ name: 'Message-ID', value: messageId }]
    const wrong = { source, commonHeaders: { messageId: mailTo(app, petro.email).messageId } }
    expect((await post(bounced('Permanent', 'General', wrong))).text).toBe('Taken: forged.\n')
    const right = bounced('Permanent', 'General', { source, headers }, gone, 'f-3')
    expect((await post(right)).text).toBe('Taken: dead.\n')
    expect(await notedBounces(app)).toMatchObject([
      { kind: 'forged', delivery_id: null, source: 'ses' },
      { kind: 'dead', delivery_id: expect.any(Number), source: 'ses' },
    ])
  })

  test('without a trace of a delivery counts for the reader if the mail came from us, and for nobody else', async () => {
    const from = (source: string) => complained('abuse', { source, commonHeaders: {} })
    expect((await post(from('shop@example.org'))).text).toBe('Taken: forged.\n')
    const ours = { ...from('DESK@example.org'), complaint: { ...from('').complaint, feedbackId: 'f-4' } }
    expect((await post(ours)).text).toBe('Taken: complaint.\n')
    expect(await bounceStateOf(app, olena.email)).toEqual({
      suppressed: true,
      complained: false,
      bounce: null,
      state: 'gone',
    })
    expect((await notedBounces(app)).map(({ delivery_id }) => delivery_id)).toEqual([null, null])
  })

  test('with a forged mark is only counted', async () => {
    const source = mailTo(app, olena.email).from.replace(/-[0-9a-f]{4}/, '-0000')
    expect((await post(bounced('Permanent', 'General', { source }))).text).toBe('Taken: forged.\n')
    expect((await bounceStateOf(app, olena.email)).suppressed).toBe(false)
  })
})
