import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The user and group under which a program runs. */
export type Owner = { uid: number; gid: number }

const execute = promisify(execFile)
const linux = process.platform === 'linux'
const timeoutMs = 120_000

/**
 * Runs a program to its end, as another user where one is given, in a fixed environment.
 * @returns what it wrote to stdout, then to stderr
 * @throws when it exits with an error or takes longer than 2 minutes
 */
export async function runAs(owner: Owner | undefined, file: string, args: string[]): Promise<string> {
  const { stdout, stderr } = await execute(file, args, { ...owner, env, cwd: '/', timeout: timeoutMs })
  return stdout + stderr
}

// initdb would take a cluster's encoding from LANG; Windows programs need SystemRoot.
const env: NodeJS.ProcessEnv = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', SystemRoot: 'C:\\Windows' }

/**
 * The moment at which a process started, as the system writes it; null when there is no such process.
 * It tells a process from a later one with the same id (except on Windows, where it is always 'running').
 */
export async function identityOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return isAlive(pid) ? 'running' : null
  return linux ? linuxIdentity(pid) : ps('lstart=', pid)
}

/** The command line of a process, its arguments separated by spaces; null when it cannot be known. */
export async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return null
  if (!linux) return ps('args=', pid)
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  return text === null ? null : text.replaceAll('\0', ' ')
}

/** The start in ticks since boot, after the id of the boot. A zombie process counts as ended. */
async function linuxIdentity(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return null
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z' || state === 'X') return null
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return `${boot.trim()}/${fields[18]}`
}

async function ps(column: string, pid: number): Promise<string | null> {
  const output = await execute('ps', ['-ww', '-o', column, '-p', String(pid)]).catch(() => null)
  return output?.stdout.trim() || null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
