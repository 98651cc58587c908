import { weakKeys } from './related-settings.ts'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** In sentences, what production lacks or must not have, in settings that are well-formed. */
export function productionProblems(given: Record<string, string>): string[] {
  const needed = ['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL', 'SECRET_KEY', 'MAIL_FROM', 'POSTAL_ADDRESS'] as const
  const missing = needed.filter((name) => given[name] === undefined)
  const problems = missing.map((name) => `${name} is not set, and production needs it (see .env.example).`)
  const address = URL.parse(given.PUBLIC_URL ?? '')
  if (address?.protocol === 'http:' && !loopback.has(address.hostname)) {
    problems.push('PUBLIC_URL must start with https:// in production, because sign-in links start with it.')
  }
  if (given.SEND_ALLOWLIST) {
    problems.push(
      'SEND_ALLOWLIST is set, but production sends to every reader: unset it, or set NODE_ENV to development.',
    )
  }
  for (const name of ['PORT', 'BOUNCE_PORT'].filter((one) => /^0+$/.test(given[one] ?? ''))) {
    problems.push(`${name} must be a port from 1 to 65535 in production: 0 takes another port at each start.`)
  }
  return [...problems, ...weakKeys(given).map(([, problem]) => problem)]
}
