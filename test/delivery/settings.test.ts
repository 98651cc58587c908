import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'

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
