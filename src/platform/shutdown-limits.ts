/** How a process shares out its time between SIGTERM and its end, in milliseconds. */
export type ShutdownLimits = {
  /** Maximum time for open requests of the web server. */
  requestsMs: number
  /** Maximum time for running jobs of the worker. */
  jobsMs: number
  /** Maximum time for the worker to leave the queue, and the same again to release its claims. */
  leaveMs: number
  /** The process exits now, even when something does not answer. */
  exitMs: number
}

/** The limits for a process that must have ended after so many seconds: of 30 s, 24 s are for running jobs. */
export function shutdownLimits(seconds: number): ShutdownLimits {
  const share = (part: number): number => Math.round(seconds * 1000 * part)
  return { requestsMs: share(1 / 6), jobsMs: share(0.8), leaveMs: share(1 / 15), exitMs: share(0.95) }
}
