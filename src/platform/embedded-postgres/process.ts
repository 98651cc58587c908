import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const linux = process.platform === 'linux'

/**
 * The moment at which a process began, as the system writes it; null when there is no such process.
 * With it a process id is told from the same number given to another process later (on Windows it is not).
 */
export async function identityOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return isAlive(pid) ? 'running' : null
  return linux ? linuxIdentity(pid) : ps('lstart=', pid)
}

/** The command line of a process, arguments parted by spaces; null when it cannot be known. */
export async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return null
  if (!linux) return ps('args=', pid)
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  return text === null ? null : text.replaceAll('\0', ' ')
}

/** The start in ticks since boot, and the boot; a process that ended but was not waited for is gone already. */
async function linuxIdentity(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return null
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z' || state === 'X') return null
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return `${boot.trim()}/${fields[18]}`
}

async function ps(column: string, pid: number): Promise<string | null> {
  const run = promisify(execFile)
  const output = await run('ps', ['-ww', '-o', column, '-p', String(pid)]).catch(() => null)
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
