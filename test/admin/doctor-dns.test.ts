import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDns } from '../../src/admin/doctor/dns.ts'
import { checkDns } from '../../src/admin/doctor/dns-checks.ts'
import { type DnsServer, type Records, startDnsServer } from '../support/dns-server.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const base64 = (key: typeof publicKey, type: 'spki' | 'pkcs1' = 'spki') =>
  key.export({ type, format: 'der' }).toString('base64')
const dkim = {
  domain: 'mail.kyiv.org',
  selector: 'desk',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}
const settings = { mailFrom: 'Sitrep <sitrep@kyiv.org>', smtpUrls: ['smtp://u:p@relay.kyiv.org:587'] }
const dkimName = 'desk._domainkey.mail.kyiv.org TXT'
const complete: Records = {
  'kyiv.org TXT': ['some=verification', 'v=spf1 mx -all'],
  'kyiv.org MX': ['20 second.kyiv.org', '10 mx.kyiv.org'],
  'mx.kyiv.org A': ['203.0.113.4'],
  '_dmarc.kyiv.org TXT': ['v=DMARC1; p=none'],
  'relay.kyiv.org A': ['203.0.113.7'],
  '7.113.0.203.in-addr.arpa PTR': ['out.kyiv.org'],
  'out.kyiv.org A': ['203.0.113.7'],
  [dkimName]: [`v=DKIM1; k=rsa; p=${base64(publicKey)}`],
}

let server: DnsServer
beforeAll(async () => {
  server = await startDnsServer(complete)
})
beforeEach(() => {
  server.records = complete
})
afterAll(() => server.close())

const check = async (changed: Records = {}, more: Partial<Parameters<typeof checkDns>[0]> = {}) => {
  server.records = { ...complete, ...changed }
  const given = { ...settings, dkim, bounceDomain: undefined, ...more }
  return (await checkDns(given, createDns([server.address]))).map(({ kind, say }) => [kind, say] as const)
}
/** What is not in order. */
const wrong = async (...args: Parameters<typeof check>) => (await check(...args)).filter(([kind]) => kind !== 'ok')

it('are in order, and each check says so', async () => {
  expect(await check()).toEqual([
    ['ok', 'kyiv.org has SPF.'],
    ['ok', 'kyiv.org has DMARC.'],
    ['ok', 'desk._domainkey.mail.kyiv.org has our DKIM key.'],
    ['ok', 'kyiv.org has an MX record: mx.kyiv.org.'],
    ['ok', 'The address of the relay relay.kyiv.org has a PTR record.'],
  ])
})

it('are all missing, and each check says what to publish', async () => {
  server.records = {}
  const found = await checkDns({ ...settings, dkim, bounceDomain: 'b.kyiv.org' }, createDns([server.address]))
  expect(found.map(({ kind, say }) => [kind, say])).toEqual([
    ['warning', expect.stringContaining('b.kyiv.org TXT "v=spf1 mx -all"')],
    ['warning', expect.stringContaining('_dmarc.kyiv.org TXT "v=DMARC1; p=none"')],
    ['warning', expect.stringContaining(`Publish the TXT record v=DKIM1; k=rsa; p=${base64(publicKey)}`)],
    ['warning', expect.stringContaining('b.kyiv.org MX 10 mx.b.kyiv.org')],
    ['warning', expect.stringContaining('Send yourself a mail')],
  ])
})

describe('the DKIM key', () => {
  const dkimOf = async (...records: string[]) => (await check({ [dkimName]: records }))[2]

  it('is ours in either form and with white space', async () => {
    const isOurs = ['ok', 'desk._domainkey.mail.kyiv.org has our DKIM key.']
    expect(await dkimOf(`p = ${base64(publicKey, 'pkcs1').replace(/.{64}/g, '$& ')}; t=s`)).toEqual(isOurs)
  })

  it('is missing or revoked: the record to publish is shown', async () => {
    const say = `desk._domainkey.mail.kyiv.org has no DKIM key. Publish the TXT record v=DKIM1; k=rsa; p=${base64(publicKey)}`
    expect(await dkimOf()).toEqual(['warning', say])
    expect(await dkimOf('v=DKIM1; p=')).toEqual(['warning', say])
  })

  it('is another one, alone or beside ours', async () => {
    const differs = ['failure', expect.stringContaining('differs from DKIM_PRIVATE_KEY')]
    expect(await dkimOf(`v=DKIM1; p=${base64(other)}`)).toEqual(differs)
    expect(await dkimOf(`v=DKIM1; p=${base64(other)}`, `v=DKIM1; p=${base64(publicKey)}`)).toEqual(differs)
    expect(await dkimOf('v=DKIM1; p=no/key')).toEqual(differs)
  })

  it('of a relay cannot be known: a mail that arrived shows it', async () => {
    const found = await check({}, { dkim: undefined })
    expect(found[2]).toEqual(['warning', expect.stringMatching(/its own DKIM key.*headers must have dkim=pass/)])
  })

  it('of another domain does not count for DMARC', async () => {
    const elsewhere = { ...dkim, domain: 'lviv.org' }
    const records = { 'desk._domainkey.lviv.org TXT': complete[dkimName]! }
    expect(await wrong(records, { dkim: elsewhere })).toEqual([
      ['warning', expect.stringContaining('Set DKIM_DOMAIN to kyiv.org.')],
    ])
  })
})

