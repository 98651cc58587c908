import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createForwarder } from '../../src/delivery/bounces/forward-to-contact.ts'
import { receiveMail } from '../../src/delivery/bounces/receive-mail.ts'
import { verpAddress } from '../../src/delivery/bounces/verp.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { countBounces } from '../../src/delivery/store/bounces.ts'
import { refusedReports } from '../../src/delivery/store/refused-reports.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import { eventually } from '../support/eventually.ts'
import { olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const env = {
  BOUNCE_DOMAIN: 'bounces.example.org',
  CONTACT: 'Desk <desk@example.org>',
  MAIL_FROM: 'Sitrep <news@example.org>',
}

let app: TestApp
let server: Awaited<ReturnType<typeof receiveMail>>
beforeEach(async () => {
  app = await openTestApp({ sink: true, env })
  await report(app, 'one', [strike])
  await join(app, olena)
  await welcomeNewcomers(app)
  await deliverMail(app)
  server = await receiveMail(app, 0)
})
afterEach(async () => {
  await server.close()
  await app.close()
})

const sender = () => app.sink.messages[0]!.from
const refused = () => refusedReports(app.db, '2026-01-01')
const counted = async () =>
  (await countBounces(app.db, app.now().subtract({ hours: 1 }))).map(({ kind, n }) => `${n} ${kind}`)

async function send(lines: string[], to = [sender()], from = ''): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port: server.port, ignoreTLS: true })
  const sent = transport.sendMail({ envelope: { from, to }, raw: lines.join('\r\n') })
  return sent.then(
    ({ response }) => response,
    (error: Error & { response?: string }) => error.response ?? error.message,
  )
}

const part = (type: string, ...lines: string[]) => ['--x', `Content-Type:${type}`, '', ...lines]
const head = (type: string) => [
  'From: mx@example.org',
  'Subject: A report',
  'MIME-Version: 1.0',
  `Content-Type: multipart/report; report-type=${type}; boundary=x`,
  '',
]
const full = [
  ...head('delivery-status'),
  ...part(
    ' message/delivery-status',
    'Final-Recipient: rfc822; olena@example.org',
    'Action: failed',
    'Status: 5.2.2',
    'Diagnostic-Code: smtp; 552 5.2.2 <olena@example.org> is full',
  ),
  '--x--',
  '',
]

/** Speaks SMTP line by line, each after the reply to the one before; returns the last reply. */
async function say(socket: Socket, ...lines: string[]): Promise<string> {
  let reply = ''
  for (const line of lines) {
    socket.write(`${line}\r\n`)
    ;[reply] = (await once(socket, 'data')).map(String) as [string]
  }
  return reply
}

async function open(): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'data')
  return socket
}

test('a mail that says how large it is gets 552 at MAIL FROM, and one that does not as soon as it is too large', async () => {
  const socket = await open()
  expect(await say(socket, 'EHLO mx.example.org', 'MAIL FROM:<> SIZE=600000000')).toMatch(/^552/)
  expect(await say(socket, 'MAIL FROM:<>', `RCPT TO:<${sender()}>`, 'DATA')).toMatch(/^354/)
  const line = `${'a'.repeat(998)}\r\n`
  let reply = ''
  socket.on('data', (data) => {
    reply += String(data)
  })
  for (let n = 0; n < 200 && !reply; n++) {
    if (!socket.write(line.repeat(50))) await once(socket, 'drain')
    await new Promise(setImmediate)
  }
  await eventually(async () => reply !== '', 'the reply before the end')
  expect(reply).toMatch(/^552/)
  expect(await refused()).toMatchObject({ 'too large': 1 })
  socket.destroy()
})

test('a mail has few recipients, and a report counts once', async () => {
  const socket = await open()
  await say(socket, 'EHLO mx.example.org', 'MAIL FROM:<>')
  const replies: string[] = []
  for (let n = 1; n <= 7; n++) {
    const to = verpAddress(app.config.secretKeys, { id: n, link_nonce: 'a1b2c3d4e5f6' }, 'bounces.example.org')
    replies.push((await say(socket, `RCPT TO:<${to}>`)).slice(0, 3))
  }
  socket.destroy()
  expect(replies).toEqual(['250', '250', '250', '250', '250', '452', '452'])
  for (let n = 0; n < 5; n++) expect(await send(full)).toMatch(/^250/)
  expect(await counted()).toEqual(['1 full'])
  const row = await app.db.selectFrom('deliveries').select('bounce').executeTakeFirstOrThrow()
  expect(row.bounce).toBe('552 5.2.2 <[address]> is full')
})

test('few clients are heard at a time', async () => {
  const sockets = await Promise.all(
    Array.from({ length: 60 }, async () => {
      const socket = connect(server.port, '127.0.0.1')
      socket.on('error', () => {})
      const [greeting] = await once(socket, 'data')
      return { socket, greeting: String(greeting).slice(0, 3) }
    }),
  )
  expect(sockets.filter(({ greeting }) => greeting === '220').length).toBeLessThanOrEqual(30)
  for (const { socket } of sockets) socket.destroy()
  await eventually(async () => (await send(full)).startsWith('250'), 'a place for another client')
})

