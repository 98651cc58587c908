import { z } from 'zod'
import { addressSchema, bareAddress, mailDomainOf } from './platform/address.ts'
import { productionProblems } from './platform/production-settings.ts'
import { redisUrl } from './platform/redis/redis-url.ts'
import { defaultSelector, relatedProblems } from './platform/related-settings.ts'
import { readSecretFile } from './platform/secret-file.ts'
import { addressLine, domain, fetchHosts, flag, list, port, rsaKey, wholeNumber } from './platform/setting-schemas.ts'
import { databaseUrl, oneLine, pageUrl, relayUrl, siteUrl, webhookUrl } from './platform/setting-urls.ts'
import { unknownSettings } from './platform/unknown-settings.ts'
import { UserError } from './platform/user-error.ts'

/**
 * The mail providers whose webhooks for bounces are open, with what proves that a call is theirs: the SNS topics of SES,
 * `user:password` of Postmark, the signing key of Mailgun.
 */
export type Hooks = { ses?: string[]; postmark?: string; mailgun?: string }
export type HookProvider = keyof Hooks

/** The admin where ADMIN_EMAIL is not set. */
export const placeholderAdmin = 'admin@localhost.invalid'

/** The settings, parsed from the environment. Only this file reads the environment. */
export type Config = {
  production: boolean
  databaseUrl?: string | undefined
  databaseDirectUrl?: string | undefined
  redisUrl?: string | undefined
  smtpUrl?: string | undefined
  /**
   * The URLs of all relays. `?weight=2` sends a relay twice as many mails, `?rate=20` at most 20 mails a second, and
   * `?tls=required` never sends without encryption.
   */
  smtpUrls: string[]
  smtpConnections: number
  smtpMessages: number
  /** The domain of the envelope senders, to which bounces are sent, and the port on which a worker receives them. */
  bounceDomain?: string | undefined
  bouncePort?: number | undefined
  /** Where feedback reports are taken, in small letters; what a person writes there is forwarded. Empty without a bounce domain. */
  feedbackAddresses: string[]
  hooks: Hooks
  /** The maximum number of mails a second, over all workers. */
  sendRate?: number | undefined
  /** The first day of a new sending domain (ISO 8601). Its daily limit grows from then on. */
  sendWarmup?: string | undefined
  /** The only addresses and domains to which mail is sent; empty for all. Always empty in production. */
  sendAllowlist: string[]
  dkim?: { domain: string; selector: string; privateKey: string } | undefined
  publicUrl: string
  /** Whether PUBLIC_URL is set; else a process without a web server takes the URL of the web server. */
  isPublicUrlSet: boolean
  /** Newest first: the first key signs, all keys verify. */
  secretKeys: string[]
  /** The keys of the audit log, newest first. Those of an open app end in its `secretKeys`. */
  auditKeys: string[]
  host: string
  port: number
  mailFrom: string
  /** The sender of confirmations, preferences links and notices of changes. */
  mailFromConfirm: string
  replyTo?: string | undefined
  postalAddress?: string | undefined
  /** Who runs this installation, for the page on privacy. */
  operatorName?: string | undefined
  /** The operator's own page on privacy, which replaces ours. */
  privacyUrl?: string | undefined
  contact: string
  adminEmail: string
  trustProxy: boolean
  /** The relay for mails about alarms. */
  alertSmtpUrl?: string | undefined
  /** Where alarms are posted as JSON; the URL is a secret. */
  alertWebhook?: string | undefined
  /** What a monitoring program sends to read /metrics, as `Authorization: Bearer TOKEN`. */
  metricsToken?: string | undefined
  fetchAllow: string[]
  dataDir: string
  /** For how many days deliveries and windows are kept in detail, and mails of the local mailbox. */
  keepDeliveries: number
  keepMailbox: number
  /** Maximum time between SIGTERM and the end of a process. */
  shutdownSeconds: number
  logLevel: string
  samples: boolean
}

/**
 * Parses the environment.
 * @throws UserError with one sentence for each setting that is missing, weak or malformed
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = settingsIn(env)
  const parsed = settingsSchema.safeParse(given)
  const malformed = parsed.success ? confirmProblems(parsed.data) : oncePerSetting(parsed.error.issues).map(asSentence)
  const isSaid = new Set(parsed.error?.issues.map(({ path }) => path[0]))
  const related = relatedProblems(given).flatMap(([name, problem]) => (isSaid.has(name) ? [] : problem))
  const problems = [
    ...unknownSettings(env, settingNames),
    ...malformed,
    ...related,
    ...(given.NODE_ENV?.toLowerCase() === 'production' ? productionProblems(given) : []),
  ]
  if (!parsed.success || problems.length) throw new UserError([...new Set(problems)].join('\n'))
  return toConfig(parsed.data)
}

/** The settings that are not empty. NAME_FILE names a file with the value of NAME (a mounted secret). */
function settingsIn(env: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of Object.keys(settingsSchema.shape)) {
    const path = env[`${name}_FILE`]
    if (path && env[name]) throw new UserError(`${name} and ${name}_FILE are both set. Set one of them.`)
    const value = path ? readSecretFile(`${name}_FILE`, path) : env[name]?.trim()
    if (value) found[name] = value
  }
  return found
}

