import { expect, test } from 'vitest'
import { readMail } from '../../src/delivery/bounces/read-report.ts'
import { verdictOnReport } from '../../src/delivery/bounces/report.ts'
import { parseMail } from '../../src/delivery/smtp/parse-mail.ts'

const mark = 'b-2s-a1b2c3d4e5f6-0123456789abcdef0123'
const returned = [
  'Return-Path: <b-2s-A1B2C3D4E5F6-0123456789ABCDEF0123@bounces.example.org>',
  'Subject: News',
  '',
  'b-3-a1b2c3d4e5f6-0123456789abcdef0123',
]

/** A mail with these parts; each is a content type and its lines. */
async function read(head: string[], parts: [type: string, ...lines: string[]][]) {
  const body = parts.flatMap(([type, ...lines]) => [
    '--x',
    ...(type === '-' ? [] : [`Content-Type:${type}`]),
    '',
    ...lines,
  ])
  return readMail(await parseMail(Buffer.from([...head, 'MIME-Version: 1.0', '', ...body, '--x--', ''].join('\r\n'))))
}

const reportHead = [
  'From: postmaster@mx.example.org',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=x',
]
const notice: [string, ...string[]] = [' text/plain', 'It did not arrive.']

/** Reads a notification whose second group has these fields. */
async function verdict(...fields: string[]) {
  const status: [string, ...string[]] = [
    ' message/delivery-status',
    'Reporting-MTA: dns; mx.example.org',
    '',
    ...fields,
  ]
  const { report } = await read(reportHead, [notice, status])
  return report && verdictOnReport(report)?.kind
}

const recipient = 'Final-Recipient: rfc822; olena@example.org'
const failed = [recipient, 'Action: failed']

test.each([
  ['the code of Status', 'dead', ['Status: 5.1.1']],
  [
    'the code of the far server where Status says nothing',
    'dead',
    ['Status: 5.0.0', 'Diagnostic-Code: smtp; 550 5.1.1 no such user'],
  ],
  [
    'the code of the far server against that of ours',
    'soft',
    ['Status: 5.1.1', 'Diagnostic-Code: smtp; 550 5.7.1 looks like spam'],
  ],
  ['a specific Status against a vague diagnosis', 'full', ['Status: 5.2.2', 'Diagnostic-Code: smtp; 550 5.0.0 failed']],
  ['words without any code', 'recipient', ['Status: 5.0.0', 'Diagnostic-Code: smtp; 550 user unknown']],
  [
    'words of policy against the code of our own server',
    'soft',
    ['Status: 5.1.1', 'Diagnostic-Code: smtp; 550 blocked as spam'],
  ],
  ['words of a full mailbox', 'full', ['Status: 5.0.0', 'Diagnostic-Code: smtp; 552 the mailbox is full']],
  ['the reply code alone', 'soft', ['Diagnostic-Code: smtp; 554 no']],
  [
    'a domain that is not found',
    'domain',
    [
      'Status: 5.4.4',
      'Diagnostic-Code: X-Postfix; Host or domain name not found. Name service error for name=gone.example',
    ],
  ],
  [
    'a temporary code that was given up',
    'soft',
    ['Status: 4.1.1', 'Diagnostic-Code: smtp; 450 4.1.1 unverified address'],
  ],
  ['a NUL in its diagnosis', 'dead', ['Status: 5.1.1', 'Diagnostic-Code: smtp; 550 5.1.1 no\0such user']],
  ['folded fields', 'dead', ['Status:', ' 5.1.1', 'Diagnostic-Code: smtp;', ' 550 5.1.1 no such', '\tuser']],
])('a notification is judged by %s', async (_, kind, fields) => {
  expect(await verdict(...failed, ...fields)).toBe(kind)
})

test.each([
  ['delayed with 4.4.7', ['Action: delayed', 'Status: 4.4.7']],
  ['delayed with 5.4.7', ['Action: delayed', 'Status: 5.4.7']],
  ['relayed', ['Action: relayed', 'Status: 2.1.9']],
  ['relayed with a code of a failure', ['Action: relayed', 'Status: 5.1.1']],
  ['delivered', ['Action: delivered', 'Status: 2.0.0']],
])('a notification of a mail that was %s says nothing', async (_, fields) => {
  expect(await verdict(recipient, ...fields)).toBeUndefined()
})

test('of several recipients the one that failed counts', async () => {
  expect(
    await verdict(
      'Final-Recipient: rfc822; a@example.org',
      'Action: relayed',
      'Status: 2.0.0',
      '',
      ...failed,
      'Status: 5.1.1',
    ),
  ).toBe('dead')
})

test.each([
  ['an empty type', ''],
  ['a type without a name', ' ; name=status'],
  ['no type', '-'],
])('a report whose part has %s is read, beside it or in it', async (_, type) => {
  const status = [...failed, 'Status: 5.1.1']
  const beside = await read(reportHead, [
    [type, 'It did not arrive.'],
    [' message/delivery-status', ...status],
  ])
  const inIt = await read(reportHead, [notice, [type, ...status]])
  expect([beside.report, inIt.report]).toMatchObject([{ status: '5.1.1' }, { status: '5.1.1' }])
})

test('a feedback report names the delivery by a mark in the headers that it returns, and by nothing else', async () => {
  const head = ['From: fbl@isp.example', 'Content-Type: multipart/report; report-type=feedback-report; boundary=x']
  const { report, marks } = await read(head, [
    [' text/plain', `a complaint about b-4-0123456789abcdef0123`],
    [' message/feedback-report', 'Feedback-Type: abuse', 'User-Agent: FBL/1'],
    [' message/rfc822', ...returned],
  ])
  expect([report, marks]).toEqual([{ kind: 'complaint', detail: 'abuse' }, [mark]])
})

test.each([
  [
    'an answer of an absent reader',
    ['Auto-Submitted: auto-replied', 'Content-Type: multipart/mixed; boundary=x'],
    true,
  ],
  ['a letter', ['Content-Type: multipart/mixed; boundary=x'], false],
])('%s that quotes a refusal is no report', async (_, head, isAutomatic) => {
  const read_ = await read(head, [[' text/plain', ...failed, 'Status: 5.1.1', '550 5.1.1 no such user']])
  expect(read_).toEqual({ report: undefined, marks: [], isAutomatic })
})

test('the words of a server hold no command of a terminal', async () => {
  const words = 'smtp; 550 5.1.1 \u001b]0;owned\u0007\u001b[31mno such user \u202eabc'
  const status: [string, ...string[]] = [
    ' message/delivery-status',
    'Reporting-MTA: dns; a',
    '',
    `Diagnostic-Code: ${words}`,
  ]
  const { report } = await read(reportHead, [notice, [...status, 'Action: failed']])
  expect(JSON.stringify(report)).toContain('no such user')
  expect(JSON.stringify(report)).not.toMatch(/\\u001b|\\u0007|\u202e/)
})
