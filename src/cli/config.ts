import { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { withoutPasswords } from '../platform/db/database-url.ts'
import { maskedRedisUrl } from '../platform/redis/redis-url.ts'
import { newSecretKey } from '../readers/rules/token.ts'
import { printRows, type Row } from './print.ts'

/** `sitrep config`: prints the settings as the program reads them, with secrets masked. */
export function configCommand(): Command {
  return new Command('config')
    .description('print the settings as the program reads them; secrets are masked')
    .option('--json', 'print one JSON object')
    .action(({ json }: { json?: boolean }) => {
      const settings = masked(readConfig())
      if (json) return console.log(JSON.stringify(settings))
      printRows(rowsOf(settings), { empty: '' })
    })
}

/** The settings for people, under the names of .env.example. */
function rowsOf({ smtpUrls, dkim, production, webhooks, ...settings }: Masked): Row[] {
  const named = {
    NODE_ENV: production ? 'production' : 'not production',
    ...settings,
    smtpUrl: smtpUrls.length ? smtpUrls : settings.smtpUrl,
    DKIM: typeof dkim === 'string' ? dkim : `${dkim.selector}._domainkey.${dkim.domain}, key masked`,
    WEBHOOKS: webhooks,
  }
  return Object.entries(named).map(([name, value]) => {
    const keys: Record<string, string> = { secretKeys: 'SECRET_KEY', auditKeys: 'AUDIT_KEY' }
    const setting = keys[name] ?? name.replace(/(?<=[a-z])[A-Z]/g, '_$&').toUpperCase()
    return { setting, value }
  })
}

/** `sitrep secret`: prints a new key for SECRET_KEY. */
export function secretCommand(): Command {
  return new Command('secret')
    .description('print a new key for SECRET_KEY; to change keys, put it before the old ones, separated by a comma')
    .action(() => console.log(newSecretKey()))
}

type Masked = ReturnType<typeof masked>

function masked({ hooks, ...config }: Config) {
  const allAuditKeys = config.auditKeys.length + config.secretKeys.length
  return {
    ...config,
    webhooks: Object.keys(hooks).join(', ') || 'none: no provider reports bounces',
    databaseUrl: config.databaseUrl
      ? withoutPasswords(config.databaseUrl)
      : `not set: an embedded database in ${config.dataDir}`,
    databaseDirectUrl: config.databaseDirectUrl ? withoutPasswords(config.databaseDirectUrl) : 'not set: DATABASE_URL',
    redisUrl: (config.redisUrl && maskedRedisUrl(config.redisUrl)) ?? 'not set: the queue is in the database',
    smtpUrl: withoutPassword(config.smtpUrl) ?? 'not set: mail goes to the local mailbox',
    smtpUrls: config.smtpUrls.map(withoutPassword),
    dkim: config.dkim ? { ...config.dkim, privateKey: '(masked)' } : 'not set: the relay signs',
    alertSmtpUrl: withoutPassword(config.alertSmtpUrl) ?? 'not set: SMTP_URL sends the mails about alarms',
    alertWebhook: config.alertWebhook ? '(masked)' : 'not set',
    metricsToken: config.metricsToken ? '(masked)' : 'not set: /metrics is closed in production',
    secretKeys: config.secretKeys.length
      ? `${config.secretKeys.length} (masked)`
      : `not set: a key is created in ${config.dataDir}`,
    auditKeys: allAuditKeys ? `${allAuditKeys} (masked), with those of SECRET_KEY` : 'not set',
  }
}

function withoutPassword(text: string | undefined): string | undefined {
  if (!text) return undefined
  const url = new URL(text)
  if (url.password) url.password = '***'
  return url.href
}
