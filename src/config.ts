import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { UserError } from './platform/user-error.ts'

/** What the environment asked for, parsed; the only place that reads it. `secretKeys` is newest first. */
export type Config = {
  production: boolean
  databaseUrl?: string | undefined
  redisUrl?: string | undefined
  smtpUrl?: string | undefined
  /** All relays; `?weight=2` draws one twice as often, `?rate=20` gives it 20 mails a second, `?tls=required` never speaks in the clear. */
  smtpUrls: string[]
  smtpConnections: number
  smtpMessages: number
  /** The domain of the envelope senders, where bounces come back to; and where a worker listens for them. */
  bounceDomain?: string | undefined
  bouncePort?: number | undefined
  /** The webhooks for bounces that are open: the SNS topics of SES, Postmark's `user:password`, Mailgun's signing key. */
  hooks: { sesTopics: string[]; postmark?: string | undefined; mailgunKey?: string | undefined }
  /** Mails a second, over all workers. */
  sendRate?: number | undefined
  /** The first day of a new sending domain (ISO 8601): its volume grows from there. */
  sendWarmup?: string | undefined
  /** Outside production: the only addresses and domains that mail is sent to, when set. */
  sendAllowlist: string[]
  dkim?: { domain: string; selector: string; privateKey: string } | undefined
  publicUrl: string
  secretKeys: string[]
  host: string
  port: number
  mailFrom: string
  replyTo?: string | undefined
  postalAddress?: string | undefined
  contact: string
  adminEmail: string
  trustProxy: boolean
  fetchAllow: string[]
  dataDir: string
  logLevel: string
  samples: boolean
}

/**
 * Parses the environment.
 * @throws UsageError with one sentence for each setting that is missing, weak or malformed.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = withFiles(env)
  const parsed = settingsSchema.safeParse(given)
  const malformed = parsed.success ? [] : parsed.error.issues.map(asSentence)
  const complaints = [...malformed, ...(given.NODE_ENV === 'production' ? productionComplaints(given) : [])]
  if (!parsed.success || complaints.length) throw new UserError(complaints.join('\n'))
  return toConfig(parsed.data)
}

const names = [
  'NODE_ENV',
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'SMTP_CONNECTIONS',
  'SMTP_MESSAGES',
  'BOUNCE_DOMAIN',
  'BOUNCE_PORT',
  'SES_TOPIC_ARN',
  'POSTMARK_WEBHOOK_AUTH',
  'MAILGUN_SIGNING_KEY',
  'SEND_RATE',
  'SEND_WARMUP',
  'SEND_ALLOWLIST',
  'DKIM_DOMAIN',
  'DKIM_SELECTOR',
  'DKIM_PRIVATE_KEY',
  'PUBLIC_URL',
  'SECRET_KEY',
  'HOST',
  'PORT',
  'MAIL_FROM',
  'REPLY_TO',
  'POSTAL_ADDRESS',
  'CONTACT',
  'ADMIN_EMAIL',
  'TRUST_PROXY',
  'FETCH_ALLOW',
  'DATA_DIR',
  'LOG_LEVEL',
  'SAMPLES',
] as const

/** NAME_FILE (a mounted secret) stands in for NAME; an empty value counts as not set, as in a compose file. */
function withFiles(env: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = env[`${name}_FILE`] ? readSecret(name, env[`${name}_FILE`]!) : env[name]
    if (value?.trim()) found[name] = value.trim()
  }
  return found
}

function readSecret(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UserError(`${name}_FILE names ${path}, which cannot be read: ${(error as Error).message}.`)
  }
}

const url = (...schemes: string[]) =>
  z.string().refine(
    (text) => {
      const parsed = URL.parse(text)
      return parsed !== null && schemes.includes(parsed.protocol) && parsed.hostname !== ''
    },
    `must be a URL that starts with ${schemes.map((s) => `${s}//`).join(' or ')}`,
  )
const list = z.string().transform((text) => text.split(',').flatMap((part) => part.trim() || []))
const flag = z
  .enum(['0', '1', 'true', 'false', 'yes', 'no'], 'must be 1 or 0')
  .transform((word) => word === '1' || word === 'true' || word === 'yes')
const addressLine = z
  .string()
  .regex(/^(?:[^<>\r\n]{0,100}<[^<>@\s]{1,64}@[^<>@\s]{1,255}>|[^<>@\s]{1,64}@[^<>@\s]{1,255})$/, 'must be one address')

const badRate = 'must have rates of mails a second that are above 0, such as ?rate=20'
const hasSoundRate = (text: string) => {
  const rate = URL.parse(text)?.searchParams.get('rate')
  return rate == null || (Number(rate) > 0 && Number(rate) <= 100_000)
}

