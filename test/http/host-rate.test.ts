import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHostRateLimiter } from '../../src/http/host-rate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the rate limit of a host', () => {
  it('runs two requests at a time, and the third when one has ended', async () => {
    const limitRate = createHostRateLimiter({ maxConcurrent: 2, gapMs: 0, exempt: () => true })
    const finish: (() => void)[] = []
    const all = [1, 2, 3].map(() => limitRate('a.example', () => new Promise<void>((resolve) => finish.push(resolve))))
    await vi.advanceTimersByTimeAsync(0)
    expect(finish).toHaveLength(2)
    finish[0]!()
    await vi.advanceTimersByTimeAsync(0)
    expect(finish).toHaveLength(3)
    finish.forEach((end) => void end())
    await Promise.all(all)
  })

  it('starts one request a second on each host, and does not delay other hosts', async () => {
    const limitRate = createHostRateLimiter({ maxConcurrent: 2, gapMs: 1000, exempt: (host) => host === 'own.example' })
    const begun: string[] = []
    const ask = (host: string) => limitRate(host, async () => void begun.push(host))
    const all = ['a', 'a', 'a', 'b', 'own.example', 'own.example'].map(ask)
    await vi.advanceTimersByTimeAsync(10)
    expect(begun.toSorted()).toEqual(['a', 'b', 'own.example', 'own.example'])
    await vi.advanceTimersByTimeAsync(980)
    expect(begun.filter((host) => host === 'a')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1010)
    expect(begun.filter((host) => host === 'a')).toHaveLength(3)
    await Promise.all(all)
  })

  it('does not begin a request that was aborted while it waited', async () => {
    const limitRate = createHostRateLimiter({ maxConcurrent: 1, gapMs: 0, exempt: () => true })
    const abort = new AbortController()
    const { promise, resolve: end } = Promise.withResolvers<void>()
    const first = limitRate('a', () => promise)
    const second = limitRate('a', async () => 'begun', abort.signal)
    await vi.advanceTimersByTimeAsync(0)
    abort.abort(new Error('aborted'))
    end()
    await first
    await expect(second).rejects.toThrow('aborted')
  })
})
