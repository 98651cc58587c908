import ipaddr from 'ipaddr.js'

/** Limits on sign-ups and on the mails that they cause: anybody can enter the address of somebody else in a form. */

/** Sign-ups of the last hour from one source, and of the last minute from all sources. */
export type RecentSignUps = { ofSource: number; ofAll: number }

/** At most 10 sign-ups an hour from one source, and 60 a minute from all. */
export function maySignUp({ ofSource, ofAll }: RecentSignUps): boolean {
  return ofSource < 10 && ofAll < 60
}

/** Confirmation mails of one kind to one address, in the last 24 hours and in the last 30 days. */
export type ConfirmationsSent = { lastDay: number; lastMonth: number }

/** At most one confirmation mail a day and three a month to one address, whoever requests it. */
export function mayMailConfirmation({ lastDay, lastMonth }: ConfirmationsSent): boolean {
  return lastDay < 1 && lastMonth < 3
}

/** At most 20 notices a day tell a reader what was changed on the preferences page. */
export const mayMailNotice = ({ lastDay }: ConfirmationsSent): boolean => lastDay < 20

/**
 * The source that sign-up limits count: an IPv4 address, or an IPv6 network (/48). One site may have all of a /48, which is
 * 65,536 networks of 64 bits.
 */
export function limitedSource(source: string): string {
  return truncated(source, 32, 48)
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
