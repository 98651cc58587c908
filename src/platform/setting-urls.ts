import { z } from 'zod'
import { splitHosts } from './db/database-url.ts'
import { aFile, among, numberUpTo, type Parameter, problemOfUrl, someText } from './url-parameters.ts'

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
  target_session_attrs: among('target_session_attrs', 'read-write', 'primary'),
}

/** A database; its hosts may be several, separated by commas. */
export const databaseUrl = checked(
  ['postgres:', 'postgresql:'],
  ofDatabase,
  ({ pathname, searchParams }) => {
    if (!/^\/[^/]+$/.test(pathname)) return 'must name one database, such as postgres://user:password@host:5432/sitrep'
    return searchParams.get('sslmode') === 'verify-ca' && !searchParams.has('sslrootcert')
      ? 'must have ?sslrootcert with ?sslmode=verify-ca: without it, any public authority could vouch for the server'
      : null
  },
  splitHosts,
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
 * it may have any. `split` makes one URL for each host of a text.
 */
function checked(
  schemes: string[],
  known: Record<string, Parameter> | null,
  problemIn: (url: URL) => string | null,
  split: (text: string) => string[] = (text) => [text],
) {
  const problemOfText = (text: string): string | null => {
    const url = URL.parse(text)
    return !url || !schemes.includes(url.protocol) || url.hostname === ''
      ? `must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`
      : (problemOfUrl(url, known) ?? problemIn(url))
  }
  return z.string().superRefine((text, context) => {
    const message = split(text).map(problemOfText).find(Boolean)
    if (message) context.addIssue({ code: 'custom', message })
  })
}

/** Text of one line: it becomes part of header fields. */
export const oneLine = (max: number) =>
  z
    .string()
    .max(max, `must be at most ${max} characters`)
    .refine((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text), 'must be one line without control characters')
