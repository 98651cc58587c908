import type { KeyObject } from 'node:crypto'
import type { Fetcher } from '../../http/fetch.ts'
import { isSnsCertificate, keyOfCertificate } from './hooks/sns.ts'

/** `refused`: this address has no certificate of SNS that is valid; `unreachable`: it could not be asked now. */
export type CertificateOutcome = { kind: 'key'; key: KeyObject } | { kind: 'refused' | 'unreachable' }

/** Where keys come from; each certificate is fetched once a day. */
export type Certificates = { get(url: string): Promise<CertificateOutcome> }

const keptMs = 24 * 3600_000
const mostKept = 20
const mostAtOnce = 4
const largest = 20_000

/** Fetches SNS's certificates through the guarded fetcher, few at a time: anybody can name an address. */
export function createCertificates(fetcher: Fetcher, now: () => Temporal.Instant): Certificates {
  const kept = new Map<string, { until: number; key: KeyObject }>()
  const asked = new Map<string, Promise<CertificateOutcome>>()
  const ask = async (url: string): Promise<CertificateOutcome> => {
    const outcome = await fetchCertificate(fetcher, url, now())
    if (outcome.kind !== 'key') return outcome
    if (kept.size >= mostKept) kept.delete([...kept.keys()][0]!)
    kept.set(url, { until: now().epochMilliseconds + keptMs, key: outcome.key })
    return outcome
  }
  return {
    async get(url) {
      const known = kept.get(url)
      if (known && known.until > now().epochMilliseconds) return { kind: 'key', key: known.key }
      if (!isSnsCertificate(url)) return { kind: 'refused' }
      if (!asked.has(url) && asked.size >= mostAtOnce) return { kind: 'unreachable' }
      const answer = asked.get(url) ?? ask(url).finally(() => asked.delete(url))
      asked.set(url, answer)
      return answer
    },
  }
}

async function fetchCertificate(fetcher: Fetcher, url: string, now: Temporal.Instant): Promise<CertificateOutcome> {
  const outcome = await fetcher.get(url, { accept: 'application/x-pem-file, */*;q=0.5' })
  if (outcome.kind !== 'fetched') return { kind: isFinal(outcome) ? 'refused' : 'unreachable' }
  if (!isSnsCertificate(outcome.url) || outcome.body.byteLength > largest) return { kind: 'refused' }
  const key = keyOfCertificate(Buffer.from(outcome.body).toString('latin1'), now)
  return key ? { kind: 'key', key } : { kind: 'refused' }
}

const isFinal = ({ kind, status = 0 }: { kind: string; status?: number | undefined }): boolean =>
  kind === 'refused' || (status >= 400 && status < 500 && status !== 429)
