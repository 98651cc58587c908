import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { RefusedError, type SsrfGuard } from './ssrf-guard.ts'

/** The addresses of a host name, all of them. */
export type Resolve = (hostname: string) => Promise<string[]>

/** Where a connection really goes, vetted; `lookup` answers with exactly the addresses that were checked. */
export type ResolvedHost = {
  hostname: string
  port: number
  lookup: LookupFunction
  /** Throws RefusedError when the socket ended up at an address that was not agreed to. */
  checkPeer(address: string | undefined): void
}

export type HostResolver = (hostname: string, port: number) => Promise<ResolvedHost>

/** The one name that leads to this machine: the program's own sample feeds. */
export const samplesHost = 'samples.sitrep.invalid'

/** Resolves a host once and checks what came back, so that a name cannot change its mind between check and use. */
export function createHostResolver(options: {
  guard: SsrfGuard
  resolve?: Resolve | undefined
  samplesPort?: (() => number | undefined) | undefined
}): HostResolver {
  const resolve = options.resolve ?? resolveBySystem
  return async (hostname, port) => {
    const own = hostname === samplesHost && port === 80 ? options.samplesPort?.() : undefined
    if (own !== undefined) return routeTo('127.0.0.1', own, ['127.0.0.1'], () => {})
    const addresses = isIP(hostname) ? [hostname] : await resolve(hostname)
    if (addresses.length === 0) throw new RefusedError(`${hostname} has no address`)
    options.guard.checkAddresses(hostname, port, addresses)
    return routeTo(hostname, port, addresses, (peer) => options.guard.checkAddresses(hostname, port, [peer ?? '']))
  }
}

async function resolveBySystem(hostname: string): Promise<string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

function routeTo(
  hostname: string,
  port: number,
  addresses: string[],
  checkPeer: ResolvedHost['checkPeer'],
): ResolvedHost {
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  const first = found[0]!
  const answer: LookupFunction = (_name, options, callback) =>
    options.all ? callback(null, found) : callback(null, first.address, first.family)
  return { hostname, port, lookup: answer, checkPeer }
}
