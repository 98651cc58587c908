import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newNonce, newSecretKey, type Purpose, signToken, verifyToken } from '../../src/readers/rules/token.ts'

const noon = Temporal.Instant.from('2026-11-23T12:00:00Z')
const keys = [newSecretKey()]
const purposes: Purpose[] = ['confirm', 'unsubscribe', 'preferences', 'sign-in']

const payloads = fc.record(
  {
    purpose: fc.constantFrom(...purposes),
    subject: fc.stringMatching(/^[rs]?[0-9]{1,12}$/),
    nonce: fc.constantFrom(newNonce(), newNonce()),
    expiresAt: fc.integer({ min: 1, max: 90 * 24 * 3600 }).map((seconds) => noon.add({ seconds })),
  },
  { requiredKeys: ['purpose', 'subject'] },
)

describe('a token', () => {
  test('is verified with what was signed, and contains nothing but ids', () => {
    fc.assert(
      fc.property(payloads, (payload) => {
        const token = signToken(keys, payload)
        expect(token).toMatch(/^[\w.-]{27,90}$/)
        const { subject, nonce } = payload
        expect(verifyToken(keys, payload.purpose, token, noon)).toEqual({ kind: 'valid', subject, nonce })
      }),
    )
  })

  test('with one bit changed anywhere is invalid', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.integer({ min: 0, max: 7 }), (payload, at, bit) => {
        const bytes = Buffer.from(signToken(keys, payload), 'latin1')
        bytes[at % bytes.length]! ^= 1 << bit
        expect(verifyToken(keys, payload.purpose, bytes.toString('latin1'), noon)).toEqual({ kind: 'invalid' })
      }),
      { numRuns: 1000 },
    )
  })

  test('cut short, or with text added, is invalid', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.string({ minLength: 1, maxLength: 5 }), (payload, cut, more) => {
        const token = signToken(keys, payload)
        expect(verifyToken(keys, payload.purpose, token.slice(0, cut % token.length), noon).kind).toBe('invalid')
        expect(verifyToken(keys, payload.purpose, token + more, noon).kind).toBe('invalid')
      }),
    )
  })

  test('made for one purpose is invalid for any other', () => {
    fc.assert(
      fc.property(payloads, fc.constantFrom(...purposes), (payload, other) => {
        fc.pre(other !== payload.purpose)
        expect(verifyToken(keys, other, signToken(keys, payload), noon)).toEqual({ kind: 'invalid' })
      }),
    )
  })

  test('of an older key is valid as long as that key is kept, and the newest key signs', () => {
    fc.assert(
      fc.property(payloads, (payload) => {
        const [older, newer, foreign] = [newSecretKey(), newSecretKey(), newSecretKey()]
        expect(verifyToken([newer, older], payload.purpose, signToken([older], payload), noon).kind).toBe('valid')
        expect(verifyToken([newer], payload.purpose, signToken([newer, older], payload), noon).kind).toBe('valid')
        expect(verifyToken([foreign], payload.purpose, signToken([newer, older], payload), noon).kind).toBe('invalid')
      }),
    )
  })

  test('is expired from the second of its expiry on, and still gives its subject', () => {
    const token = signToken(keys, { purpose: 'confirm', subject: '7', expiresAt: noon })
    expect(verifyToken(keys, 'confirm', token, noon.subtract({ seconds: 1 })).kind).toBe('valid')
    expect(verifyToken(keys, 'confirm', token, noon)).toMatchObject({ kind: 'expired', subject: '7' })
  })

  test('without an expiry never expires', () => {
    const token = signToken(keys, { purpose: 'unsubscribe', subject: 's7' })
    expect(verifyToken(keys, 'unsubscribe', token, noon.add({ hours: 24 * 365 * 40 })).kind).toBe('valid')
  })

  test('refuses to carry an address', () => {
    expect(() => signToken(keys, { purpose: 'confirm', subject: 'olena@example.org' })).toThrow('olena@example.org')
  })
})

test('a secret key has at least 43 characters that fit in a URL, and no two are the same', () => {
  const made = Array.from({ length: 200 }, newSecretKey)
  expect(new Set(made).size).toBe(made.length)
  for (const key of made) expect(key).toMatch(/^[\w-]{43,}$/)
})
