import ipaddr from 'ipaddr.js'

/** The sender that a rate limit counts: an IPv4 address, or the /64 that one IPv6 household or host gets. */
export function limitedSource(source: string): string {
  return truncated(source, 32, 64)
}

/** What is kept as proof of consent: the network (/24 or /48), not the person's own address. */
export function recordedSource(source: string): string {
  return truncated(source, 24, 48)
}

/** A source that is no address, such as `cli`, stays as it is. */
function truncated(source: string, bits4: number, bits6: number): string {
  if (!ipaddr.isValid(source)) return source.slice(0, 100)
  const address = ipaddr.process(source)
  const bits = address.kind() === 'ipv4' ? bits4 : bits6
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${withoutScope(address.toString())}/${bits}`)
  return `${network}/${bits}`
}

const withoutScope = (address: string) => address.replace(/%.*$/, '')
