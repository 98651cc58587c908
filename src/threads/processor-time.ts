import { threadId } from 'node:worker_threads'

/** Shared memory in which the thread writes, when it starts, its id and the processor time that it had used, in microseconds. */
export type TaskStart = { start: Float64Array }

/** The processor time of a thread as one number, in microseconds. */
export const processorTime = ({ user, system }: { user: number; system: number }): number => user + system

/** The first act of every task in its thread: from here on its processor time counts. */
export function markStart({ start }: TaskStart): void {
  start[1] = processorTime(process.threadCpuUsage())
  start[0] = threadId
}
