import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'

test.each(['fast', '0', '-1', ''])('a rate of %j in a relay is refused with a sentence', (rate) => {
  const settings = { SMTP_URL: `smtp://one.example,smtp://two.example?rate=${rate}` }
  expect(() => readConfig(settings)).toThrow(/^SMTP_URL must have rates of mails a second .*\.$/)
})

test('a relay may have a rate, or none', () => {
  const { smtpUrls } = readConfig({ SMTP_URL: 'smtp://one.example?rate=0.5&weight=2, smtp://two.example' })
  expect(smtpUrls).toHaveLength(2)
})

test.each(['soon', '2026-13-01', '01.12.2026'])('a warm-up that begins %s is refused with a sentence', (day) => {
  expect(() => readConfig({ SEND_WARMUP: day })).toThrow(/^SEND_WARMUP must be the first day .*\.$/)
})
