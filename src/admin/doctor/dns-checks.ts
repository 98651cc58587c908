import type { Config } from '../../config.ts'
import { bareAddress, mailDomainOf } from '../../platform/address.ts'
import { type CheckResult, failure, ok, warning } from './check.ts'
import { checkDkim } from './dkim-check.ts'
import { createDns, type Dns } from './dns.ts'
import { checkRelayNames } from './ptr-check.ts'

/** Domains that never receive mail (RFC 2606, RFC 6762). */
const reservedDomain = /(?:^|\.)(?:localhost|invalid|local|test|example)$/

type Settings = Pick<Config, 'mailFrom' | 'dkim' | 'smtpUrls' | 'bounceDomain'>

/**
 * Looks up what receivers of our mail look up: SPF of the envelope sender's domain, DMARC of the sender's, our DKIM key,
 * the servers that take bounces, and the name of the relay's address. Sends nothing.
 */
export async function checkDns(settings: Settings, dns: Dns = createDns()): Promise<CheckResult[]> {
  const { mailFrom, dkim, smtpUrls, bounceDomain } = settings
  const domain = mailDomainOf(bareAddress(mailFrom))
  if (reservedDomain.test(domain))
    return [
      warning(`Mail servers refuse MAIL_FROM, because its domain is ${domain}. Set MAIL_FROM to a domain of yours.`),
    ]
  const lookUps: LookUp[] = [
    ['SPF', () => checkSpf(bounceDomain ?? domain, dns)],
    ['DMARC', () => checkDmarc(domain, dns)],
    ['DKIM', async () => (dkim ? checkDkim(dkim, dns) : warning(dkimOfRelay))],
    ['MX', () => (bounceDomain ? checkMx(bounceDomain, toBouncePort, dns) : checkMx(domain, toMailFrom, dns))],
    ...smtpUrls.map((url): LookUp => ['PTR', () => checkRelayNames(url, dns)]),
  ]
  const results = await Promise.allSettled(lookUps.map(([, check]) => check()))
  const isSilent = results.every(({ status }, n) => status === 'rejected' || (!dkim && lookUps[n]?.[0] === 'DKIM'))
  if (isSilent) return [warning(nobodyAnswers)]
  const found = results.map((result, n) => (result.status === 'fulfilled' ? result.value : unknown(lookUps[n]?.[0])))
  return [...found, ...alignment(domain, settings)]
}

/** Which record a check looks up, and the check. It rejects without an answer. */
type LookUp = [record: string, check: () => Promise<CheckResult>]

const nobodyAnswers =
  'No DNS server answers, so SPF, DKIM, DMARC, MX and PTR were not checked. Check the DNS of this machine.'

/** One zone may be broken while the others answer. */
const unknown = (record = 'DNS') =>
  warning(`The DNS did not answer about the ${record} record. Run \`sitrep doctor\` again later.`)

const dkimOfRelay =
  'The relay signs mail with its own DKIM key, which Sitrep does not know. Send yourself a mail: its headers must have dkim=pass.'

async function checkSpf(domain: string, dns: Dns): Promise<CheckResult> {
  const records = (await dns.texts(domain)).filter((text) => /^v=spf1(?:\s|$)/i.test(text))
  const [record = ''] = records
  if (!records.length) {
    return warning(`${domain} has no SPF record. Publish one that names your relay: ${domain} TXT "v=spf1 mx -all".`)
  }
  if (records.length > 1) {
    return failure(`${domain} has ${records.length} SPF records, so receivers use none. Join them in one.`)
  }
  if (/^v=spf1\s+-all$/i.test(record.trim())) {
    return failure(`The SPF record of ${domain} lets nobody send. Name your relay in it, such as "v=spf1 mx -all".`)
  }
  if (/\s\+?all(?:\s|$)/i.test(record)) {
    return warning(`The SPF record of ${domain} lets everybody send. Replace its "all" by "-all".`)
  }
  return ok(`${domain} has SPF.`)
}

/** The record of the domain itself, else of the nearest domain above it (RFC 7489, section 6.6.3). */
async function checkDmarc(domain: string, dns: Dns): Promise<CheckResult> {
  for (const one of withDomainsAbove(domain)) {
    const records = (await dns.texts(`_dmarc.${one}`)).filter((text) => /^v\s*=\s*DMARC1\s*(?:;|$)/i.test(text))
    if (records.length > 1) {
      return failure(`_dmarc.${one} has ${records.length} DMARC records, so receivers use none. Delete all but one.`)
    }
    const [record] = records
    if (record === undefined) continue
    if (/;\s*p\s*=\s*(?:none|quarantine|reject)\s*(?:;|$)/i.test(record)) return ok(`${domain} has DMARC.`)
    return failure(`The DMARC record at _dmarc.${one} has no valid p. Publish "v=DMARC1; p=none" there.`)
  }
  return warning(`${domain} has no DMARC record. Publish one: _dmarc.${domain} TXT "v=DMARC1; p=none".`)
}

function withDomainsAbove(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, from) => labels.slice(from).join('.'))
}

const toBouncePort = { what: 'BOUNCE_DOMAIN', to: 'the worker with BOUNCE_PORT' }
const toMailFrom = { what: 'MAIL_FROM', to: 'the server of its mailbox' }

async function checkMx(domain: string, { what, to }: { what: string; to: string }, dns: Dns): Promise<CheckResult> {
  const [first, ...others] = await dns.mailServers(domain)
  const advice = `Publish an MX record that leads to ${to}: ${domain} MX 10 mx.${domain}.`
  // Without an MX record, mail goes to the address of the domain itself (RFC 5321, section 5.1).
  if (first === undefined && (await dns.addresses(domain)).length) return ok(`${domain} takes mail at its own address.`)
  if (first === undefined) return warning(`${domain} of ${what} has no MX record, so bounces get lost. ${advice}`)
  if (first === '') return failure(`${domain} of ${what} says that it takes no mail, so bounces get lost. ${advice}`)
  const found = await Promise.all([first, ...others].map((host) => dns.addresses(host)))
  if (found.some((addresses) => addresses.length)) return ok(`${domain} has an MX record: ${first}.`)
  return failure(`The MX record of ${domain} leads to ${first}, which has no address. Publish an A record of ${first}.`)
}

/** A signature of another domain counts nothing for DMARC (RFC 7489, section 3.1.1). */
function alignment(domain: string, { dkim }: Settings): CheckResult[] {
  if (!dkim || isWithin(domain, dkim.domain) || isWithin(dkim.domain, domain)) return []
  const say = `DKIM_DOMAIN ${dkim.domain} is not the domain of MAIL_FROM, so DMARC ignores the signature.`
  return [warning(`${say} Set DKIM_DOMAIN to ${domain}.`)]
}

const isWithin = (domain: string, other: string): boolean => domain === other || domain.endsWith(`.${other}`)
