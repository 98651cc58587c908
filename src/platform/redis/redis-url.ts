import { z } from 'zod'
import { aFile, among, fragmentProblem, type Parameter, problemOfUrl, someText } from '../url-parameters.ts'

/** A host name or an address, without brackets, and its port. */
export type RedisHost = { host: string; port: number }
type Login = { username?: string; password?: string }

/** What REDIS_URL says. */
export type RedisAddress = {
  /** `servers`: one Redis, or several of which one is the master. `sentinel`: the hosts are sentinels, which name the master. */
  kind: 'servers' | 'sentinel' | 'cluster'
  hosts: RedisHost[]
  /** The name by which the sentinels know the master; empty without sentinels. */
  masterName: string
  /** The number of the database; always 0 in a cluster. */
  db: number
  login: Login
  sentinelLogin: Login
  /** The paths of PEM files: the certificates to trust, and our own certificate with its key. Undefined without TLS. */
  tls?: { ca?: string; cert?: string; key?: string }
  /** The version of IP; 0 for both. */
  family: number
}

/**
 * The text of REDIS_URL, as in `redis://user:password@host1,host2:6380/0?family=6`. It stays a text in the settings;
 * `redisAddressOf` reads its parts.
 */
export const redisUrl = z.string().superRefine((text, context) => {
  const message = problemOfRedisUrl(text)
  if (message) context.addIssue({ code: 'custom', message })
})

/**
 * The parts of a REDIS_URL.
 * @throws ZodError for a text that is none
 */
export function redisAddressOf(text: string): RedisAddress {
  const { tls, kind, hosts, urlOf } = splitUrl(redisUrl.parse(text))!
  const url = urlOf(hosts[0]!)
  const parameter = (name: string) => url.searchParams.get(name) ?? undefined
  const path = url.pathname.split('/').slice(1)
  return {
    kind,
    hosts: hosts.map((host) => ({
      host: urlOf(host).hostname.replace(/^\[|\]$/g, ''),
      port: Number(urlOf(host).port || defaultPort[kind]),
    })),
    masterName: kind === 'sentinel' ? path.shift()! : '',
    db: Number(path[0] ?? 0),
    login: loginOf(decodeURIComponent(url.username), decodeURIComponent(url.password)),
    sentinelLogin: loginOf(parameter('sentinel_user'), parameter('sentinel_password')),
    ...(tls && { tls: present({ ca: parameter('cacert'), cert: parameter('cert'), key: parameter('key') }) }),
    family: Number(parameter('family') ?? 0),
  }
}

/** The URL with `***` for its passwords. */
export const maskedRedisUrl = (text: string): string =>
  text.replace(/^([^/]*:\/\/[^:/?#]*:)[^/?#]*@/, '$1***@').replace(/([?&]sentinel_password=)[^&#]*/g, '$1***')

type Kind = RedisAddress['kind']

const kinds: Record<string, Kind> = { '': 'servers', '+sentinel': 'sentinel', '+cluster': 'cluster' }
const defaultPort: Record<Kind, number> = { servers: 6379, sentinel: 26379, cluster: 6379 }
const schemes = 'redis://, redis+sentinel:// or redis+cluster://, or with TLS rediss:// in place of redis://'

const always: Record<string, Parameter> = { family: among('family', '0', '4', '6') }
const withTls: Record<string, Parameter> = { cacert: aFile('cacert'), cert: aFile('cert'), key: aFile('key') }
const withSentinels: Record<string, Parameter> = {
  sentinel_user: someText('sentinel_user'),
  sentinel_password: someText('sentinel_password'),
}

const pathOf: Record<Kind, { is: RegExp; must: string }> = {
  servers: {
    is: /^\/?\d{0,5}$/,
    must: 'must end in the host or in the number of a database, such as redis://host:6379/0',
  },
  sentinel: {
    is: /^\/[\w.-]+(?:\/\d{1,5})?$/,
    must: 'must end in the name of the master, such as redis+sentinel://host1,host2,host3/mymaster',
  },
  cluster: { is: /^\/?$/, must: 'must have nothing after the hosts of a cluster, which has no numbered databases' },
}

type Split = { tls: boolean; kind: Kind; hosts: string[]; urlOf(host: string): URL; textOf(host: string): string }

/** The hosts apart from the rest, because a URL has one host only; null for another scheme. */
function splitUrl(text: string): Split | null {
  const [, s, kind, login = '', hosts, path, query = ''] =
    /^redis(s?)(|\+sentinel|\+cluster):\/\/([^/?#]*@)?([^/?#@]*)([^?]*)(.*)$/is.exec(text) ?? []
  if (kind === undefined) return null
  // In a query, a plus sign would stand for a space.
  const textOf = (host: string) => `redis${s}://${login}${host}${path}${query.replaceAll('+', '%2B')}`
  const names = hosts!.split(',').map((host) => host.trim())
  return {
    tls: s !== '',
    kind: kinds[kind.toLowerCase()]!,
    hosts: names,
    textOf,
    urlOf: (host) => new URL(textOf(host)),
  }
}

function problemOfRedisUrl(text: string): string | null {
  const split = splitUrl(text)
  if (!split) return `must be a URL that starts with ${schemes}`
  if (text.includes('#')) return fragmentProblem
  const { tls, kind, hosts, textOf, urlOf } = split
  if (!hosts.every((host) => URL.parse(textOf(host))?.hostname))
    return 'must have hosts, each with at most a port, separated by commas, such as redis://host1:6379,host2:6379'
  const known = { ...always, ...withTls, ...(kind === 'sentinel' && withSentinels) }
  const [problem] = hosts.map((host) => problemOfUrl(urlOf(host), known)).filter((found) => found !== null)
  if (problem !== undefined) return problem
  const { pathname, username, password, searchParams } = urlOf(hosts[0]!)
  const has = (name: string) => searchParams.has(name)
  if (!pathOf[kind].is.test(pathname)) return pathOf[kind].must
  if (username && !password) return 'must have a password after the user; a password alone is written as :password@host'
  if (has('sentinel_user') && !has('sentinel_password')) return 'must have ?sentinel_password with ?sentinel_user'
  if (!tls && Object.keys(withTls).some(has))
    return 'must start with rediss for ?cacert, ?cert or ?key, which are for TLS'
  return has('cert') === has('key') ? null : 'must have both ?cert and ?key, or neither'
}

const loginOf = (username: string | undefined, password: string | undefined): Login =>
  present({ username: username || undefined, password: password || undefined })

/** Without what is undefined. */
function present<T extends Record<string, string | undefined>>(values: T) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [key in keyof T]?: string
  }
}
