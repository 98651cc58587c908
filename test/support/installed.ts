import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export type Need = 'redis' | 'chromium' | 'pgbouncer' | 'texts'

/** What some tests use beside the packages of npm: how to find it, and how to add it. */
const needs: Record<Need, { found: () => string | undefined; cure: string; optional?: boolean }> = {
  redis: { found: () => findProgram(['redis-server', 'valkey-server']), cure: 'apt-get install redis-server' },
  chromium: {
    found: () => findProgram(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']),
    cure: 'apt-get install chromium',
  },
  pgbouncer: { found: () => findProgram(['pgbouncer'], ['/usr/sbin']), cure: 'apt-get install pgbouncer' },
  texts: {
    found: () => process.env.SITREP_TEXTS || undefined,
    cure: 'set SITREP_TEXTS to a folder of real reports',
    optional: true,
  },
}

/** The path of a thing that tests need, undefined where it is missing. */
export const pathOf = (need: Need): string | undefined => needs[need].found()

/** What to do with a suite that needs this: on a build machine (CI set) a missing one fails. */
export function verdictOn(need: Need): 'run' | 'leave out' | 'fail' {
  if (pathOf(need) !== undefined) return 'run'
  return process.env.CI && !needs[need].optional ? 'fail' : 'leave out'
}

/** One sentence for each missing thing: what is left out, and how to add it. */
export function missingSentences(): string[] {
  const missing = (Object.keys(needs) as Need[]).filter((need) => pathOf(need) === undefined)
  return missing.map((need) => `Left out, for want of ${need}: the tests that use it (${needs[need].cure}).`)
}

/** The path of a program in PATH, or in the folders given: Debian keeps servers where users' PATH does not look. */
function findProgram(names: string[], also: string[] = []): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...also]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
