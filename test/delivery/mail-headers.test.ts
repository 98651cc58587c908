import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { listIdOf } from '../../src/delivery/message/list-id.ts'
import { ehloNameOf } from '../../src/delivery/smtp/ehlo-name.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { mira, network, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import type { SunkMessage } from '../support/smtp-server.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

describe('mail of both kinds', () => {
  let app: TestApp
  beforeAll(async () => {
    const env = {
      MAIL_FROM: 'Зведення — Київ <desk@news.example.org>',
      MAIL_FROM_CONFIRM: 'Sitrep <confirm@mail.example.org>',
      PUBLIC_URL: 'https://news.example.org',
    }
    app = await openTestApp({ sink: true, env })
    await report(app, 'one', [strike])
    await join(app, olena)
    await welcomeNewcomers(app)
    await subscribe(app, mira, network)
    await deliverMail(app)
  })
  afterAll(() => app.close())

  const mailTo = (email: string): SunkMessage => app.sink.messages.find(({ to }) => to.includes(email))!
  const fieldsOf = ({ raw }: SunkMessage): string[] => raw.split('\r\n\r\n')[0]!.split(/\r\n(?![\t ])/)
  const valuesOf = (mail: SunkMessage, name: string) =>
    fieldsOf(mail).flatMap((line) =>
      line.toLowerCase().startsWith(`${name.toLowerCase()}: `) ? line.slice(name.length + 2) : [],
    )

  test.each([olena.email, mira.email])('asks programs not to answer, in the mail to %s', (email) => {
    expect(valuesOf(mailTo(email), 'Auto-Submitted')).toEqual(['auto-generated'])
    const [suppressed] = valuesOf(mailTo(email), 'X-Auto-Response-Suppress')
    expect(suppressed).toContain('OOF')
    expect(suppressed).toContain('AutoReply')
    expect(suppressed).not.toMatch(/\bNDR\b|\bAll\b/)
  })

  test('is of a list where the reader subscribed, and of none where it asks to confirm', () => {
    expect(valuesOf(mailTo(olena.email), 'List-Id')).toEqual([
      'Sitrep Welcome digests <welcome.sitrep.news.example.org>',
    ])
    expect(valuesOf(mailTo(olena.email), 'Precedence')).toEqual(['bulk'])
    for (const name of ['List-Id', 'Precedence', 'List-Unsubscribe'])
      expect(valuesOf(mailTo(mira.email), name)).toEqual([])
  })

  test('comes from the address of its kind, which its Message-ID and its envelope name too', () => {
    const [digest, confirmation] = [mailTo(olena.email), mailTo(mira.email)]
    expect(digest.parsed.from?.value).toEqual([{ name: 'Зведення — Київ', address: 'desk@news.example.org' }])
    expect(confirmation.parsed.from?.value).toEqual([{ name: 'Sitrep', address: 'confirm@mail.example.org' }])
    expect(digest.from).toBe('desk@news.example.org')
    expect(confirmation.from).toBe('confirm@mail.example.org')
    expect(digest.parsed.messageId).toMatch(/@news\.example\.org>$/)
    expect(confirmation.parsed.messageId).toMatch(/@mail\.example\.org>$/)
  })

  test.each([olena.email, mira.email])('has each header once, in ASCII, in short lines, in the mail to %s', (email) => {
    const fields = fieldsOf(mailTo(email))
    const names = fields
      .map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
      .filter((name) => name !== 'received')
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
    for (const line of fields.join('\r\n').split('\r\n')) expect(line).toMatch(/^[\t -~]{1,200}$/)
  })
})

describe('the list of a mail', () => {
  test('has a name of its own for each cadence', () => {
    const of = (kind: 'alert' | 'daily' | 'weekly') => listIdOf(kind, 'https://sitrep.example')
    expect(new Set([of('alert'), of('daily'), of('weekly')]).size).toBe(3)
    expect(of('daily')).toBe('Sitrep Daily digests <daily.sitrep.sitrep.example>')
  })

  test.each([
    'http://[2001:db8::1]:3000',
    'http://10.0.0.1',
    'http://localhost:3000',
    `https://${'abcdefgh.'.repeat(27)}org`,
  ])('is made of atoms and has at most 255 characters for the site %s', (url) => {
    const [, identifier] = /^[\w ]+ <([\w-]+(?:\.[\w-]+)+)>$/.exec(listIdOf('weekly', url)!)!
    expect(identifier!.length).toBeLessThanOrEqual(255)
  })
})

test.each([
  ['https://news.example.org:8443/x', 'news.example.org'],
  ['http://10.0.0.1:3000', '[10.0.0.1]'],
  ['http://[2001:db8::1]:3000', '[IPv6:2001:db8::1]'],
  ['http://localhost:3000', '[127.0.0.1]'],
])('mail servers are greeted for the site %s as %s', (url, name) => {
  expect(ehloNameOf(url)).toBe(name)
})

test('a sender of confirmations whose domain is not signed for is refused', () => {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  const settings = { SECRET_KEY: newSecretKey(), MAIL_FROM: 'desk@example.org', DKIM_PRIVATE_KEY: String(key) }
  const of = (address: string) => () => readConfig({ ...settings, MAIL_FROM_CONFIRM: address }).mailFromConfirm
  expect(of('confirm@mail.example.org')()).toBe('confirm@mail.example.org')
  expect(of('confirm@other.example')).toThrow(
    'MAIL_FROM_CONFIRM must have an address of the domain that signs (example.org)',
  )
  expect(of('confirm@badexample.org')).toThrow('MAIL_FROM_CONFIRM')
})
