import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createMessageTemplate } from '../../src/delivery/message/template.ts'
import { createFetcher } from '../../src/http/fetch.ts'
import { startFeedServer } from '../support/feed-server.ts'

test.each(['fast', '0', '-1', ''])('a rate of %j in a relay is refused with a sentence', (rate) => {
  const settings = { SMTP_URL: `smtp://one.example,smtp://two.example?rate=${rate}` }
  expect(() => readConfig(settings)).toThrow(/^SMTP_URL must have a rate above 0 mails a second.*\.$/)
})

test('a relay has a rate or none', () => {
  const { smtpUrls } = readConfig({ SMTP_URL: 'smtp://one.example?rate=0.5&weight=2, smtp://two.example' })
  expect(smtpUrls).toHaveLength(2)
})

test.each(['soon', '2026-13-01', '01.12.2026'])('a warm-up that begins %s is refused with a sentence', (day) => {
  expect(() => readConfig({ SEND_WARMUP: day })).toThrow(/^SEND_WARMUP must be the first day .*\.$/)
})

test('a DKIM key is an RSA key in PEM, with line ends or with \\n', () => {
  const pem = pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
  const oneLine = pem.replaceAll('\n', '\\n')
  for (const key of [pem, oneLine])
    expect(readConfig({ DKIM_PRIVATE_KEY: key }).dkim?.privateKey.trim()).toBe(pem.trim())
})

test.each(['abc', pemOf(generateKeyPairSync('ed25519').privateKey)])(
  'the DKIM key %j is refused with a sentence',
  (key) => {
    expect(() => readConfig({ DKIM_PRIVATE_KEY: key })).toThrow(
      /^DKIM_PRIVATE_KEY must be an RSA private key in PEM without a passphrase\.$/,
    )
  },
)

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

test('the settings of the webhooks are read, and a wrong one is refused with a sentence', () => {
  const arns = 'arn:aws:sns:eu-west-1:123456789012:one, arn:aws-cn:sns:cn-north-1:123456789012:two.fifo'
  const [postmark, mailgun] = ['postmark:correct-horse-battery', 'key-of-mailgun-0123456789']
  const settings = { SES_TOPIC_ARN: arns, POSTMARK_WEBHOOK_AUTH: postmark, MAILGUN_SIGNING_KEY: mailgun }
  expect(readConfig(settings).hooks).toEqual({ ses: arns.split(', '), postmark, mailgun })
  expect(readConfig({}).hooks).toEqual({})
  expect(() => readConfig({ SES_TOPIC_ARN: 'bounces' })).toThrow('SES_TOPIC_ARN must be ARNs of SNS topics')
  expect(() => readConfig({ POSTMARK_WEBHOOK_AUTH: 'me:short' })).toThrow('POSTMARK_WEBHOOK_AUTH must be USER:PASSWORD')
  expect(() => readConfig({ MAILGUN_SIGNING_KEY: 'short' })).toThrow('MAILGUN_SIGNING_KEY must be')
})

describe('an address of the sender', () => {
  const names = [
    'Зведення',
    'Sitrep — daily',
    '“Desk”',
    'Desk, night shift',
    'A "B" C',
    'تقرير',
    '日報',
    '🛰 Desk',
    'é\\',
    'O’Neil (ops)',
  ]

  test.each(names)('may have the name %s, and every header made of it is ASCII', async (name) => {
    const { mailFrom, contact } = readConfig({ MAIL_FROM: `${name} <desk@пошта.example>` })
    const draft = {
      from: mailFrom,
      replyTo: mailFrom,
      subject: name,
      html: '',
      text: '',
      listId: 'x',
    }
    const recipient = { to: 'a@b.example', messageId: '<1@b.example>', date: Temporal.Now.instant(), values: () => '' }
    const message = await createMessageTemplate(draft).personalise(recipient)
    expect(message.toString('latin1').split('\r\n\r\n')[0]).toMatch(/^[\r\n -~]+$/)
    const { from, replyTo } = await simpleParser(message)
    for (const line of [from, replyTo]) expect(line?.value).toEqual([{ name, address: 'desk@пошта.example' }])
    const site = 'https://sitrep.example'
    const server = await startFeedServer()
    const fetcher = createFetcher({ site, contact, allow: ['127.0.0.1'] })
    expect(await fetcher.get(server.set('/feed', { body: '<rss/>' }))).toMatchObject({ kind: 'fetched' })
    const sent = server.requests.at(-1)?.headers['user-agent']
    expect(sent).toMatch(/^Sitrep\/0\.1 \(\+https:\/\/sitrep\.example; [ -~]*desk@xn--80a1acn3a\.example>?\)$/)
    await fetcher.close()
    await server.close()
  })

  test.each([
    ['зведення@example.org', 'must have an address with ASCII letters before the @'],
    ['Desk <a@b@example.org>', 'must be one mail address'],
    ['Desk\u0007 <desk@example.org>', 'must be one mail address'],
    ['Desk <desk@example.org>, Ops <ops@example.org>', 'must be one mail address'],
    ['Desk <desk@exa mple.org>', 'must be one mail address'],
    ['Desk <de sk@example.org>', 'must be one mail address'],
    ['desk@', 'must be one mail address'],
  ])('is refused as %j with a sentence', (line, sentence) => {
    for (const name of ['MAIL_FROM', 'REPLY_TO'])
      expect(() => readConfig({ [name]: line })).toThrow(`${name} ${sentence}`)
  })
})

test('domains and the URL of the site are used in their ASCII form', () => {
  const settings = { PUBLIC_URL: 'https://зведення.укр/новини/', BOUNCE_DOMAIN: 'листи.зведення.укр' }
  const { publicUrl, bounceDomain } = readConfig(settings)
  expect(publicUrl).toBe('https://xn--b1aecbg4ba8l.xn--j1amh/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8')
  expect(bounceDomain).toMatch(/^xn--.*\.xn--j1amh$/)
  expect(() => readConfig({ BOUNCE_DOMAIN: 'a b' })).toThrow('BOUNCE_DOMAIN must be a domain')
})
