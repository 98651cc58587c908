import { readConfig } from '../config.ts'
import { createFetcher } from '../http/fetch.ts'
import { decodePage } from '../parsing/encodings/decode.ts'
import { UserError } from '../platform/user-error.ts'

/**
 * A page for `analyze`, through the same guarded fetcher as every feed.
 * @throws UsageError when it cannot be had
 */
export async function fetchPage(url: string): Promise<{ html: string; url: string }> {
  const { publicUrl, contact, fetchAllow } = readConfig()
  const fetcher = createFetcher({ userAgent: `Sitrep/0.1 (+${publicUrl}; ${contact})`, allow: fetchAllow })
  try {
    const outcome = await fetcher.get(url, { accept: 'text/html' })
    if (outcome.kind === 'fetched')
      return { html: decodePage(outcome.body, outcome.headers.contentType), url: outcome.url }
    throw new UserError(`${url} cannot be read: ${'reason' in outcome ? outcome.reason : outcome.kind}.`)
  } finally {
    await fetcher.close()
  }
}
