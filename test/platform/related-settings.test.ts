import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'

const strong = '0123456789abcdefghijklmnopqrstuvwxyz'

/** What the start says; '' when it takes the settings. */
function refusalOf(env: Record<string, string>): string {
  try {
    readConfig(env)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test.each([
  ['BOUNCE_PORT', { BOUNCE_PORT: '2525' }],
  ['FEEDBACK_ADDRESSES', { FEEDBACK_ADDRESSES: 'fbl@example.org' }],
  ['SECRET_KEY', { PUBLIC_URL: 'https://sitrep.example', SECRET_KEY: 'changeme' }],
  ['SECRET_KEY', { PUBLIC_URL: 'http://10.0.0.5:3000', SECRET_KEY: `${strong},changeme` }],
  ['AUDIT_KEY', { PUBLIC_URL: 'https://sitrep.example', SECRET_KEY: strong, AUDIT_KEY: 'a'.repeat(40) }],
  ['AUDIT_KEY', { SECRET_KEY: strong, AUDIT_KEY: strong }],
  ['AUDIT_KEY', { SECRET_KEY: `one, ${strong}`, AUDIT_KEY: `other,${strong}` }],
] as [string, Record<string, string>][])('%s of %j is refused in one sentence', (name, env) => {
  expect(refusalOf(env)).toMatch(new RegExp(`^${name} [^\\n]{10,300}\\.$`))
})

test('settings that belong together are taken', () => {
  const mail = { BOUNCE_DOMAIN: 'b.example.org', BOUNCE_PORT: '2525', FEEDBACK_ADDRESSES: 'fbl@b.example.org' }
  const keys = { SECRET_KEY: strong, AUDIT_KEY: strong.replace('0', 'A') }
  for (const PUBLIC_URL of ['https://sitrep.example', 'http://localhost:3000'])
    expect(refusalOf({ ...mail, ...keys, PUBLIC_URL })).toBe('')
})
