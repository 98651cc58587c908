import ipaddr from 'ipaddr.js'

/** Decides where the fetcher may go, so that a feed cannot make it request private services. Both checks throw RefusedError. */
export type SsrfGuard = {
  /** Allows http and https, without a user name and password. */
  checkUrl(url: URL): void
  /** Checks a host's port and every address that it resolved to, or the address of a connected socket. */
  checkAddresses(hostname: string, port: number, addresses: string[]): void
}

/** The fetcher must not go to this address; the message says which address and why. */
export class RefusedError extends Error {
  override name = 'RefusedError'
}

/**
 * `allow` names hosts that may be private: host, host:port, address, address:port or CIDR; without a port, every port is allowed
 * there. A CIDR holds for hosts that are written as addresses: the owner of a name could point it into the range. Hosts that
 * count as public are written in the same form; their ranges hold for names too. `adviceFor` gives what the message of a refusal
 * advises, for the text of `host` or `host:port`.
 */
export type GuardOptions = { allow?: string[]; countsAsPublic?: string[]; adviceFor?: Advice }

/** Allows public addresses on the usual web ports, and what the administrator allowed beside them. */
export function createSsrfGuard({
  allow = [],
  countsAsPublic = [],
  adviceFor = allowAdvice,
}: GuardOptions = {}): SsrfGuard {
  const [allowed, open] = [allow.map(parseException), countsAsPublic.map(parseException)]
  const isAllowedHost = (host: string, port: number) =>
    [...allowed, ...open].some(
      (one) => one.kind === 'host' && one.host === host && (one.port === undefined || one.port === port),
    )
  const rangesFor = (host: string) => (ipaddr.isValid(host) ? [...allowed, ...open] : open)
  return {
    checkUrl,
    checkAddresses(hostname, port, addressTexts) {
      const host = bareHost(hostname)
      if (isAllowedHost(host, port)) return
      const ranges = rangesFor(host)
      const isAllowedAddress = (address: Address) =>
        ranges.some((one) => one.kind === 'range' && contains(one.range, address))
      const addresses = addressTexts.map(parseAddress)
      const allAllowed = addresses.length > 0 && addresses.every(isAllowedAddress)
      if (!allAllowed && !webPorts.has(port)) throw new RefusedError(notWebPort(hostname, port, adviceFor))
      const denied = addresses.find((address) => !isPublic(address) && !isAllowedAddress(address))
      if (denied) throw new RefusedError(notPublic(host, denied.toString(), adviceFor))
    },
  }
}

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Exception = { kind: 'host'; host: string; port?: number | undefined } | { kind: 'range'; range: [Address, number] }

const webPorts = new Set([80, 443, 8080, 8443])

const allowAdvice = (host: string) => `to allow it, add ${host} to FETCH_ALLOW`

/** For an address that no admin entered: FETCH_ALLOW cannot allow it. */
export const enterAdvice = () => 'FETCH_ALLOW holds only for addresses that an admin entered'

function notWebPort(host: string, port: number, adviceFor: Advice): string {
  return `port ${port} of ${host} is not a web port; ${adviceFor(`${host}:${port}`)}`
}

type Advice = (host: string) => string

function notPublic(host: string, address: string, adviceFor: Advice): string {
  const what = host === address ? `${address} is not a public` : `${host} is at ${address}, which is not a public`
  return `${what} address; ${adviceFor(host)}`
}

function checkUrl(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RefusedError(`the URL begins with ${url.protocol}, not with http: or https:`)
  if (url.username || url.password) throw new RefusedError(`the URL of ${url.host} contains a user name or password`)
}

function parseException(text: string): Exception {
  if (text.includes('/')) return { kind: 'range', range: ipaddr.parseCIDR(text) }
  if (ipaddr.isValid(text))
    return { kind: 'host', host: bareHost(new URL(`http://${text.includes(':') ? `[${text}]` : text}`).hostname) }
  const url = new URL(`http://${text}`)
  return { kind: 'host', host: bareHost(url.hostname), port: portIn(text) }
}

/** Read from the text, since a URL drops port 80. */
function portIn(text: string): number | undefined {
  const digits = text.match(/:(\d{1,5})$/)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.toLowerCase()
}

/** An IPv4 address that is mapped into IPv6 counts as the IPv4 address. */
function parseAddress(text: string): Address {
  if (!ipaddr.isValid(text)) throw new RefusedError(`${text} is not an address`)
  return ipaddr.process(text)
}

const globalUnicast = ipaddr.parseCIDR('2000::/3')

/**
 * Addresses of a public range at which a cloud serves a machine what is for it alone: Azure's wire server. Those of other clouds
 * are link-local (169.254.0.0/16), shared (100.64.0.0/10) or unique local.
 */
const ofClouds = new Set(['168.63.129.16'])

/** IPv6 outside of 2000::/3 has only tunnels, mappings and private use (RFC 4291). All other special ranges are ipaddr.js's. */
function isPublic(address: Address): boolean {
  if (ofClouds.has(address.toString())) return false
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || contains(globalUnicast, address))
}

function contains(range: [Address, number], address: Address): boolean {
  return range[0].kind() === address.kind() && address.match(range)
}
