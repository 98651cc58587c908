import { isLoopbackName } from './loopback.ts'

/** The DKIM selector of .env.example: on its own it says nothing. */
export const defaultSelector = 'sitrep'

/**
 * What well-formed settings lack together, or must not have together, whatever NODE_ENV is. The name of a setting that is to be
 * changed comes first, with one sentence.
 */
export function relatedProblems(given: Record<string, string>): [name: string, problem: string][] {
  return [...halfSet(given), ...sharedKey(given), ...(isPublic(given.PUBLIC_URL) ? weakKeys(given) : [])]
}

/** Keys that are short or have few different characters. */
export function weakKeys(given: Record<string, string>): [name: string, problem: string][] {
  return (['SECRET_KEY', 'AUDIT_KEY'] as const)
    .filter((name) => keysIn(given[name]).some(isWeak))
    .map((name) => [name, `${name} is weak: use the output of \`sitrep secret\` (at least 32 random characters).`])
}

/** A setting without the one that it belongs to would do nothing, without a word. The default selector says nothing. */
function halfSet(given: Record<string, string>): [string, string][] {
  const needs = { DKIM_SELECTOR: 'DKIM_PRIVATE_KEY', DKIM_DOMAIN: 'DKIM_PRIVATE_KEY' } as const
  const bounces = { BOUNCE_PORT: 'BOUNCE_DOMAIN', FEEDBACK_ADDRESSES: 'BOUNCE_DOMAIN' } as const
  const database = { DATABASE_DIRECT_URL: 'DATABASE_URL' } as const
  return Object.entries({ ...needs, ...bounces, ...database })
    .filter(([name, other]) => given[name] && !given[other] && !isDefault(name, given[name]))
    .map(([name, other]) => [name, `${name} is set, but ${other} is not: set both, or neither.`])
}

const isDefault = (name: string, value: string): boolean => name === 'DKIM_SELECTOR' && value === defaultSelector

/** Who has the key of the links could else write the audit log anew. */
function sharedKey({ AUDIT_KEY, SECRET_KEY }: Record<string, string | undefined>): [string, string][] {
  const secrets = new Set(keysIn(SECRET_KEY))
  if (!keysIn(AUDIT_KEY).some((key) => secrets.has(key))) return []
  return [
    ['AUDIT_KEY', 'AUDIT_KEY must have no key of SECRET_KEY: make another one with `sitrep secret`, or unset it.'],
  ]
}

const keysIn = (keys = ''): string[] => keys.split(',').flatMap((key) => key.trim() || [])

const isWeak = (key: string): boolean => key.length < 32 || new Set(key).size < 12

function isPublic(publicUrl = ''): boolean {
  const url = URL.parse(publicUrl)
  return url !== null && !isLoopbackName(url.hostname)
}
