import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { RefusedError, type SsrfGuard } from './ssrf-guard.ts'

/** Looks up all addresses of a host name. */
export type Resolve = (hostname: string) => Promise<string[]>

/** Where a connection goes after the checks; `lookup` returns only the addresses that were checked. */
export type ResolvedHost = {
  hostname: string
  port: number
  lookup: LookupFunction
  /** @throws RefusedError when the socket is connected to an address that is not allowed */
  checkPeer(address: string | undefined): void
}

/** @throws RefusedError when the fetcher must not connect to this host */
export type HostResolver = (hostname: string, port: number) => Promise<ResolvedHost>

/** The one name that leads to this machine: the program's own sample feeds. */
export const samplesHost = 'samples.sitrep.invalid'

/** Resolves a host once and checks its addresses, so that a name cannot change between the check and its use. */
export function createHostResolver(options: {
  guard: SsrfGuard
  resolve?: Resolve | undefined
  samplesPort?: (() => number | undefined) | undefined
}): HostResolver {
  const resolve = options.resolve ?? resolveBySystem
  return async (hostname, port) => {
    const samplesPort = hostname === samplesHost && port === 80 ? options.samplesPort?.() : undefined
    if (samplesPort !== undefined)
      return { hostname: '127.0.0.1', port: samplesPort, lookup: lookupOf(['127.0.0.1']), checkPeer: () => {} }
    const addresses = isIP(hostname) ? [hostname] : await resolve(hostname)
    if (addresses.length === 0) throw new RefusedError(`${hostname} has no address`)
    options.guard.checkAddresses(hostname, port, addresses)
    const checkPeer = (peer: string | undefined) => options.guard.checkAddresses(hostname, port, [peer ?? ''])
    return { hostname, port, lookup: lookupOf(addresses), checkPeer }
  }
}

async function resolveBySystem(hostname: string): Promise<string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

/** A lookup function for a socket that always finds these addresses, of which there is at least one. */
function lookupOf(addresses: string[]): LookupFunction {
  const found: LookupAddress[] = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, options, callback) => {
    const [first] = found
    if (options.all || !first) callback(null, found)
    else callback(null, first.address, first.family)
  }
}
