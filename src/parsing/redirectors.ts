/**
 * The address to which a redirector leads, where it carries that address in a parameter; null for any other address.
 * Such are the links of search alerts, of social networks and of mail filters.
 */
export function targetOfRedirector(url: URL): URL | null {
  const parameters = isRedirector(url) ? targetParameters : knownParameters(url)
  for (const name of parameters) {
    const target = webAddress(url.searchParams.get(name))
    if (target) return target
  }
  return targetInPath(url)
}

/** `www.google.com/url?url=`, `l.facebook.com/l.php?u=`, `out.reddit.com/?url=`: the path or the host says what it is. */
function isRedirector({ hostname, pathname }: URL): boolean {
  const last = pathname.toLowerCase().split('/').filter(Boolean).at(-1)
  return last === undefined ? redirectorHost.test(hostname) : redirectorPath.test(last)
}

const redirectorPath =
  /^(?:url|redir(?:ect(?:or|ion)?)?|jsredir|away|out(?:bound|going|link)?|exit|leave|goto|jump|l|link(?:filter|click|out)?|extlink|external|click(?:thr(?:u|ough))?|track(?:click)?|safe-?link)(?:\.(?:php|aspx?|cgi|html?|do))?$/
const redirectorHost = /^(?:out|l|lm|away|exit|click|redirect|redir|go|leave)\./

/** The most specific names come first: some redirectors also tell where the click came from. */
const targetParameters = [
  'url',
  'uddg',
  'target',
  'dest',
  'destination',
  'redirect_url',
  'redirect',
  'to',
  'u',
  'q',
  'z',
]

/** Redirectors that neither their path nor their first label tells. */
function knownParameters({ hostname, pathname }: URL): string[] {
  const address = `${hostname.replace(/^www\./, '')}${pathname}`
  return knownRedirectors.find(([pattern]) => pattern.test(address))?.[1] ?? []
}

const knownRedirectors: [pattern: RegExp, parameters: string[]][] = [
  [/^(?:[a-z0-9-]+\.)?safelinks\.protection\.outlook\.com\//, ['url']],
  [/^(?:slack-redir\.net|exit\.sc|disq\.us|go\.skimresources\.com|go\.redirectingat\.com|out\.reddit\.com)\//, ['url']],
  [/^duckduckgo\.com\/l\/$/, ['uddg']],
  [/^t\.me\/iv$/, ['url']],
  [/^linkedin\.com\/safety\/go$/, ['url']],
]

/** `r.search.yahoo.com/.../RU=https%3a%2f%2f.../RK=2/...`. */
function targetInPath({ hostname, pathname }: URL): URL | null {
  if (hostname !== 'r.search.yahoo.com') return null
  return webAddress(decoded(/\/RU=([^/]+)\//.exec(pathname)?.[1] ?? ''))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function webAddress(text: string | null): URL | null {
  const url = text && /^https?:\/\/[^/]/i.test(text) ? URL.parse(text) : null
  return url?.hostname.includes('.') && !url.username && !url.password ? url : null
}
