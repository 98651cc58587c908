import { BlockList, isIP } from 'node:net'
import { type CheckResult, ok, warning } from './check.ts'
import type { Dns } from './dns.ts'

/**
 * Whether the address of a relay leads to a name and back, which many receivers ask of the server that hands them mail. A
 * relay may send from another address than the one that it listens at, which only a mail that arrived can show.
 */
export async function checkRelayNames(smtpUrl: string, dns: Dns): Promise<CheckResult> {
  const host = new URL(smtpUrl).hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await dns.addresses(host)
  const open = addresses.filter((address) => !isPrivate(address))
  if (!open.length) return warning(`The relay ${host} has no public address here. ${lookAtMail}`)
  for (const address of open) {
    const names = await dns.names(address)
    if (!names.length) {
      return warning(`${address} of the relay ${host} has no PTR record. Ask the owner of its network for one.`)
    }
    const back = await Promise.all(names.map((name) => dns.addresses(name)))
    if (!back.flat().includes(address)) {
      return warning(
        `The PTR record of ${address} names ${names[0]}, which does not lead back. Publish its address there.`,
      )
    }
  }
  return ok(`The address of the relay ${host} has a PTR record.`)
}

const lookAtMail =
  'Send yourself a mail: the address in its topmost Received header must have a PTR record whose name leads back to it.'

const privateNetworks = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, bits)
privateNetworks.addAddress('::1', 'ipv6')
privateNetworks.addSubnet('fc00::', 7, 'ipv6')
privateNetworks.addSubnet('fe80::', 10, 'ipv6')

const isPrivate = (address: string): boolean => privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
