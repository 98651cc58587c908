/** One host of a database: what a connection needs beside the user, the password and the name of the database. */
export type Host = { host: string; port: number }

/** Asks a host whether it takes writes; rejects when it does not answer. */
export type AskHost = (host: Host) => Promise<boolean>

export type Hosts = {
  /** The host to connect to: the first one that takes writes. @throws with one sentence when none does */
  choose(): Promise<Host>
  /** A connection was lost or refused: the next `choose` asks all hosts again. */
  forget(): void
}

/**
 * Chooses among the hosts of a cluster. The choice is kept until a connection fails, since after a failover the old host is gone.
 * With one host there is nothing to ask.
 */
export function createHosts(hosts: Host[], ask: AskHost): Hosts {
  const [only] = hosts
  if (only && hosts.length === 1) return { choose: async () => only, forget() {} }
  let chosen: Promise<Host> | undefined
  const forget = () => {
    chosen = undefined
  }
  return {
    choose() {
      if (chosen) return chosen
      const asked = firstWritable(hosts, ask)
      chosen = asked
      asked.catch(() => {
        if (chosen === asked) forget()
      })
      return asked
    },
    forget,
  }
}

async function firstWritable(hosts: Host[], ask: AskHost): Promise<Host> {
  const answers = await Promise.allSettled(hosts.map(ask))
  const index = answers.findIndex((answer) => answer.status === 'fulfilled' && answer.value)
  const found = hosts[index]
  if (found) return found
  const said = answers.map((answer, n) => `${hosts[n]?.host}:${hosts[n]?.port} ${saidBy(answer)}`)
  throw new Error(`No host of the database takes writes: ${said.join(', ')}`)
}

function saidBy(answer: PromiseSettledResult<boolean>): string {
  if (answer.status === 'fulfilled') return 'is read-only'
  const { code, message } = answer.reason as NodeJS.ErrnoException
  return `says ${message || code}`
}
