import { inviteAdmin, signIn } from '../../src/admin/sign-in.ts'
import type { App } from '../../src/app.ts'
import { createWeb } from '../../src/web/server.ts'
import { quantile } from '../support/quantile.ts'

/** What was measured of one page or command: milliseconds of the 95th percentile, and KB of one answer as it is before compression. */
export type Visit = { label: string; p95: number; kb: number; status: number }

/** The first call opens what is opened once, and does not count. */
const calls = 21
/** A page that takes so long is not asked for 20 times. */
const patienceMs = 6_000

/** Asks for each address, one after the other, as a signed-in admin. */
export async function visitAll(app: App, addresses: { label: string; address: string }[]): Promise<Visit[]> {
  const metricsToken = 'for-the-benchmark'
  const web = createWeb({ ...app, config: { ...app.config, metricsToken } })
  const headers = { cookie: `sitrep_session=${await openSession(app)}`, authorization: `Bearer ${metricsToken}` }
  const visits: Visit[] = []
  for (const { label, address } of addresses) {
    const taken: number[] = []
    let [status, bytes] = [0, 0]
    for (let n = 0; n < calls && sum(taken) < patienceMs; n++) {
      const begun = performance.now()
      const response = await web.request(address, { headers })
      bytes = (await response.arrayBuffer()).byteLength
      taken.push(performance.now() - begun)
      status = response.status
    }
    visits.push({
      label: `GET ${label}`,
      p95: quantile(taken.length > 1 ? taken.slice(1) : taken, 0.95),
      kb: bytes / 1_024,
      status,
    })
  }
  return visits
}

async function openSession(app: App): Promise<string> {
  const link = await inviteAdmin(app, 'admin@example.org', 'bench')
  const opened = await signIn(app, link.slice(link.lastIndexOf('/') + 1))
  if (opened.kind !== 'signed-in') throw new Error('The sign-in link of the benchmark does not work.')
  return opened.session
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
