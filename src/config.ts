import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { UsageError } from './domain/usage-error.ts'

/** What the environment asked for, parsed; the only place that reads it. `secretKeys` is newest first. */
export type Config = {
  production: boolean
  databaseUrl?: string
  redisUrl?: string
  smtpUrl?: string
  publicUrl: string
  secretKeys: string[]
  host: string
  port: number
  mailFrom: string
  replyTo?: string
  postalAddress?: string
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
  const parsed = settingsSchema.safeParse(withFiles(env))
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(asSentence).join('\n'))
  const config = toConfig(parsed.data)
  const complaints = config.production ? productionComplaints(config, parsed.data) : []
  if (complaints.length) throw new UsageError(complaints.join('\n'))
  return config
}

const names = [
  'NODE_ENV',
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
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
    throw new UsageError(`${name}_FILE names ${path}, which cannot be read: ${(error as Error).message}.`)
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
  .enum(['0', '1', 'true', 'false', 'yes', 'no'])
  .transform((word) => word === '1' || word === 'true' || word === 'yes')
const addressLine = z
  .string()
  .regex(/^(?:[^<>\r\n]{0,100}<[^<>@\s]{1,64}@[^<>@\s]{1,255}>|[^<>@\s]{1,64}@[^<>@\s]{1,255})$/, 'must be one address')

const settingsSchema = z.object({
  NODE_ENV: z.string().optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  PUBLIC_URL: url('http:', 'https:').optional(),
  SECRET_KEY: list.optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  MAIL_FROM: addressLine.optional(),
  REPLY_TO: addressLine.optional(),
  POSTAL_ADDRESS: z.string().max(300).optional(),
  CONTACT: z.string().max(200).optional(),
  ADMIN_EMAIL: z.email().optional(),
  TRUST_PROXY: flag.default(false),
  FETCH_ALLOW: list.default([]),
  DATA_DIR: z.string().default('.sitrep'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
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
    smtpUrl: s.SMTP_URL,
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

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

function productionComplaints(config: Config, s: Settings): string[] {
  const needed = ['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL', 'SECRET_KEY', 'MAIL_FROM', 'POSTAL_ADDRESS'] as const
  const missing = needed.filter((name) => s[name] === undefined)
  const complaints = missing.map((name) => `${name} is not set, and production needs it (see .env.example).`)
  const address = new URL(config.publicUrl)
  if (address.protocol === 'http:' && !loopback.has(address.hostname)) {
    complaints.push('PUBLIC_URL must start with https:// in production: its links sign people in and out.')
  }
  if (config.secretKeys.some(isWeak)) {
    complaints.push('SECRET_KEY is weak: use the output of `sitrep secret` (at least 32 random characters).')
  }
  return complaints
}

/** Short, or made of a few letters such as a placeholder: not what `sitrep secret` prints. */
function isWeak(key: string): boolean {
  return key.length < 32 || new Set(key).size < 12
}
