import { describe, expect, test } from 'vitest'
import { settingNames } from '../../src/config.ts'
import { refusalOf } from '../support/refusal-of.ts'

describe('a name that is nearly the name of a setting', () => {
  test.each([
    ['SMPT_URL', 'SMTP_URL'],
    ['MAIL_FORM', 'MAIL_FROM'],
    ['SECRET_KEYS', 'SECRET_KEY'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['PUBLICURL', 'PUBLIC_URL'],
    ['public_url', 'PUBLIC_URL'],
    ['NODE_ENVV', 'NODE_ENV'],
    ['BOUNCE_DOMAINS', 'BOUNCE_DOMAIN'],
    ['TRUST_PROXYS', 'TRUST_PROXY'],
    ['SEND_ALLOW_LIST', 'SEND_ALLOWLIST'],
    ['SECRET_KEYS_FILE', 'SECRET_KEY_FILE'],
    ['SMTP_PASSWORD', 'SMTP_URL'],
    ['DKIM_KEY', 'DKIM_PRIVATE_KEY'],
  ])('%s is refused, and %s is said', (name, meant) => {
    expect(refusalOf({ [name]: 'hunter2' })).toBe(`${name} is not a setting. Did you mean ${meant}?`)
  })

  test.each(settingNames.filter((name) => name.length > 6))('one slip anywhere in %s is refused', (name) => {
    for (let at = 0; at < name.length; at++) {
      const slip = name.slice(0, at) + name.slice(at + 1)
      expect(refusalOf({ [slip]: 'hunter2' })).toMatch(
        new RegExp(`^${slip} is not a setting\\. Did you mean [A-Z_]+\\?$`),
      )
    }
  })

  test.each([
    'HOME=/root',
    'PATH=/bin',
    'HOSTNAME=a',
    'HOSTS=a',
    'USER=a',
    'MAIL=/var/mail/a',
    'MAILTO=a@example.org',
    'POSTGRES_PASSWORD=a',
    'SMTP_PORT=tcp://10.0.0.7:25',
    'SMTP_PORT_25_TCP_ADDR=10.0.0.7',
    'SMTP_SERVICE_HOST=10.0.0.7',
    'NODE_OPTIONS=--trace-warnings',
    'NODE_COMPILE_CACHE=/tmp',
    'LOGNAME=root',
    'SMPT_URL=',
  ])('%s of another program is left alone', (assignment) => {
    const [name = '', value] = assignment.split('=')
    expect(refusalOf({ [name]: value ?? '' })).toBe('')
  })
})
