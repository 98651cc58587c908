import ipaddr from 'ipaddr.js'
import { lifetimes } from './lifetimes.ts'

/** Limits on sign-ups and on the mails that they cause: anybody can enter the address of somebody else in a form. */

/** At most `most` within `hours`. */
type Limit = { most: number; hours: number }

/** What one address and one network may ask for in an hour: a network has many people, an address one or a few. */
const ofSource: Limit[] = [{ most: 10, hours: lifetimes.networkCount.total('hours') }]
const ofNetwork: Limit[] = [{ most: 30, hours: lifetimes.networkCount.total('hours') }]
/** At most one confirmation mail a day and three in 30 days to one address, whoever requests it. */
const ofAddress: Limit[] = [
  { most: 1, hours: 24 },
  { most: 3, hours: lifetimes.addressCount.total('hours') },
]

/** A source with its limits; the one of an `address` only tells a reader when to ask again. */
export type CountedSource = { source: string; kind: 'source' | 'network' | 'address' }
const limitsOf = { source: ofSource, network: ofNetwork, address: ofAddress }

/** From when on a source may ask again after it asked at these times; null when it may ask now. */
export function mayAskFrom(
  kind: CountedSource['kind'],
  times: Temporal.Instant[],
  now: Temporal.Instant,
): Temporal.Instant | null {
  const waits = limitsOf[kind].flatMap(({ most, hours }) => {
    const oldest = countedAmong(times, hours, now).at(-most)
    return oldest ? [oldest.add({ hours })] : []
  })
  return waits.sort(Temporal.Instant.compare).at(-1) ?? null
}

/** The times that some limit of a source still counts, with one of now, and when the last of them no longer counts. */
export function withNow(
  kind: CountedSource['kind'],
  times: Temporal.Instant[],
  now: Temporal.Instant,
): { times: Temporal.Instant[]; endsAt: Temporal.Instant } {
  const hours = Math.max(...limitsOf[kind].map((limit) => limit.hours))
  return { times: [...countedAmong(times, hours, now), now], endsAt: now.add({ hours }) }
}

const countedAmong = (times: Temporal.Instant[], hours: number, now: Temporal.Instant) =>
  times.filter((time) => Temporal.Instant.compare(time.add({ hours }), now) > 0).sort(Temporal.Instant.compare)

/** How many sign-ups came in the last minute, for all addresses and for those of one mail domain. */
export type SignUpsOfMinute = { ofAll: number; ofDomain: number }
/** The largest numbers of sign-ups in a minute whose mails go out at once. */
export const atOnce: SignUpsOfMinute = { ofAll: 60, ofDomain: 30 }

/** When many sign up, their mails wait in a queue: the program sends so many a minute, to all and to one domain. */
export const paceOfQueue: SignUpsOfMinute = { ofAll: 300, ofDomain: 60 }

export const isRush = ({ ofAll, ofDomain }: SignUpsOfMinute): boolean =>
  ofAll >= atOnce.ofAll || ofDomain >= atOnce.ofDomain

/** So many minutes a mail waits behind so many others, at least one. */
export const minutesBehind = ({ ofAll, ofDomain }: SignUpsOfMinute): number =>
  1 + Math.ceil(Math.max(ofAll / paceOfQueue.ofAll, ofDomain / paceOfQueue.ofDomain))

/** A mail that a reader asked for lately. One that failed reached nobody. */
export type RequestedMail = { at: Temporal.Instant; failed: boolean }
/** So many attempts a day are made for one address when they fail. */
const maxAttempts = 3

/** From when on a reader may get one more mail of a kind that somebody asked for; null when now. */
export function mayMailFrom(mails: RequestedMail[], now: Temporal.Instant): Temporal.Instant | null {
  const sent = mails.filter(({ failed }) => !failed).map(({ at }) => at)
  const wait = mayAskFrom('address', sent, now)
  const attempts = countedAmong(
    mails.map(({ at }) => at),
    24,
    now,
  )
  return wait ?? attempts.at(-maxAttempts)?.add({ hours: 24 }) ?? null
}

/** At most 20 notices a day tell a reader what was changed on the preferences page. */
export const mayMailNotice = (mails: RequestedMail[]): boolean => mails.length < 20

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
