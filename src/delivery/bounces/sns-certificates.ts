import type { KeyObject } from 'node:crypto'
import type { Fetcher } from '../../http/fetch.ts'
import { isSnsCertificate, keyOfCertificate } from './hooks/sns.ts'

/** `refused`: the address has no valid certificate of SNS. `unreachable`: the certificate could not be fetched now. */
export type CertificateOutcome = { kind: 'key'; key: KeyObject } | { kind: 'refused' | 'unreachable' }

/** Gives the public key of the certificate at an address, for the messages of a topic. */
export type Certificates = { get(url: string, topicArn: string): Promise<CertificateOutcome> }

const keyLifeMs = 24 * 3600_000
const maxKeys = 20
const maxConcurrentFetches = 4
const maxCertificateBytes = 20_000

/**
 * Fetches certificates of SNS through the guarded fetcher, and keeps each key for a day. Anybody can name an address in
 * a call, so few fetches run at a time.
 */
export function createCertificates(fetcher: Fetcher, now: () => Temporal.Instant): Certificates {
  const keys = new Map<string, { until: number; key: KeyObject }>()
  const fetches = new Map<string, Promise<CertificateOutcome>>()
  const fetchKey = async (url: string, topicArn: string): Promise<CertificateOutcome> => {
    const outcome = await fetchCertificate(fetcher, { url, topicArn }, now())
    if (outcome.kind !== 'key') return outcome
    const [oldest] = keys.keys()
    if (oldest !== undefined && keys.size >= maxKeys) keys.delete(oldest)
    keys.set(url, { until: now().epochMilliseconds + keyLifeMs, key: outcome.key })
    return outcome
  }
  return {
    async get(url, topicArn) {
      if (!isSnsCertificate(url, topicArn)) return { kind: 'refused' }
      const kept = keys.get(url)
      if (kept && kept.until > now().epochMilliseconds) return { kind: 'key', key: kept.key }
      const running = fetches.get(url)
      if (running) return running
      if (fetches.size >= maxConcurrentFetches) return { kind: 'unreachable' }
      const fetching = fetchKey(url, topicArn).finally(() => fetches.delete(url))
      fetches.set(url, fetching)
      return fetching
    },
  }
}

async function fetchCertificate(
  fetcher: Fetcher,
  { url, topicArn }: { url: string; topicArn: string },
  now: Temporal.Instant,
): Promise<CertificateOutcome> {
  const outcome = await fetcher.get(url, { accept: 'application/x-pem-file, */*;q=0.5', isFound: true })
  if (outcome.kind !== 'fetched') return { kind: isFinal(outcome) ? 'refused' : 'unreachable' }
  if (!isSnsCertificate(outcome.url, topicArn) || outcome.body.byteLength > maxCertificateBytes)
    return { kind: 'refused' }
  const key = keyOfCertificate(Buffer.from(outcome.body).toString('latin1'), now)
  return key ? { kind: 'key', key } : { kind: 'refused' }
}

/** Whether another attempt would fail too: the guard refused the address, or the server answered 4xx except 429. */
const isFinal = ({ kind, status = 0 }: { kind: string; status?: number | undefined }): boolean =>
  kind === 'refused' || (status >= 400 && status < 500 && status !== 429)