const maxRate = 100_000
const rateProblem = `must be a number of mails a second, above 0 and at most ${maxRate}`

const topicArn = /^arn:aws[\w-]*:sns:[a-z\d-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?$/
const badTopics = 'must be ARNs of SNS topics separated by commas, such as arn:aws:sns:eu-west-1:123456789012:bounces'
const badAllowed = 'must be mail addresses and domains separated by commas, such as example.org'
const badFeedback = 'must be mail addresses separated by commas, such as fbl@bounces.example.org'
/** The addresses at which providers and people expect somebody (RFC 2142). */
const feedbackAt = (host: string) => ['abuse', 'fbl', 'postmaster'].map((name) => `${name}@${host.toLowerCase()}`)
const environments = ['production', 'development', 'test'] as const
const badRelays = 'must be the URL of a relay, or several separated by commas'
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** The limits of requested mails and of sign-ups that nobody confirmed look back for 30 days, and digests for less. */
const minKeepDeliveries = 60

/** The settings by name, each with its check and its default. */
const settingsSchema = z.object({
  NODE_ENV: z
    .string()
    .toLowerCase()
    .pipe(z.enum(environments, `must be one of ${environments.join(', ')}`))
    .optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  SMTP_URL: list.pipe(z.array(relayUrl).min(1, badRelays)).optional(),
  SMTP_CONNECTIONS: wholeNumber(1, 500).default(10),
  SMTP_MESSAGES: wholeNumber(1, 100_000).default(200),
  BOUNCE_DOMAIN: domain.optional(),
  BOUNCE_PORT: port.optional(),
  FEEDBACK_ADDRESSES: list.pipe(z.array(addressSchema, badFeedback)).optional(),
  SES_TOPIC_ARN: list.pipe(z.array(z.string().regex(topicArn, badTopics))).default([]),
  POSTMARK_WEBHOOK_AUTH: z
    .string()
    .regex(/^[^\s:]+:\S{16,}$/, 'must be USER:PASSWORD, with a password of at least 16 characters')
    .optional(),
  MAILGUN_SIGNING_KEY: z
    .string()
    .regex(/^\S{16,200}$/, 'must be the HTTP webhook signing key that Mailgun shows')
    .optional(),
  SEND_RATE: z
    .string()
    .regex(/^\d{1,6}(?:\.\d{1,6})?$/, rateProblem)
    .transform(Number)
    .pipe(z.number().positive(rateProblem).max(maxRate, rateProblem))
    .optional(),
  SEND_WARMUP: z.iso.date('must be the first day of the new sending domain, such as 2026-12-01').optional(),
  SEND_ALLOWLIST: list.pipe(z.array(z.string().regex(/^(?:[^\s@]{1,64}@)?[\w.-]{1,253}$/, badAllowed))).default([]),
  DKIM_DOMAIN: domain.optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[\w.-]{1,63}$/, 'must be letters, digits, dots and hyphens, such as sitrep')
    .optional(),
  DKIM_PRIVATE_KEY: rsaKey.optional(),
  PUBLIC_URL: siteUrl.optional(),
  SECRET_KEY: list.optional(),
  AUDIT_KEY: list.default([]),
  HOST: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, 'must be an address or a host name, such as 0.0.0.0')
    .default('127.0.0.1'),
  PORT: port.default(3000),
  MAIL_FROM: addressLine.optional(),
  MAIL_FROM_CONFIRM: addressLine.optional(),
  REPLY_TO: addressLine.optional(),
  POSTAL_ADDRESS: oneLine(300).optional(),
  CONTACT: oneLine(200).optional(),
  OPERATOR_NAME: oneLine(200).optional(),
  PRIVACY_URL: pageUrl.optional(),
  ADMIN_EMAIL: z.email('must be one mail address, such as admin@example.org').optional(),
  TRUST_PROXY: flag.default(false),
  ALERT_SMTP_URL: relayUrl.optional(),
  ALERT_WEBHOOK: webhookUrl.optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, 'must be at least 16 ASCII characters without spaces')
    .optional(),
  FETCH_ALLOW: fetchHosts.default([]),
  DATA_DIR: oneLine(1000).default('.sitrep'),
  KEEP_DELIVERIES: wholeNumber(minKeepDeliveries, 36_500).default(120),
  KEEP_MAILBOX: wholeNumber(1, 36_500).default(30),
  SHUTDOWN_SECONDS: wholeNumber(2, 3600).default(30),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
  SAMPLES: flag.default(true),
})
type Settings = z.infer<typeof settingsSchema>

