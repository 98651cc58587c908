import { TooLargeError, UnknownEncodingError } from './fetch-body.ts'
import { RefusedError } from './ssrf-guard.ts'

/** A request that did not work, in words for the feed's health. */
export type FetchFailure = { kind: 'refused'; reason: string } | { kind: 'failed'; reason: string }

/** Explains what a request threw; errors that no network causes are thrown on. */
export function explainFailure(error: unknown, hostname: string): FetchFailure {
  if (error instanceof RefusedError) return { kind: 'refused', reason: error.message }
  if (error instanceof TooLargeError || error instanceof UnknownEncodingError) return failed(error.message)
  if (error instanceof AggregateError && error.errors.length) return explainFailure(error.errors[0], hostname)
  if (!(error instanceof Error)) throw error
  if (error.name === 'HTTPParserError') return failed(`${hostname} does not speak proper HTTP`)
  if (error.name === 'TimeoutError') return failed('the server did not finish its answer in time')
  const code = 'code' in error ? String(error.code) : ''
  const reason = code && (reasons[code] ?? (isNetwork(code) ? error.message : undefined))
  if (!reason) throw error
  return failed(reason.replaceAll('HOST', hostname))
}

const failed = (reason: string): FetchFailure => ({ kind: 'failed', reason })

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
  UND_ERR_BODY_TIMEOUT: 'HOST stopped in the middle of its answer',
  UND_ERR_HEADERS_OVERFLOW: 'HOST sent more than 16 KB of headers',
  UND_ERR_SOCKET: 'HOST closed the connection',
  CERT_HAS_EXPIRED: 'the certificate of HOST has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of HOST is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of HOST is not signed by an authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of HOST is not signed by an authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of HOST cannot be verified',
  Z_DATA_ERROR: 'the answer is damaged: it cannot be decompressed',
  Z_BUF_ERROR: 'the answer is damaged: it ends too early',
}

function isNetwork(code: string): boolean {
  return /^(?:UND_ERR|HPE_|ERR_SSL|ERR_TLS|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_|Z_|CERT_|UNABLE_|E[A-Z]+$)/.test(code)
}
