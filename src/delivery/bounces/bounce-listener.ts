import { openThreads } from '../../threads/threads.ts'
import { createClientLimits } from '../smtp/client-limits.ts'
import { type MailReceiver, openMailReceiver, type ReceivedMail, type RefusedMail } from '../smtp/mail-receiver.ts'
import type { ReadMail } from './read-report.ts'
import type { ReportTask } from './report-thread.ts'

/** More processor time than any report needs. */
const readMs = 5_000
/** A session may last for so long without a recipient of ours or a mail. */
const idleMs = 30_000

/**
 * Receives mail by SMTP at the addresses that `wants` accepts, and reads it in a thread. `take` gets each mail with what it
 * reports, once for each recipient. `refused` hears of the mails that were not taken.
 */
export async function openBounceListener(options: {
  host: string
  port: number
  /** Milliseconds for a session without progress; for tests. */
  idleMs?: number | undefined
  wants(recipient: string): boolean
  take(mail: ReceivedMail<ReadMail>): Promise<unknown>
  refused?: (mail: RefusedMail) => void
}): Promise<MailReceiver> {
  const file = new URL('./report-thread.ts', import.meta.url)
  const threads = openThreads<ReportTask, ReadMail>(file, { maxThreads: 1, lowPriority: true })
  const receiver = await openMailReceiver<ReadMail>({
    ...options,
    limits: createClientLimits(options.idleMs ?? idleMs),
    read: (raw) =>
      threads.run({ raw: new Uint8Array(raw) }, readMs).catch((error: Error) => Promise.reject(reason(error))),
    take: async (mail) => void (await options.take(mail)),
  })
  return {
    port: receiver.port,
    async close() {
      await receiver.close()
      await threads.close()
    },
  }
}

const reason = (error: Error): Error =>
  error.name === 'AbortError' ? new Error(`it could not be read within ${readMs / 1000} s`) : error
