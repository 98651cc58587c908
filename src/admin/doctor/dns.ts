import { Resolver } from 'node:dns/promises'

/** What the checks look up. Each gives an empty list where the name or the record does not exist, and rejects without an answer. */
export type Dns = {
  /** The TXT records of a name, each as one text. */
  texts(name: string): Promise<string[]>
  /** The mail servers of a domain, the preferred one first; `''` stands for "takes no mail" (RFC 7505). */
  mailServers(domain: string): Promise<string[]>
  /** The IPv4 and IPv6 addresses of a host. */
  addresses(host: string): Promise<string[]>
  /** The names that an address leads back to. */
  names(address: string): Promise<string[]>
}

/** Longest time of one look-up, in milliseconds, over all servers and tries. */
const maxMs = 8_000

/** Asks the servers of this machine, or those given (`127.0.0.1:5353`). */
export function createDns(servers?: string[]): Dns {
  const ask = async <T>(query: (resolver: Resolver) => Promise<T[]>): Promise<T[]> => {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 })
    if (servers) resolver.setServers(servers)
    const timer = setTimeout(() => resolver.cancel(), maxMs)
    return noneWithoutRecord(query(resolver)).finally(() => clearTimeout(timer))
  }
  return {
    texts: async (name) => (await ask((dns) => dns.resolveTxt(name))).map((parts) => parts.join('')),
    mailServers: async (domain) =>
      (await ask((dns) => dns.resolveMx(domain)))
        .sort((a, b) => a.priority - b.priority)
        .map(({ exchange }) => exchange.replace(/\.$/, '')),
    addresses: async (host) =>
      (await Promise.all([ask((dns) => dns.resolve4(host)), ask((dns) => dns.resolve6(host))])).flat(),
    names: (address) => ask((dns) => dns.reverse(address)),
  }
}

const noRecord = new Set(['ENODATA', 'ENOTFOUND'])

async function noneWithoutRecord<T>(found: Promise<T[]>): Promise<T[]> {
  try {
    return await found
  } catch (error) {
    if (noRecord.has((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}
