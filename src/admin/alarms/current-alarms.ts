import type { App } from '../../app.ts'
import { troubleIsShown } from '../../delivery/rules/domain-trouble.ts'
import { troublesSince } from '../../delivery/store/domain-troubles.ts'
import { refusedReports } from '../../delivery/store/refused-reports.ts'
import { relayTrouble } from '../../delivery/store/relay-trouble.ts'
import { warmUpState } from '../../delivery/warm-up-share.ts'
import { networkDownSince } from '../../feeds/store/network-trouble.ts'
import { lastAuditCheck } from '../../platform/audit/check-audit.ts'
import { maxClockOffS } from '../../platform/clock-guard.ts'
import { countAlive, wrongClocks } from '../../platform/db/lease.ts'
import { dateAt } from '../../platform/text/format-instant.ts'
import { type Overview, overview } from '../overview.ts'
import { type Alarm, alarmsOf } from './alarm-rules.ts'

/** The state of the installation with its alarms, the worst first. */
export async function currentAlarms(app: App): Promise<{ state: Overview; workers: number; alarms: Alarm[] }> {
  const now = app.now()
  const [state, workers, clocks, check, relay, warmUp, networkDown, troubles, refused] = await Promise.all([
    overview(app.db, now),
    countAlive(app.db),
    wrongClocks(app.db, maxClockOffS),
    lastAuditCheck(app.db),
    relayTrouble(app.db),
    warmUpState(app),
    networkDownSince(app.db, now),
    troublesSince(app.db, now.subtract(troubleIsShown)),
    refusedReports(app.db, dateAt(now.subtract({ hours: 24 }))),
  ])
  const alarms = alarmsOf(state, {
    workers,
    now,
    relay,
    troubles,
    wrongClocks: clocks,
    refusedReports: refused,
    auditBrokenAt: check?.brokenAt ?? null,
    networkDownSince: networkDown,
    warmUp: warmUp?.waits || warmUp?.needsPerson ? warmUp.say : undefined,
  })
  return { state, workers, alarms }
}
