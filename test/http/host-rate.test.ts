import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHostRateLimiter } from '../../src/http/host-rate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the pace of a host', () => {
  it('lets two requests run at once and the third when one has ended', async () => {
    const pace = createHostRateLimiter({ atOnce: 2, gapMs: 0, exempt: () => true })
    const open: (() => void)[] = []
    const all = [1, 2, 3].map(() => pace('a.example', () => new Promise<void>((resolve) => open.push(resolve))))
    await vi.advanceTimersByTimeAsync(0)
    expect(open).toHaveLength(2)
    open[0]!()
    await vi.advanceTimersByTimeAsync(0)
    expect(open).toHaveLength(3)
    open.forEach((end) => void end())
    await Promise.all(all)
  })

  it('starts one request a second on each host, and other hosts meanwhile', async () => {
    const pace = createHostRateLimiter({ atOnce: 2, gapMs: 1000, exempt: (host) => host === 'own.example' })
    const begun: string[] = []
    const ask = (host: string) => pace(host, async () => void begun.push(host))
    const all = ['a', 'a', 'a', 'b', 'own.example', 'own.example'].map(ask)
    await vi.advanceTimersByTimeAsync(10)
    expect(begun.toSorted()).toEqual(['a', 'b', 'own.example', 'own.example'])
    await vi.advanceTimersByTimeAsync(980)
    expect(begun.filter((host) => host === 'a')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1010)
    expect(begun.filter((host) => host === 'a')).toHaveLength(3)
    await Promise.all(all)
  })

  it('does not begin what was given up while it waited', async () => {
    const pace = createHostRateLimiter({ atOnce: 1, gapMs: 0, exempt: () => true })
    const abort = new AbortController()
    const { promise, resolve: end } = Promise.withResolvers<void>()
    const first = pace('a', () => promise)
    const second = pace('a', async () => 'begun', abort.signal)
    await vi.advanceTimersByTimeAsync(0)
    abort.abort(new Error('given up'))
    end()
    await first
    await expect(second).rejects.toThrow('given up')
  })
})