test('a NUL and a part without a type lose no report', async () => {
  const odd = [
    ...head('delivery-status'),
    ...part('', 'It came back.'),
    ...part(
      ' message/delivery-status',
      'Final-Recipient: rfc822; a@example.org',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no\0such user',
    ),
    '--x--',
    '',
  ]
  expect(await send(odd)).toMatch(/^250/)
  expect(await isSuppressed(app.db, olena.email)).toBe(true)
})

test.each([
  [
    '20,000 folded lines',
    [
      ...head('delivery-status').slice(0, -1),
      'X-Long: a',
      ...Array.from({ length: 20_000 }, () => ' b'),
      ...full.slice(4),
    ],
  ],
  [
    '2,000 nested parts',
    [
      ...Array.from({ length: 2_000 }, (_, n) => [
        `Content-Type: multipart/mixed; boundary=b${n}`,
        '',
        `--b${n}`,
      ]).flat(),
      'Content-Type: text/plain',
      '',
      'a',
    ],
  ],
])('a mail with %s is answered once and for all', async (_, lines) => {
  expect(await send(lines)).toMatch(/^(?:250|554)/)
})

test('what cannot be taken for now is asked for again, and is counted', async () => {
  await app.db.schema.alterTable('bounces').renameTo('away').execute()
  expect(await send(full)).toMatch(/^451/)
  await app.db.schema.alterTable('away').renameTo('bounces').execute()
  await eventually(async () => (await refused()).failed === 1, 'the count')
  expect(await send(full)).toMatch(/^250/)
})

const complaint = (...returned: string[]) => [
  ...head('feedback-report'),
  ...part(' message/feedback-report', 'Feedback-Type: abuse', 'User-Agent: FBL/1'),
  ...part(' message/rfc822', ...returned, '', 'Hello'),
  '--x--',
  '',
]

test.each(['abuse', 'fbl', 'postmaster'])(
  'a feedback report to %s@ is a complaint of the reader whose signed mark it returns',
  async (name) => {
    const mark = sender().split('@')[0]!
    expect(app.sink.messages[0]!.raw).toContain(`X-Sitrep-Mark: ${mark}`)
    const to = [`${name}@bounces.example.org`]
    expect(await send(complaint(`X-Sitrep-Mark: ${mark.replace(/.{4}$/, '0000')}`), to)).toMatch(/^250/)
    expect([await isSuppressed(app.db, olena.email), await refused()]).toEqual([false, { unmatched: 1 }])
    expect(await send(complaint(`X-Sitrep-Mark: ${mark}`), to)).toMatch(/^250/)
    expect(await isSuppressed(app.db, olena.email)).toBe(true)
  },
)

test('what a person writes to the postmaster is forwarded to CONTACT, and what a program writes is not', async () => {
  const to = ['postmaster@bounces.example.org']
  const letter = ['From: olena@example.org', 'Subject: Please', '', 'Take me off.']
  expect(await send(letter, to, 'olena@example.org')).toMatch(/^250/)
  expect(await send(['Auto-Submitted: auto-replied', ...letter], to, 'olena@example.org')).toMatch(/^250/)
  expect(await send(letter, to)).toMatch(/^250/)
  const forwarded = app.sink.messages.slice(1)
  expect(forwarded.map((mail) => mail.to)).toEqual([['desk@example.org']])
  const [file] = forwarded[0]!.parsed.attachments
  expect(file!.content.toString()).toContain('Take me off.')
})

test('a mail to several of our addresses is forwarded once, and a few an hour are, also when many come at once', async () => {
  const to = ['postmaster', 'abuse', 'fbl', 'Postmaster'].map((name) => `${name}@bounces.example.org`)
  expect(await send(['From: olena@example.org', 'Subject: Please', '', 'Once.'], to, 'olena@example.org')).toMatch(
    /^250/,
  )
  expect(app.sink.messages).toHaveLength(2)
  const forward = createForwarder(app)
  const letters = Array.from({ length: 30 }, (_, n) => Buffer.from(`Subject: ${n}\r\n\r\nHello`))
  app.sink.onSender = () => ({ code: 451, text: '4.3.0 not now' })
  const failed = await Promise.allSettled(letters.slice(0, 15).map(forward))
  expect(failed.filter(({ status }) => status === 'fulfilled')).toEqual([])
  app.sink.onSender = () => undefined
  const results = await Promise.allSettled(letters.map(forward))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  expect(app.sink.messages).toHaveLength(22)
  app.clock.at(app.now().add({ hours: 1 }))
  await forward(letters[29]!)
  expect(app.sink.messages).toHaveLength(23)
})

test('a mail to anybody else is refused', async () => {
  expect(await send(full, ['news@bounces.example.org'])).toMatch(/5\.1\.1/)
})