const aPort = 'must be a port: a whole number from 0 to 65535'
const allowedHost = /^(?:[\w.-]+|\[[\da-f:.]+\]|[\da-f:.]+)(?::\d{1,5}|\/\d{1,3})?$/i
const someHosts = 'must be hosts, addresses or CIDR ranges with commas, such as intranet.example.org,10.0.0.0/24'
const topicArn = /^arn:aws[\w-]*:sns:[a-z\d-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?$/
const aTopic = 'must be ARNs of SNS topics with commas, such as arn:aws:sns:eu-west-1:123456789012:bounces'
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const settingsSchema = z.object({
  NODE_ENV: z.string().optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  SMTP_URL: list.pipe(z.array(url('smtp:', 'smtps:').refine(hasSoundRate, badRate))).optional(),
  SMTP_CONNECTIONS: z.coerce.number().int().min(1).max(500).default(10),
  SMTP_MESSAGES: z.coerce.number().int().min(1).max(100_000).default(200),
  BOUNCE_DOMAIN: z
    .string()
    .regex(/^[\w.-]{1,253}$/)
    .optional(),
  BOUNCE_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  SES_TOPIC_ARN: list.pipe(z.array(z.string().regex(topicArn, aTopic))).default([]),
  POSTMARK_WEBHOOK_AUTH: z
    .string()
    .regex(/^[^\s:]+:\S{16,}$/, 'must be USER:PASSWORD, with at least 16 characters of password')
    .optional(),
  MAILGUN_SIGNING_KEY: z.string().min(16, 'must be the HTTP webhook signing key that Mailgun shows').optional(),
  SEND_RATE: z.coerce.number().positive().max(100_000).optional(),
  SEND_WARMUP: z.iso.date('must be the first day of the new sending domain, such as 2026-12-01').optional(),
  SEND_ALLOWLIST: list.default([]),
  DKIM_DOMAIN: z
    .string()
    .regex(/^[\w.-]{1,253}$/)
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[\w.-]{1,63}$/)
    .optional(),
  DKIM_PRIVATE_KEY: z.string().optional(),
  PUBLIC_URL: url('http:', 'https:').optional(),
  SECRET_KEY: list.optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number(aPort).int(aPort).min(0, aPort).max(65_535, aPort).default(3000),
  MAIL_FROM: addressLine.optional(),
  REPLY_TO: addressLine.optional(),
  POSTAL_ADDRESS: z.string().max(300).optional(),
  CONTACT: z.string().max(200).optional(),
  ADMIN_EMAIL: z.email('must be one address, such as admin@example.org').optional(),
  TRUST_PROXY: flag.default(false),
  FETCH_ALLOW: list.refine((hosts) => hosts.every((host) => allowedHost.test(host)), someHosts).default([]),
  DATA_DIR: z.string().default('.sitrep'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
  SAMPLES: flag.default(true),
})
type Settings = z.infer<typeof settingsSchema>

function asSentence(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0])
  return `${name} ${issue.message.startsWith('must') ? issue.message : `is not valid: ${issue.message}`}.`
}

function toConfig(s: Settings): Config {
  const production = s.NODE_ENV === 'production'
  const mailFrom = s.MAIL_FROM ?? 'Sitrep <sitrep@localhost.invalid>'
  return {
    production,
    databaseUrl: s.DATABASE_URL,
    redisUrl: s.REDIS_URL,
    smtpUrl: s.SMTP_URL?.[0],
    smtpUrls: s.SMTP_URL ?? [],
    smtpConnections: s.SMTP_CONNECTIONS,
    smtpMessages: s.SMTP_MESSAGES,
    bounceDomain: s.BOUNCE_DOMAIN,
    bouncePort: s.BOUNCE_PORT,
    hooks: { sesTopics: s.SES_TOPIC_ARN, postmark: s.POSTMARK_WEBHOOK_AUTH, mailgunKey: s.MAILGUN_SIGNING_KEY },
    sendRate: s.SEND_RATE,
    sendWarmup: s.SEND_WARMUP,
    sendAllowlist: production ? [] : s.SEND_ALLOWLIST.map((entry) => entry.toLowerCase()),
    dkim: toDkim(s, mailFrom),
    publicUrl: (s.PUBLIC_URL ?? `http://localhost:${s.PORT}`).replace(/\/+$/, ''),
    secretKeys: s.SECRET_KEY ?? [],
    host: s.HOST,
    port: s.PORT,
    mailFrom,
    replyTo: s.REPLY_TO,
    postalAddress: s.POSTAL_ADDRESS,
    contact: s.CONTACT ?? s.REPLY_TO ?? mailFrom,
    adminEmail: s.ADMIN_EMAIL ?? 'admin@localhost.invalid',
    trustProxy: s.TRUST_PROXY,
    fetchAllow: s.FETCH_ALLOW,
    dataDir: s.DATA_DIR,
    logLevel: s.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    samples: s.SAMPLES && !production,
  }
}

/** Off unless a key is set: most relays sign by themselves. */
function toDkim(s: Settings, mailFrom: string): Config['dkim'] {
  if (!s.DKIM_PRIVATE_KEY) return undefined
  const domain = s.DKIM_DOMAIN ?? /@([^>]+)/.exec(mailFrom)![1]!
  return { domain, selector: s.DKIM_SELECTOR ?? 'sitrep', privateKey: s.DKIM_PRIVATE_KEY.replaceAll('\\n', '\n') }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

function productionComplaints(given: Record<string, string>): string[] {
  const needed = ['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL', 'SECRET_KEY', 'MAIL_FROM', 'POSTAL_ADDRESS'] as const
  const missing = needed.filter((name) => given[name] === undefined)
  const complaints = missing.map((name) => `${name} is not set, and production needs it (see .env.example).`)
  const address = URL.parse(given.PUBLIC_URL ?? '')
  if (address?.protocol === 'http:' && !loopback.has(address.hostname)) {
    complaints.push('PUBLIC_URL must start with https:// in production: its links sign people in and out.')
  }
  if (given.SECRET_KEY?.split(',').some((key) => isWeak(key.trim()))) {
    complaints.push('SECRET_KEY is weak: use the output of `sitrep secret` (at least 32 random characters).')
  }
  return complaints
}

/** Short, or made of a few letters such as a placeholder: not what `sitrep secret` prints. */
function isWeak(key: string): boolean {
  return key.length < 32 || new Set(key).size < 12
}