it.each([
  [[], 'warning', 'has no SPF record'],
  [['v=spf1 mx -all', 'v=spf1 a -all'], 'failure', 'Join them in one'],
  [['v=spf1 -all'], 'failure', 'lets nobody send'],
  [['v=spf1 mx +all'], 'warning', 'lets everybody send'],
  [['v=spf1 mx all'], 'warning', 'lets everybody send'],
  [['v=spf10 mx -all'], 'warning', 'has no SPF record'],
])('an SPF record %j is explained', async (records, kind, words) => {
  expect(await wrong({ 'kyiv.org TXT': records })).toEqual([[kind, expect.stringContaining(words)]])
})

it.each([
  [[], 'warning', 'has no DMARC record'],
  [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'failure', 'Delete all but one'],
  [['v=DMARC1; rua=mailto:a@kyiv.org'], 'failure', 'has no valid p'],
  [['v=DMARC1; p=all'], 'failure', 'has no valid p'],
])('a DMARC record %j is explained', async (records, kind, words) => {
  expect(await wrong({ '_dmarc.kyiv.org TXT': records })).toEqual([[kind, expect.stringContaining(words)]])
})

it('a DMARC record holds for the domains below its own', async () => {
  const below = { mailFrom: 'sitrep@news.kyiv.org' }
  const records = { 'news.kyiv.org TXT': ['v=spf1 mx -all'], 'news.kyiv.org MX': ['10 mx.kyiv.org'] }
  expect(await wrong(records, { ...below, dkim: { ...dkim, domain: 'kyiv.org', selector: 'x' } })).toEqual([
    ['warning', expect.stringContaining('x._domainkey.kyiv.org has no DKIM key')],
  ])
})

it.each([
  [[], 'warning', 'has no MX record'],
  [['0 .'], 'failure', 'says that it takes no mail'],
  [['10 gone.kyiv.org'], 'failure', 'leads to gone.kyiv.org, which has no address'],
])('an MX record %j of the bounce domain is explained', async (records, kind, words) => {
  const spf = { 'b.kyiv.org TXT': ['v=spf1 mx -all'] }
  expect(await wrong({ ...spf, 'b.kyiv.org MX': records }, { bounceDomain: 'b.kyiv.org' })).toEqual([
    [kind, expect.stringContaining(words)],
  ])
})

it('a domain without an MX record takes mail at its own address', async () => {
  expect(await wrong({ 'kyiv.org MX': [], 'kyiv.org A': ['203.0.113.4'] })).toEqual([])
})

it.each([
  [[], 'has no PTR record. Ask the owner'],
  [['elsewhere.org'], 'names elsewhere.org, which does not lead back'],
])('a PTR record %j of the relay is explained', async (records, words) => {
  expect(await wrong({ '7.113.0.203.in-addr.arpa PTR': records })).toEqual([
    ['warning', expect.stringContaining(words)],
  ])
})

it.each(['smtp://10.0.0.7', 'smtp://127.0.0.1:1025', 'smtp://[::1]:25'])(
  'the address from which %s sends shows only in a mail that arrived',
  async (url) => {
    expect(await wrong({}, { smtpUrls: [url] })).toEqual([
      ['warning', expect.stringContaining('topmost Received header')],
    ])
  },
)

it('are not checked for a domain that is reserved', async () => {
  const found = await check({}, { mailFrom: 'sitrep@localhost.invalid' })
  expect(found).toEqual([['warning', expect.stringContaining('Set MAIL_FROM to a domain of yours')]])
})

it('are checked as far as the DNS answers', async () => {
  server.broken.add('_dmarc.kyiv.org')
  expect(await wrong()).toEqual([
    ['warning', expect.stringMatching(/^The DNS did not answer about the DMARC record\./)],
  ])
  server.broken.clear()
})

it.each([dkim, undefined])('are unknown when no DNS server answers, after a bounded time', async (key) => {
  const silent = await startDnsServer({}, { silent: true })
  const found = await checkDns({ ...settings, dkim: key, bounceDomain: undefined }, createDns([silent.address]))
  expect(found).toEqual([{ kind: 'warning', say: expect.stringContaining('No DNS server answers') }])
  await silent.close()
})
