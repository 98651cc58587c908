import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import {
  addressKey,
  addressSchema,
  maskAddress,
  shownAddress,
  writtenAddressSchema,
} from '../../src/platform/address.ts'
import { findSubscriberByEmail, listSubscribers } from '../../src/readers/store/subscribers.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { mira, network, olena } from '../support/people.ts'
import { mailsTo, suppressAddress } from '../support/readers.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-server.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

describe('an address', () => {
  test.each([
    ['Anna.Berg@Example.ORG', 'Anna.Berg@example.org', 'anna.berg@example.org'],
    ['anna+news@example.org', 'anna+news@example.org', 'anna+news@example.org'],
    ['info@Пошта.укр', 'info@xn--80a1acn3a.xn--j1amh', 'info@xn--80a1acn3a.xn--j1amh'],
    ['info@XN--80A1ACN3A.xn--j1amh', 'info@xn--80a1acn3a.xn--j1amh', 'info@xn--80a1acn3a.xn--j1amh'],
    ['ivan@пример.рф', 'ivan@xn--e1afmkfd.xn--p1ai', 'ivan@xn--e1afmkfd.xn--p1ai'],
    ['Олена@example.org', 'Олена@example.org', 'олена@example.org'],
    ['jose\u0301@example.org', 'josé@example.org', 'josé@example.org'],
    ['鈴木@例え.jp', '鈴木@xn--r8jz45g.jp', '鈴木@xn--r8jz45g.jp'],
  ])('%s is kept as %s and found as %s', (given, written, key) => {
    expect(writtenAddressSchema.parse(` ${given} `)).toBe(written)
    expect(addressSchema.parse(given)).toBe(key)
    expect(addressKey(given.normalize('NFC'))).toBe(key)
  })

  test.each([
    ...['', 'a', '@example.org', 'a@', 'a@b', 'a@example.1', 'a@b@example.org', 'a b@example.org', 'a@exa mple.org'],
    ...['a..b@example.org', '.a@example.org', 'a.@example.org', 'a@-example.org', 'a@exa_mple.org', 'a@exa%6dple.org'],
    ...[
      'a\u202eb@example.org',
      'a\u200b@example.org',
      'a\n@example.org',
      '<a@example.org>',
      '"a b"@example.org',
      'a@[10.0.0.1]',
    ],
    ...['😀@example.org', `${'я'.repeat(33)}@example.org`, `a@${'b'.repeat(64)}.org`, `a@${'b.'.repeat(126)}org`],
  ])('%j is refused', (given) => {
    expect(writtenAddressSchema.safeParse(given).success).toBe(false)
  })

  test('has one key in any spelling, which is its own key', () => {
    const name = fc.stringMatching(/^[a-zа-яєії]{1,12}$/)
    const domain = fc.tuple(name, fc.constantFrom('укр', 'рф', 'org', 'de')).map((labels) => labels.join('.'))
    fc.assert(
      fc.property(name, domain, (local, of) => {
        const spellings = [
          `${local}@${of}`,
          `${local.toUpperCase()}@${of.toUpperCase()}`,
          addressSchema.parse(`${local}@${of}`),
        ]
        expect(new Set(spellings.map((spelling) => addressSchema.parse(spelling))).size).toBe(1)
        expect(shownAddress(addressSchema.parse(spellings[1]))).toBe(`${local}@${of}`)
      }),
    )
  })

  test('is masked before the letters of its domain', () => {
    expect(maskAddress('info@xn--80a1acn3a.xn--j1amh')).toBe('i…@пошта.укр')
    expect(maskAddress('олена@example.org')).toBe('о…@example.org')
  })
})

describe('a reader', () => {
  let app: TestApp
  let other: SmtpSink | undefined
  afterEach(async () => {
    await app.close()
    await other?.close()
    other = undefined
  })
  const signUp = (email: string) => subscribe(app, { ...mira, email: writtenAddressSchema.parse(email) }, network)

  test('gets mail at the address as it was written first, and is one reader in any spelling', async () => {
    app = await openTestApp({ sink: true })
    await signUp('Anna.Berg@Example.ORG')
    await signUp('anna.berg@example.org')
    await deliverMail(app)
    expect(app.sink.messages.map(({ to }) => to)).toEqual([['Anna.Berg@example.org']])
    expect(app.sink.messages[0]!.parsed.to).toMatchObject({ text: 'Anna.Berg@example.org' })
    expect(await findSubscriberByEmail(app.db, 'ANNA.berg@example.org')).toMatchObject({
      email: 'anna.berg@example.org',
    })
    expect(await listSubscribers(app.db, { limit: 9, email: 'Anna.B' })).toHaveLength(1)
  })

  test('with an internationalised domain is one reader in either spelling, mailed in ASCII and shown in letters', async () => {
    app = await openTestApp({ sink: true })
    await signUp('info@пошта.укр')
    await signUp('info@xn--80a1acn3a.xn--j1amh')
    await deliverMail(app)
    const [mail, ...others] = app.sink.messages
    expect(others).toEqual([])
    expect(mail!.raw).toContain('\r\nTo: info@xn--80a1acn3a.xn--j1amh\r\n')
    expect(mail!.parsed.text).toContain('info@пошта.укр')
    expect(await listSubscribers(app.db, { limit: 9, email: 'пошта.укр' })).toHaveLength(1)
    await suppressAddress(app, 'info@пошта.укр')
    expect(await isSuppressed(app.db, 'INFO@xn--80a1acn3a.xn--j1amh')).toBe(true)
  })

  test('whose name has other letters gets mail where the relay takes such addresses', async () => {
    app = await openTestApp({ sink: true })
    await signUp('Олена@пошта.укр')
    await deliverMail(app)
    const [mail] = app.sink.messages
    expect(mail!.to[0]).toMatch(/^Олена@/)
    expect(mail!.raw).toMatch(/\r\nTo: Олена@xn--80a1acn3a\.xn--j1amh\r\n/)
    expect(await mailsTo(app, 'олена@xn--80a1acn3a.xn--j1amh')).toMatchObject([{ kind: 'confirmation' }])
  })

  test('whose name has other letters is refused in words elsewhere, and other mails go out', async () => {
    other = await startSmtpSink({ smtpUtf8: false })
    app = await openTestApp({ env: { SMTP_URL: other.url, SMTP_CONNECTIONS: '1' } })
    await signUp('олена@пошта.укр')
    await signUp(olena.email)
    await signUp(mira.email)
    expect(await deliverMail(app)).toBe(2)
    expect(other.messages.map(({ to }) => to[0]).toSorted()).toEqual([mira.email, olena.email])
    const failed = await app.db.selectFrom('deliveries').select(['reason']).where('state', '=', 'failed').execute()
    expect(failed).toEqual([{ reason: expect.stringContaining('letters outside ASCII before the @') }])
    expect(await isSuppressed(app.db, 'олена@пошта.укр')).toBe(false)
  })
})
