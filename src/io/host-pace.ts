import { createTurns, type Turns } from './turns.ts'

/** Keeps the fetcher polite: how many requests one host sees at once, and how soon one follows another. */
export type HostPace = <T>(host: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/** `gapMs` lies between the starts of two requests to one host; hosts that are `exempt` have no gap. */
export function createHostPace(options: {
  atOnce: number
  gapMs: number
  exempt: (host: string) => boolean
}): HostPace {
  const hosts = new Map<string, HostState>()
  return async (name, work, signal) => {
    const host = hosts.get(name) ?? admit(hosts, name, options.atOnce)
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

type HostState = { turns: Turns; users: number; nextStart: number }

const sweepAbove = 500

function admit(hosts: Map<string, HostState>, name: string, atOnce: number): HostState {
  if (hosts.size > sweepAbove) forgetIdle(hosts)
  const host = { turns: createTurns(atOnce), users: 0, nextStart: 0 }
  hosts.set(name, host)
  return host
}

function forgetIdle(hosts: Map<string, HostState>): void {
  for (const [name, host] of hosts) if (host.users === 0 && host.nextStart <= performance.now()) hosts.delete(name)
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
