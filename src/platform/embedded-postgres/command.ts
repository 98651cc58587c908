import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export type Owner = { uid: number; gid: number }

/** Runs a program to its end as another user, in an environment that cannot change what it does; returns its output. */
export async function runAs(owner: Owner | undefined, file: string, args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(file, args, { ...owner, env, cwd: '/', timeout: 120_000 })
  return stdout + stderr
}

// A cluster made with LANG unset or odd would take its encoding from it; Windows cannot do without SystemRoot.
const env: NodeJS.ProcessEnv = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', SystemRoot: 'C:\\Windows' }
