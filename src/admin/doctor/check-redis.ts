import type { RedisReport } from '../../platform/redis/probe.ts'
import { plural } from '../../platform/text/plural.ts'
import { type CheckResult, failure, ok, warning } from './check.ts'

const allSlots = 16_384

/** What a report on Redis means for the queue, and what to do. */
export function checkRedis(report: RedisReport): CheckResult[] {
  const warnings = [...silentHosts(report), ...takeOver(report), ...settings(report)]
  return [standing(report, warnings.length === 0), ...warnings]
}

function standing({ kind, master, cluster }: RedisReport, isRight: boolean): CheckResult {
  const end = isRight ? ', and its settings are right.' : '.'
  if (kind === 'servers') return ok(`Redis answers${end}`)
  if (kind === 'sentinel') return ok(`The sentinels name ${master} as the master, and it answers${end}`)
  const { masters, slots } = cluster!
  if (slots === allSlots)
    return ok(
      `The Redis Cluster has ${plural(masters, 'master')} and serves all slots. The queue is on ${master}${end}`,
    )
  const missing = `The Redis Cluster serves only ${slots} of ${allSlots} slots.`
  return failure(`${missing} Start the missing masters, or run \`redis-cli --cluster fix ${master}\`.`)
}

const silentHosts = ({ silent }: RedisReport): CheckResult[] =>
  silent.map(({ host, problem }) =>
    warning(`REDIS_URL names ${host}, which cannot be used: ${problem}. Start it, or remove it from REDIS_URL.`),
  )

/** Whether another server takes over when the master of the queue fails. */
function takeOver({ kind, master, replicas, noQuorum }: RedisReport): CheckResult[] {
  if (kind === 'servers') return []
  return [
    ...(replicas
      ? []
      : [warning(`The master ${master} has no replica, so nothing takes over when it fails. Add one.`)]),
    ...(noQuorum ? [warning(`The sentinels cannot choose a new master: ${noQuorum}. Start the other sentinels.`)] : []),
  ]
}

function settings({ settings: found }: RedisReport): CheckResult[] {
  if (!found) {
    const say = 'Redis does not allow CONFIG GET, so its settings could not be read.'
    return [warning(`${say} It needs appendonly yes and maxmemory-policy noeviction.`)]
  }
  const { appendonly, maxmemoryPolicy } = found
  const wrong = [
    ...(appendonly === 'yes' ? [] : [`appendonly is ${appendonly}. Set it to yes, or a crash loses the queue.`]),
    ...(maxmemoryPolicy === 'noeviction'
      ? []
      : [`maxmemory-policy is ${maxmemoryPolicy}. Set it to noeviction, or Redis deletes jobs when memory is short.`]),
  ]
  return wrong.map((say) => warning(`In Redis, ${say}`))
}
