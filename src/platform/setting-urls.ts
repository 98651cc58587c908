import { statSync } from 'node:fs'
import { z } from 'zod'

/** What a URL must have, in words that follow "must have", and whether a value of the parameter is that. */
type Parameter = { must: string; test: (value: string) => boolean }

const among = (name: string, ...values: string[]): Parameter => ({
  must: values.map((value) => `?${name}=${value}`).join(' or '),
  test: (value) => values.includes(value),
})
const numberUpTo = (max: number, must: string): Parameter => ({
  must,
  test: (value) => /^\d+(?:\.\d+)?$/.test(value) && Number(value) > 0 && Number(value) <= max,
})
const someText = (name: string): Parameter => ({ must: `a value for ?${name}`, test: (value) => value !== '' })
const aFile = (name: string): Parameter => ({ must: `the path of a file for ?${name}`, test: isFile })

const isFile = (path: string): boolean =>
  !path.includes('\0') && statSync(path, { throwIfNoEntry: false })?.isFile() === true

const maxRate = 100_000

/** Parameters of relays. A slip such as `tls=require` must not send mail in clear text. */
const ofRelay: Record<string, Parameter> = {
  tls: among('tls', 'required'),
  rate: numberUpTo(maxRate, 'a rate above 0 mails a second, such as ?rate=20'),
  weight: numberUpTo(1000, 'a weight above 0 and at most 1000, such as ?weight=2'),
}

/** Parameters of node-postgres that make sense here. Server options belong to Sitrep, which sets the time zone. */
const ofDatabase: Record<string, Parameter> = {
  sslmode: among('sslmode', 'disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'),
  sslrootcert: aFile('sslrootcert'),
  sslcert: aFile('sslcert'),
  sslkey: aFile('sslkey'),
  application_name: someText('application_name'),
  host: someText('host'),
  uselibpqcompat: among('uselibpqcompat', 'true', 'false'),
}

export const databaseUrl = checked(['postgres:', 'postgresql:'], ofDatabase, ({ pathname }) =>
  /^\/[^/]+$/.test(pathname) ? null : 'must name one database, such as postgres://user:password@host:5432/sitrep',
)

export const redisUrl = checked(['redis:', 'rediss:'], { family: among('family', '0', '4', '6') }, ({ pathname }) =>
  /^\/?\d{0,5}$/.test(pathname)
    ? null
    : 'must end in the host or in the number of a database, such as redis://host:6379/0',
)

export const relayUrl = checked(['smtp:', 'smtps:'], ofRelay, ({ pathname, username, password }) => {
  if (!/^\/?$/.test(pathname)) return 'must have nothing after the host but parameters, such as ?tls=required'
  return (username === '') === (password === '') ? null : 'must have a user and a password, or neither'
})

/** Where alarms are posted. Chat services put their secret into the path. */
export const webhookUrl = checked(['http:', 'https:'], null, ({ username, password }) =>
  username || password ? 'must have no user, such as https://hooks.example.org/T0/B0/secret' : null,
)

/** The URL of this site: in ASCII, because links, header fields and Message-IDs are made of it. */
export const siteUrl = checked(['http:', 'https:'], {}, ({ username, password, href }) =>
  username || password || href.endsWith('?') ? 'must have no user and no ?, such as https://sitrep.example.org' : null,
).transform((text) => new URL(text).href.replace(/\/+$/, ''))

/** The URL of a page of the operator: mails link it, so that it is in ASCII and encrypted. */
export const pageUrl = checked(['https:'], {}, ({ username, password }) =>
  username || password ? 'must have no user, such as https://example.org/privacy' : null,
).transform((text) => new URL(text).href)

/**
 * A URL with one of these schemes. Its parameters are all known, each with a value that it may have, and each once; with `null`
 * it may have any.
 */
function checked(schemes: string[], known: Record<string, Parameter> | null, problemIn: (url: URL) => string | null) {
  return z.string().superRefine((text, context) => {
    const url = URL.parse(text)
    const message =
      !url || !schemes.includes(url.protocol) || url.hostname === ''
        ? `must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`
        : (problemOfParts(url) ?? problemOf(url, known) ?? problemIn(url))
    if (message) context.addIssue({ code: 'custom', message })
  })
}

/** The programs that use a URL decode its parts, and fail without a word of the setting. */
function problemOfParts({ username, password, pathname, port }: URL): string | null {
  if (port === '0') return 'must have a port from 1 to 65535'
  return [username, password, pathname].every(canBeDecoded)
    ? null
    : 'must write a percent sign in a user, a password or a path as %25'
}

function canBeDecoded(text: string): boolean {
  try {
    return !decodeURIComponent(text).includes('\0')
  } catch {
    return false
  }
}

function problemOf({ searchParams, hash, href }: URL, known: Record<string, Parameter> | null): string | null {
  if (hash || href.endsWith('#')) return 'must have no #: write %23 for one that is part of a user or a password'
  if (known === null) return null
  for (const name of new Set(searchParams.keys())) {
    const parameter = known[name]
    if (!parameter) return `must have no parameter ${JSON.stringify(name)}${mayHave(Object.keys(known))}`
    const [value = '', ...others] = searchParams.getAll(name)
    if (others.length) return `must have ?${name} once`
    if (!parameter.test(value)) return `must have ${parameter.must}`
  }
  return null
}

const mayHave = (names: string[]) => (names.length ? `; it may have ${names.map((name) => `?${name}`).join(', ')}` : '')

/** Text of one line: it becomes part of header fields. */
export const oneLine = (max: number) =>
  z
    .string()
    .max(max, `must be at most ${max} characters`)
    .refine((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text), 'must be one line without control characters')
