import { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { printRows } from './print.ts'

/** `sitrep config`: what was understood of the settings, secrets masked. */
export function configCommand(): Command {
  return new Command('config')
    .description('print the settings as they were understood, secrets masked')
    .option('--json', 'one JSON object')
    .action(({ json }: { json?: boolean }) => {
      const shown = masked(readConfig())
      if (json) return console.log(JSON.stringify(shown))
      printRows(
        Object.entries(shown).map(([setting, value]) => ({ setting, value })),
        { empty: '' },
      )
    })
}

function masked({ hooks, ...config }: Config): Record<string, unknown> {
  return {
    ...config,
    sesTopics: hooks.sesTopics,
    postmarkWebhook: hooks.postmark ? '(masked)' : 'not set: closed',
    mailgunKey: hooks.mailgunKey ? '(masked)' : 'not set: closed',
    databaseUrl: withoutPassword(config.databaseUrl) ?? `embedded, below ${config.dataDir}`,
    redisUrl: withoutPassword(config.redisUrl) ?? 'not set: the queue is in the database',
    smtpUrl: withoutPassword(config.smtpUrl) ?? 'not set: mail goes to the local mailbox',
    smtpUrls: config.smtpUrls.map(withoutPassword),
    dkim: config.dkim ? { ...config.dkim, privateKey: '(masked)' } : 'not set: the relay signs',
    secretKeys: config.secretKeys.length
      ? `${config.secretKeys.length} (masked)`
      : `made and kept below ${config.dataDir}`,
  }
}

function withoutPassword(text: string | undefined): string | undefined {
  if (!text) return undefined
  const url = new URL(text)
  if (url.password) url.password = '***'
  return url.href
}
