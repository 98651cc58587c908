import { readdirSync, readFileSync } from 'node:fs'

/** The most memory of a process, in MB, while `act` goes on, and the result of `act`. */
export async function peakWhile<T>(pid: number, act: () => Promise<T>): Promise<{ peak: number; result: T }> {
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid))
  }, 100)
  const result = await act().finally(() => clearInterval(timer))
  return { peak: Math.max(peak, memoryOf(pid)), result }
}

/** The memory of a process and of its Node children, in MB. Source: proc(5). */
export function memoryOf(pid: number): number {
  const parents = new Map<number, { parent: number; command: string; kb: number }>()
  for (const id of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const status = readFileSync(`/proc/${id}/status`, 'utf8')
      const field = (key: string) => new RegExp(`^${key}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '0'
      parents.set(Number(id), { parent: Number(field('PPid')), command: field('Name'), kb: Number(field('VmRSS')) })
    } catch {} // the process has ended
  }
  const isOurs = (id: number): boolean => id === pid || (parents.has(id) && isOurs(parents.get(id)!.parent))
  const ours = [...parents].filter(([id, { command }]) => isOurs(id) && !command.startsWith('postgres'))
  return Math.round(ours.reduce((sum, [, { kb }]) => sum + kb, 0) / 1024)
}
