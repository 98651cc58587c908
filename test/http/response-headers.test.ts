import { describe, expect, it } from 'vitest'
import { freshForSeconds, retryAfterSeconds } from '../../src/http/response-headers.ts'

describe('the times in the headers of a response', () => {
  it('say how long it is fresh: max-age, else Expires less Date', () => {
    const [date, expires] = ['Wed, 02 Jan 2019 15:00:00 GMT', 'Wed, 02 Jan 2019 16:00:00 GMT']
    expect(freshForSeconds({ cacheControl: 'public, max-age=900', expires, date })).toBe(900)
    expect(freshForSeconds({ cacheControl: 's-max-age=900', expires, date })).toBe(3600)
    expect(freshForSeconds({ expires: '0', date })).toBeNull()
    expect(freshForSeconds({})).toBeNull()
  })

  it('say when to try again: Retry-After in seconds or as a date', () => {
    expect(retryAfterSeconds(' 120 ', undefined)).toBe(120)
    expect(retryAfterSeconds('Wed, 02 Jan 2019 16:00:00 GMT', 'Wed, 02 Jan 2019 15:59:00 GMT')).toBe(60)
    expect(retryAfterSeconds('soon', 'Wed, 02 Jan 2019 15:59:00 GMT')).toBeNull()
    expect(retryAfterSeconds(undefined, undefined)).toBeNull()
  })
})
