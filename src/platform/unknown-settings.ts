/**
 * A sentence for each name in the environment that was meant as a setting of ours and is none: a slip in a name would leave
 * the setting at its default. Names of other programs are left alone.
 */
export function unknownSettings(env: Record<string, string | undefined>, known: readonly string[]): string[] {
  const isKnown = new Set(known.flatMap((name) => [name, `${name}_FILE`]))
  return Object.entries(env).flatMap(([name, value]) => {
    if (!value || isKnown.has(name) || alsoOurs.has(name) || isServiceLink(name, value)) return []
    const meant = nearest(name.replace(/_FILE$/, ''), known)
    if (!meant) return []
    return [`${name} is not a setting. Did you mean ${meant}${name.endsWith('_FILE') ? '_FILE' : ''}?`]
  })
}

/** Names that .env.example has for docker-compose.yml alone. */
const alsoOurs = new Set(['POSTGRES_PASSWORD'])

/** What Kubernetes tells every container of a service, such as SMTP_PORT=tcp://10.0.0.7:25. */
const isServiceLink = (name: string, value: string): boolean =>
  /_SERVICE_(?:HOST|PORT)(?:_[A-Z\d_]+)?$|_PORT_\d+_(?:TCP|UDP)/.test(name) ||
  (name.endsWith('_PORT') && /^(?:tcp|udp):\/\//.test(value))

/** Names that begin so are ours: another program that runs beside this one rarely has them. */
const ownGroups: Record<string, string> = {
  SMTP_: 'SMTP_URL',
  DKIM_: 'DKIM_PRIVATE_KEY',
  BOUNCE_: 'BOUNCE_DOMAIN',
  SEND_: 'SEND_RATE',
  FETCH_: 'FETCH_ALLOW',
}

/** A short name is one slip away from many words: `HOME` is not a slip of HOST. */
const minLength = 6
/** Below this length one slip counts as near, else two do. */
const twoSlipsFrom = 10

function nearest(name: string, known: readonly string[]): string | undefined {
  const [near] = known
    .filter((one) => one.length > minLength && Math.abs(one.length - name.length) <= 2)
    .map((one) => ({ one, slips: slipsBetween(name.toUpperCase(), one), most: one.length < twoSlipsFrom ? 1 : 2 }))
    .filter(({ slips, most }) => slips <= most)
    .sort((a, b) => a.slips - b.slips)
  const group = Object.keys(ownGroups).find((prefix) => name.startsWith(prefix))
  return near?.one ?? (group && ownGroups[group])
}

/** Letters to insert, leave out, change or swap with the next one (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      line[column] = Math.min(
        rows[row - 1]![column]! + 1,
        line[column - 1]! + 1,
        rows[row - 1]![column - 1]! + cost,
        isSwap ? rows[row - 2]![column - 2]! + 1 : Number.POSITIVE_INFINITY,
      )
    }
    rows.push(line)
  }
  return rows[a.length]![b.length]!
}
