import ipaddr from 'ipaddr.js'

/** The source that sign-up limits count: an IPv4 address, or the IPv6 network (/64) that one household or host gets. */
export function limitedSource(source: string): string {
  return truncated(source, 32, 64)
}

/** The source that is stored as proof of consent: the network (/24 or /48), not the client's own address. */
export function recordedSource(source: string): string {
  return truncated(source, 24, 48)
}

/** The network of an address. A source that is no address, such as `cli`, stays as it is, cut at 100 characters. */
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
