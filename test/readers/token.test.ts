import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newNonce, newSecretKey, type Purpose, signToken, verifyToken } from '../../src/readers/rules/token.ts'

const noon = Temporal.Instant.from('2026-11-23T12:00:00Z')
const keys = [newSecretKey()]
const purposes: Purpose[] = ['confirm', 'unsubscribe', 'preferences', 'sign-in']

const claims = fc.record(
  {
    purpose: fc.constantFrom(...purposes),
    subject: fc.stringMatching(/^[rs]?[0-9]{1,12}$/),
    nonce: fc.constantFrom(newNonce(), newNonce()),
    expiresAt: fc.integer({ min: 1, max: 90 * 24 * 3600 }).map((seconds) => noon.add({ seconds })),
  },
  { requiredKeys: ['purpose', 'subject'] },
)

describe('a token', () => {
  test('comes back as it was signed, and names nothing but ids', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const token = signToken(keys, claim)
        expect(token).toMatch(/^[\w.-]{27,90}$/)
        const { subject, nonce } = claim
        expect(verifyToken(keys, claim.purpose, token, noon)).toEqual({ kind: 'valid', subject, nonce })
      }),
    )
  })

  test('with one bit changed anywhere never verifies', () => {
    fc.assert(
      fc.property(claims, fc.nat(), fc.integer({ min: 0, max: 7 }), (claim, at, bit) => {
        const bytes = Buffer.from(signToken(keys, claim), 'latin1')
        bytes[at % bytes.length]! ^= 1 << bit
        expect(verifyToken(keys, claim.purpose, bytes.toString('latin1'), noon)).toEqual({ kind: 'invalid' })
      }),
      { numRuns: 1000 },
    )
  })

  test('cut short or with more behind it never verifies', () => {
    fc.assert(
      fc.property(claims, fc.nat(), fc.string({ minLength: 1, maxLength: 5 }), (claim, cut, more) => {
        const token = signToken(keys, claim)
        expect(verifyToken(keys, claim.purpose, token.slice(0, cut % token.length), noon).kind).toBe('invalid')
        expect(verifyToken(keys, claim.purpose, token + more, noon).kind).toBe('invalid')
      }),
    )
  })

  test('made for one purpose serves no other', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(...purposes), (claim, other) => {
        fc.pre(other !== claim.purpose)
        expect(verifyToken(keys, other, signToken(keys, claim), noon)).toEqual({ kind: 'invalid' })
      }),
    )
  })

  test('of an older key verifies as long as that key is kept, and the newest key signs', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const [older, newer, foreign] = [newSecretKey(), newSecretKey(), newSecretKey()]
        expect(verifyToken([newer, older], claim.purpose, signToken([older], claim), noon).kind).toBe('valid')
        expect(verifyToken([newer], claim.purpose, signToken([newer, older], claim), noon).kind).toBe('valid')
        expect(verifyToken([foreign], claim.purpose, signToken([newer, older], claim), noon).kind).toBe('invalid')
      }),
    )
  })

  test('is expired from its last second on, and still says whose it was', () => {
    const token = signToken(keys, { purpose: 'confirm', subject: '7', expiresAt: noon })
    expect(verifyToken(keys, 'confirm', token, noon.subtract({ seconds: 1 })).kind).toBe('valid')
    expect(verifyToken(keys, 'confirm', token, noon)).toMatchObject({ kind: 'expired', subject: '7' })
  })

  test('without an end is good for ever', () => {
    const token = signToken(keys, { purpose: 'unsubscribe', subject: 's7' })
    expect(verifyToken(keys, 'unsubscribe', token, noon.add({ hours: 24 * 365 * 40 })).kind).toBe('valid')
  })

  test('refuses to carry an address', () => {
    expect(() => signToken(keys, { purpose: 'confirm', subject: 'olena@example.org' })).toThrow('olena@example.org')
  })
})

test('a secret key has at least 43 characters that fit in a URL, and no two are alike', () => {
  const made = Array.from({ length: 200 }, newSecretKey)
  expect(new Set(made).size).toBe(made.length)
  for (const key of made) expect(key).toMatch(/^[\w-]{43,}$/)
})
