import { BodyError } from './body-error.ts'
import { type FetchHeaders, retryAfterSeconds } from './response-headers.ts'
import { RefusedError } from './ssrf-guard.ts'

/** What became of one request. Failures are outcomes, with a reason for people. */
export type FetchOutcome = Fetched | ({ kind: 'not-modified' } & FetchHeaders) | Refused | Failed

/** A document. `url` is where it was found; `permanentUrl` is where permanent redirects led, if there were any. */
export type Fetched = {
  kind: 'fetched'
  status: number
  url: string
  headers: FetchHeaders
  body: Uint8Array
  /** The document goes on after `body`, which ends at the limit of size. */
  isCapped?: boolean | undefined
  /** SHA-256 of the decoded body, in base64url. */
  bodyHash: string
  permanentUrl?: string | undefined
}

/** The request was not sent: the fetcher must not go to this address. */
type Refused = { kind: 'refused'; reason: string }

/**
 * `retryAfterS` holds for all of `host`, which sent this response. `gone` is true for status 410. A failure `isChallenge` when a
 * protection against robots answered: no later request can be expected to fare better.
 */
export type Failed = {
  kind: 'failed'
  reason: string
  status?: number | undefined
  host?: string | undefined
  retryAfterS?: number | undefined
  gone?: boolean | undefined
  /** No server answered: our own network may be the reason. */
  isUnreachable?: boolean | undefined
  isChallenge?: boolean | undefined
}

/** The outcome of a response that is neither a document, a redirect nor "not modified". */
export function statusFailure(status: number, headers: FetchHeaders, host: string): Failed {
  const retryAfterS = retryAfterSeconds(headers.retryAfter, headers.date) ?? undefined
  const gone = status === 410 || undefined
  const meaning = meanings[status]
  const reason = `the server answers ${status}${meaning ? ` (${meaning})` : ''}`
  return { kind: 'failed', reason, status, host, retryAfterS, gone }
}

/** What a status means for a feed, for people who do not know the numbers (RFC 9110, section 15; RFC 6585; RFC 7725). */
const meanings: Record<number, string> = {
  206: 'only a part of the document',
  ...Object.fromEntries([301, 302, 303, 307, 308].map((status) => [status, 'it does not say where the document is'])),
  304: 'nothing is new, although the whole document was asked for',
  400: 'it does not understand the request',
  401: 'it asks for a login',
  402: 'it asks for payment',
  403: 'it refuses access',
  404: 'nothing is at this address',
  407: 'a proxy asks for a login',
  410: 'the feed was removed for good',
  429: 'too many requests',
  451: 'it may not show this for legal reasons',
  500: 'an error in the server',
  502: 'the server behind it fails',
  503: 'not available now',
  504: 'the server behind it does not answer',
  520: 'the server behind Cloudflare fails',
  521: 'the server behind Cloudflare is down',
  522: 'the server behind Cloudflare does not answer',
  523: 'the server behind Cloudflare cannot be reached',
  524: 'the server behind Cloudflare takes too long',
}

/**
 * The outcome of a request that threw.
 * @throws the error itself when no network and no server can have caused it
 */
export function errorFailure(error: unknown, hostname: string): Refused | Failed {
  if (error instanceof RefusedError) return { kind: 'refused', reason: error.message }
  if (error instanceof BodyError) return failed(error.message)
  if (error instanceof AggregateError && error.errors.length) return errorFailure(error.errors[0], hostname)
  if (!(error instanceof Error)) throw error
  if (error.name === 'HTTPParserError') return failed(`the response of ${hostname} is not valid HTTP`)
  if (error.name === 'TimeoutError')
    return { ...failed('the server did not finish its response in time'), isUnreachable: true }
  const code = 'code' in error ? String(error.code) : ''
  if (ownFaults.has(code)) throw error
  const reason = code && (reasons[code] ?? (isNetwork(code) ? error.message : undefined))
  if (!reason) throw error
  return { ...failed(reason.replaceAll('HOST', hostname)), ...(unanswered.test(code) && { isUnreachable: true }) }
}

/** Misuse of undici by us, and what this machine has no more of, or does not let us do. */
const ownFaults = new Set(
  (
    'UND_ERR_INVALID_ARG UND_ERR_DESTROYED UND_ERR_CLOSED UND_ERR_NOT_SUPPORTED ' +
    'EMFILE ENFILE ENOBUFS ENOMEM EADDRNOTAVAIL EPERM EACCES'
  ).split(' '),
)

/** Failures before a response, which a broken network, a wrong clock or a portal can cause for all servers alike. */
const unanswered =
  /^(?:ENOTFOUND|EAI_\w+|ECONN(?:REFUSED|RESET|ABORTED)|E(?:HOST|NET)(?:UNREACH|DOWN)|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_(?:TLS|SSL)_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/

const failed = (reason: string): Failed => ({ kind: 'failed', reason })

const reasons: Record<string, string> = {
  ENOTFOUND: 'the name HOST does not exist',
  EAI_AGAIN: 'the name HOST could not be looked up',
  ECONNREFUSED: 'HOST refuses connections',
  ECONNRESET: 'HOST closed the connection',
  EPIPE: 'HOST closed the connection',
  EHOSTUNREACH: 'HOST cannot be reached',
  ENETUNREACH: 'HOST cannot be reached',
  ETIMEDOUT: 'HOST did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'HOST did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'HOST did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'HOST stopped in the middle of its response',
  UND_ERR_HEADERS_OVERFLOW: 'HOST sent more than 16 KB of headers',
  UND_ERR_SOCKET: 'HOST closed the connection',
  CERT_HAS_EXPIRED: 'the certificate of HOST has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of HOST is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of HOST is not signed by an authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of HOST is not signed by an authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of HOST cannot be verified',
  Z_DATA_ERROR: 'the response is damaged: it cannot be decompressed',
  Z_BUF_ERROR: 'the response is damaged: it ends too early',
}

function isNetwork(code: string): boolean {
  return /^(?:UND_ERR|HPE_|ERR_SSL|ERR_TLS|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_|Z_|CERT_|UNABLE_|E[A-Z]+$)/.test(code)
}
