import { expect, test } from 'vitest'
import { shutdownLimits } from '../../src/platform/shutdown-limits.ts'

test('a shutdown of 30 s has 24 s for running jobs, and exits before 30 s', () => {
  expect(shutdownLimits(30)).toEqual({ requestsMs: 5_000, jobsMs: 24_000, leaveMs: 2_000, exitMs: 28_500 })
})

test.each([2, 10, 3600])('of %d s, the worker ends before the process exits, and the process in time', (seconds) => {
  const { requestsMs, jobsMs, leaveMs, exitMs } = shutdownLimits(seconds)
  expect(jobsMs + 2 * leaveMs).toBeLessThan(exitMs)
  expect(requestsMs).toBeLessThan(exitMs)
  expect(exitMs).toBeLessThan(seconds * 1000)
})
