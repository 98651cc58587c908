/**
 * The URLs of a database setting, one for each host: `postgres://user@a:5432,b:5433/name` names two. A text without a host list
 * is returned as it is, also when it is no URL.
 */
export function splitHosts(text: string): string[] {
  const [, before = '', hosts = '', after = ''] = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(text) ?? []
  return hosts.includes(',') ? hosts.split(',').map((host) => before + host + after) : [text]
}

/** TLS modes that the driver would understand otherwise than PostgreSQL's own programs do, unless it is told to follow those. */
const modesOfLibpq = new Set(['prefer', 'require', 'verify-ca', 'verify-full'])

/**
 * A checked URL of one host as the driver wants it: `sslmode` means what it means to PostgreSQL's own programs, so `require`
 * encrypts, and `verify-full` also verifies the server. Which host is used is not the driver's to decide.
 */
export function forDriver(text: string): string {
  const url = new URL(text)
  const { searchParams } = url
  const isLibpqMode = modesOfLibpq.has(searchParams.get('sslmode') ?? '') && !searchParams.has('uselibpqcompat')
  if (!isLibpqMode && !searchParams.has('target_session_attrs')) return text
  if (isLibpqMode) searchParams.set('uselibpqcompat', 'true')
  searchParams.delete('target_session_attrs')
  return url.href
}

/** The URL of a database for people: passwords are masked. */
export function withoutPasswords(text: string): string {
  const [first = text, ...others] = splitHosts(text)
  const url = new URL(first)
  if (url.password) url.password = '***'
  const hosts = [url, ...others.map((other) => new URL(other))].map(({ host }) => host)
  return url.href.replace(`${url.host}/`, `${hosts.join(',')}/`)
}
