import { challengeReason, shownBytes } from './challenge-page.ts'
import type { HttpResponse } from './connections.ts'
import { readBody } from './fetch-body.ts'
import { type FetchOutcome, statusFailure } from './fetch-outcome.ts'
import { type FetchHeaders, fetchHeaders, firstValue, retryAfterSeconds } from './response-headers.ts'

/** What one request of a chain of redirects led to; `cookies` are the Set-Cookie headers of a redirect. */
export type Hop =
  | { kind: 'end'; outcome: FetchOutcome }
  | { kind: 'redirect'; to: string; permanent: boolean; cookies: string[] }

/** The request of a response. `isConditional` says that it had validators; `cap` and `grow` as in readBody. */
type Asked = {
  url: URL
  isConditional: boolean
  maxBytes: number
  cap: boolean
  grow: (bytes: number) => Promise<void>
}

/** Reads a response: as a document, a redirect, "not modified", or a failure. */
export async function readResponse(response: HttpResponse, asked: Asked): Promise<Hop> {
  const { statusCode: status, headers: raw, body } = response
  const headers = fetchHeaders(raw)
  const location = firstValue(raw.location)
  if (redirectStatuses.includes(status) && location) {
    await body.dump({ limit: shownBytes })
    const cookies = [raw['set-cookie'] ?? []].flat()
    return { kind: 'redirect', to: writtenAddress(location), permanent: status === 301 || status === 308, cookies }
  }
  if (documentStatuses.includes(status) || isWholePart(status, firstValue(raw['content-range'])))
    return end(await readDocument(response, headers, asked))
  if (status === 304) {
    await body.dump({ limit: shownBytes })
    return end(
      asked.isConditional ? { kind: 'not-modified', ...headers } : statusFailure(status, headers, hostOf(asked)),
    )
  }
  return end(await readFailure(response, headers, asked))
}

const end = (outcome: FetchOutcome): Hop => ({ kind: 'end', outcome })
const hostOf = ({ url }: Asked) => url.hostname

const documentStatuses = [200, 202, 203, 204]
const redirectStatuses = [301, 302, 303, 307, 308]

/** Whether a 206 holds the whole document: `bytes 0-99/100` (RFC 9110, section 14.4). */
function isWholePart(status: number, range = ''): boolean {
  const [, last, size] = /^\s*bytes\s+0-(\d{1,15})\/(\d{1,15})\s*$/i.exec(range) ?? []
  return status === 206 && last !== undefined && Number(last) + 1 === Number(size)
}

/** Servers write addresses in UTF-8, which headers are not decoded as. */
function writtenAddress(location: string): string {
  if (/^[ -~]*$/.test(location)) return location
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(location, 'latin1'))
  } catch {
    return location
  }
}

async function readDocument(
  { statusCode: status, headers: raw, body }: HttpResponse,
  headers: FetchHeaders,
  asked: Asked,
): Promise<FetchOutcome> {
  const { bytes, hash, isCapped } = await readBody(body, { ...asked, encoding: raw['content-encoding'] })
  const challenge = challengeReason({ status, headers: raw, start: bytes })
  if (challenge) return challengeFailure(challenge, headers, asked)
  return { kind: 'fetched', status, url: asked.url.href, headers, body: bytes, bodyHash: hash, isCapped }
}

/** The body of a failure only shows who answered: what of it cannot be decoded is left out. */
async function readFailure(
  { statusCode: status, headers: raw, body }: HttpResponse,
  headers: FetchHeaders,
  asked: Asked,
): Promise<FetchOutcome> {
  const terms = { encoding: raw['content-encoding'], maxBytes: shownBytes, cap: true }
  const { bytes: start } = await readBody(body, terms).catch(() => ({ bytes: new Uint8Array() }))
  const challenge = challengeReason({ status, headers: raw, start })
  return challenge ? challengeFailure(challenge, headers, asked) : statusFailure(status, headers, hostOf(asked))
}

/** Without the status: a protection knows nothing of what is behind it. */
function challengeFailure(reason: string, headers: FetchHeaders, asked: Asked): FetchOutcome {
  const retryAfterS = retryAfterSeconds(headers.retryAfter, headers.date) ?? undefined
  return { kind: 'failed', reason, host: hostOf(asked), retryAfterS, isChallenge: true }
}