export const settingNames = Object.keys(settingsSchema.shape)

/** The first problem of each setting: the next ones often follow from it. */
function oncePerSetting(issues: z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.filter(({ path }, index) => issues.findIndex((other) => other.path[0] === path[0]) === index)
}

function asSentence(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0])
  return `${name} ${issue.message.startsWith('must') ? issue.message : `is not valid: ${issue.message}`}.`
}

function toHooks(s: Settings): Hooks {
  return {
    ...(s.SES_TOPIC_ARN.length && { ses: s.SES_TOPIC_ARN }),
    ...(s.POSTMARK_WEBHOOK_AUTH && { postmark: s.POSTMARK_WEBHOOK_AUTH }),
    ...(s.MAILGUN_SIGNING_KEY && { mailgun: s.MAILGUN_SIGNING_KEY }),
  }
}

function toConfig(s: Settings): Config {
  const production = s.NODE_ENV === 'production'
  const mailFrom = s.MAIL_FROM ?? 'Sitrep <sitrep@localhost.invalid>'
  return {
    production,
    databaseUrl: s.DATABASE_URL,
    databaseDirectUrl: s.DATABASE_DIRECT_URL,
    redisUrl: s.REDIS_URL,
    smtpUrl: s.SMTP_URL?.[0],
    smtpUrls: s.SMTP_URL ?? [],
    smtpConnections: s.SMTP_CONNECTIONS,
    smtpMessages: s.SMTP_MESSAGES,
    bounceDomain: s.BOUNCE_DOMAIN,
    bouncePort: s.BOUNCE_PORT,
    feedbackAddresses: s.FEEDBACK_ADDRESSES ?? (s.BOUNCE_DOMAIN ? feedbackAt(s.BOUNCE_DOMAIN) : []),
    hooks: toHooks(s),
    sendRate: s.SEND_RATE,
    sendWarmup: s.SEND_WARMUP,
    sendAllowlist: production ? [] : s.SEND_ALLOWLIST.map((entry) => entry.toLowerCase()),
    dkim: toDkim(s, mailFrom),
    isPublicUrlSet: s.PUBLIC_URL !== undefined,
    publicUrl: s.PUBLIC_URL ?? `http://localhost:${s.PORT}`,
    secretKeys: s.SECRET_KEY ?? [],
    auditKeys: s.AUDIT_KEY,
    host: s.HOST,
    port: s.PORT,
    mailFrom,
    mailFromConfirm: s.MAIL_FROM_CONFIRM ?? mailFrom,
    replyTo: s.REPLY_TO,
    postalAddress: s.POSTAL_ADDRESS,
    operatorName: s.OPERATOR_NAME,
    privacyUrl: s.PRIVACY_URL,
    contact: s.CONTACT ?? s.REPLY_TO ?? mailFrom,
    adminEmail: s.ADMIN_EMAIL ?? placeholderAdmin,
    trustProxy: s.TRUST_PROXY,
    alertSmtpUrl: s.ALERT_SMTP_URL,
    alertWebhook: s.ALERT_WEBHOOK,
    metricsToken: s.METRICS_TOKEN,
    fetchAllow: s.FETCH_ALLOW,
    dataDir: s.DATA_DIR,
    keepDeliveries: s.KEEP_DELIVERIES,
    keepMailbox: s.KEEP_MAILBOX,
    shutdownSeconds: s.SHUTDOWN_SECONDS,
    logLevel: s.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    samples: s.SAMPLES && !production,
  }
}

/** Undefined without a key: most relays sign mail themselves. */
function toDkim(s: Settings, mailFrom: string): Config['dkim'] {
  if (!s.DKIM_PRIVATE_KEY) return undefined
  return {
    domain: s.DKIM_DOMAIN ?? mailDomainOf(bareAddress(mailFrom)),
    selector: s.DKIM_SELECTOR ?? defaultSelector,
    privateKey: s.DKIM_PRIVATE_KEY,
  }
}

/** DMARC wants the signature to be of the domain of the From address, or of a domain above it (RFC 7489 3.1.1). */
function confirmProblems(s: Settings): string[] {
  const signer = toDkim(s, s.MAIL_FROM ?? s.MAIL_FROM_CONFIRM ?? '')?.domain.toLowerCase()
  if (!signer || !s.MAIL_FROM_CONFIRM) return []
  const own = mailDomainOf(bareAddress(s.MAIL_FROM_CONFIRM))
  if (own === signer || own.endsWith(`.${signer}`)) return []
  return [`MAIL_FROM_CONFIRM must have an address of the domain that signs (${signer}), or of one below it.`]
}
