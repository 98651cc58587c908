import { Resolver } from 'node:dns/promises'

/** Which records a sending domain has; null when no resolver answers. */
export async function lookUpMailRecords(domain: string): Promise<{ spf: boolean; dmarc: boolean } | null> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const texts = async (name: string): Promise<string[] | null> => {
    try {
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
    } catch (error) {
      const { code } = error as { code?: string }
      return code === 'ENODATA' || code === 'ENOTFOUND' ? [] : null
    }
  }
  const [own, policy] = await Promise.all([texts(domain), texts(`_dmarc.${domain}`)])
  if (!own || !policy) return null
  return {
    spf: own.some((text) => /^v=spf1(?:\s|$)/i.test(text)),
    dmarc: policy.some((text) => /^v=DMARC1/i.test(text)),
  }
}
