import ipaddr from 'ipaddr.js'

/** Decides where the fetcher may go; both checks throw RefusedError. */
export type SsrfGuard = {
  checkUrl(url: URL): void
  /** Checks a host's port and every address that it resolved to, or the one that a socket is connected to. */
  checkAddresses(hostname: string, port: number, addresses: string[]): void
}

/** A place where the fetcher must not go; the message says which and why. */
export class RefusedError extends Error {
  override name = 'RefusedError'
}

/**
 * Public addresses on the usual web ports, and what the administrator allowed beside them.
 * @param allow host, host:port, address, address:port or CIDR; an entry without a port allows every port there.
 */
export function createSsrfGuard(allow: string[]): SsrfGuard {
  const entries = allow.map(parseEntry)
  const named = (host: string, port: number) =>
    entries.some((e) => e.kind === 'host' && e.host === host && (e.port === undefined || e.port === port))
  const inRange = (address: Address) => entries.some((e) => e.kind === 'range' && contains(e.range, address))
  return {
    checkUrl,
    checkAddresses(hostname, port, texts) {
      if (named(bare(hostname), port)) return
      const addresses = texts.map(parseAddress)
      const trusted = addresses.length > 0 && addresses.every(inRange)
      if (!trusted && !webPorts.has(port)) throw new RefusedError(`port ${port} of ${hostname} is not a web port`)
      const denied = addresses.find((address) => !isPublic(address) && !inRange(address))
      if (denied) throw new RefusedError(refusal(bare(hostname), denied.toString()))
    },
  }
}

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Entry = { kind: 'host'; host: string; port?: number | undefined } | { kind: 'range'; range: [Address, number] }

const webPorts = new Set([80, 443, 8080, 8443])

function refusal(host: string, address: string): string {
  return host === address
    ? `${address} is not a public address`
    : `${host} is at ${address}, which is not a public address`
}

function checkUrl(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RefusedError(`${url.protocol} is not http or https`)
  if (url.username || url.password) throw new RefusedError(`${url.host} is asked for with a user name or password`)
}

function parseEntry(text: string): Entry {
  if (text.includes('/')) return { kind: 'range', range: ipaddr.parseCIDR(text) }
  if (ipaddr.isValid(text))
    return { kind: 'host', host: bare(new URL(`http://${text.includes(':') ? `[${text}]` : text}`).hostname) }
  const url = new URL(`http://${text}`)
  return { kind: 'host', host: bare(url.hostname), port: portIn(text) }
}

/** Not from the URL: it drops port 80, which is a choice here. */
function portIn(text: string): number | undefined {
  const digits = text.match(/:(\d{1,5})$/)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.toLowerCase()
}

/** An IPv4 address that is mapped into IPv6 is the IPv4 address. */
function parseAddress(text: string): Address {
  if (!ipaddr.isValid(text)) throw new RefusedError(`${text} is not an address`)
  return ipaddr.process(text)
}

const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** The special ranges are ipaddr.js's; IPv6 outside 2000::/3 holds only tunnels, mappings and private use (RFC 4291). */
function isPublic(address: Address): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || contains(globalUnicast, address))
}

function contains(range: [Address, number], address: Address): boolean {
  return range[0].kind() === address.kind() && address.match(range)
}
