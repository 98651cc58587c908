import type { App } from '../../app.ts'
import { troubleIsShown } from '../../delivery/rules/domain-trouble.ts'
import { countUnknown } from '../../delivery/store/delivery-counts.ts'
import { troublesSince } from '../../delivery/store/domain-troubles.ts'
import { refusedReports } from '../../delivery/store/refused-reports.ts'
import { relayTrouble } from '../../delivery/store/relay-trouble.ts'
import { warmUpState } from '../../delivery/warm-up-share.ts'
import { networkDownSince } from '../../feeds/store/network-trouble.ts'
import { lastAuditCheck } from '../../platform/audit/check-audit.ts'
import { maxClockOffS } from '../../platform/clock-guard.ts'
import { countAlive, wrongClocks } from '../../platform/db/lease.ts'
import { dateAt } from '../../platform/text/format-instant.ts'
import { type Overview, overview, urgentState } from '../overview.ts'
import { type Alarm, type AlarmFacts, alarmsOf } from './alarm-rules.ts'

/** The alarms that are sent to the admins, the worst first. No whole table is counted often for them. */
export async function urgentAlarms(app: App): Promise<Alarm[]> {
  const [state, facts, unknown] = await Promise.all([
    urgentState(app.db, app.now()),
    factsOf(app),
    countUnknown(app.db),
  ])
  return alarmsOf(state, { ...facts, unknown })
}

/** The state of the installation with all its alarms, the worst first. */
export async function currentAlarms(app: App): Promise<{ state: Overview; workers: number; alarms: Alarm[] }> {
  const [state, facts] = await Promise.all([overview(app.db, app.now()), factsOf(app)])
  const { unknown = 0 } = state.deliveries
  return { state, workers: facts.workers, alarms: alarmsOf(state, { ...facts, unknown }, state) }
}

async function factsOf(app: App): Promise<Omit<AlarmFacts, 'unknown'>> {
  const now = app.now()
  const [workers, clocks, check, relay, warmUp, networkDown, troubles, refused] = await Promise.all([
    countAlive(app.db),
    wrongClocks(app.db, maxClockOffS),
    lastAuditCheck(app.db),
    relayTrouble(app.db),
    warmUpState(app),
    networkDownSince(app.db, now),
    troublesSince(app.db, now.subtract(troubleIsShown)),
    refusedReports(app.db, dateAt(now.subtract({ hours: 24 }))),
  ])
  return {
    workers,
    now,
    relay,
    troubles,
    wrongClocks: clocks,
    refusedReports: refused,
    auditBrokenAt: check?.brokenAt ?? null,
    networkDownSince: networkDown,
    warmUp: warmUp?.waits || warmUp?.needsPerson ? warmUp.say : undefined,
  }
}
