import { createLimiter, type Limiter } from './limiter.ts'

/** Keeps the fetcher polite: how many requests one host sees at once, and how soon one follows another. */
export type HostRateLimiter = <T>(host: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/** `gapMs` lies between the starts of two requests to one host; hosts that are `exempt` have no gap. */
export function createHostRateLimiter(options: {
  atOnce: number
  gapMs: number
  exempt: (host: string) => boolean
}): HostRateLimiter {
  const hosts: Hosts = { byName: new Map(), sweepAt: smallestSweep }
  return async (name, work, signal) => {
    const host = hosts.byName.get(name) ?? admit(hosts, name, options.atOnce)
    host.users++
    try {
      return await host.turns(async () => {
        if (!options.exempt(name)) await pause(host, options.gapMs, signal)
        return work()
      }, signal)
    } finally {
      host.users--
    }
  }
}

type HostState = { turns: Limiter; users: number; nextStart: number }

/** Looked through for idle ones whenever it has doubled, so that a host costs the same however many there are. */
type Hosts = { byName: Map<string, HostState>; sweepAt: number }

const smallestSweep = 500

function admit(hosts: Hosts, name: string, atOnce: number): HostState {
  if (hosts.byName.size > hosts.sweepAt) forgetIdle(hosts)
  const host = { turns: createLimiter(atOnce), users: 0, nextStart: 0 }
  hosts.byName.set(name, host)
  return host
}

function forgetIdle(hosts: Hosts): void {
  const now = performance.now()
  for (const [name, host] of hosts.byName) if (host.users === 0 && host.nextStart <= now) hosts.byName.delete(name)
  hosts.sweepAt = Math.max(smallestSweep, hosts.byName.size * 2)
}

async function pause(host: HostState, gapMs: number, signal?: AbortSignal): Promise<void> {
  const start = Math.max(performance.now(), host.nextStart)
  host.nextStart = start + gapMs
  const wait = start - performance.now()
  if (wait > 0) await sleep(wait, signal)
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
